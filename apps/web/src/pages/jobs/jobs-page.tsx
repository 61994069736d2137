import { Group, NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { inWords } from '../../format/words';
import { listJobs, type JobState, type ListedJob } from '../../jobs/job-api';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable } from '../../tables/data-table';
import { JOB_COLUMNS } from './job-columns';
import { JOB_STATES } from './job-states';

export function JobsPage() {
  const { state } = useSearch({ from: '/app/jobs' });
  const navigate = useNavigate({ from: '/jobs' });
  const list = useCursorList<ListedJob>(['job', 'list', state ?? 'all'], (cursor, signal) =>
    listJobs({ state }, cursor, signal),
  );
  return (
    <Page title="Jobs" lead="Work in the background: imports, trainings, backtests, sweeps, validations, evaluations.">
      <Group>
        <NativeSelect
          aria-label="State"
          value={state ?? ''}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ search: value === '' ? {} : { state: value as JobState }, replace: true })
          }
          data={[{ value: '', label: 'Every state' }, ...JOB_STATES.map((value) => ({ value, label: inWords(value) }))]}
        />
      </Group>
      <DataTable
        label="Jobs"
        columns={JOB_COLUMNS}
        list={list}
        rowKey={(row) => row.id}
        empty={
          <Empty title={state ? `No job is ${state}` : 'No job yet'}>
            Imports, trainings, backtests and validations run as jobs and stand here from the moment they are asked for.
          </Empty>
        }
      />
    </Page>
  );
}
