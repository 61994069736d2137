import { Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { inWords } from '../../format/words';
import { listJobs, type JobService, type JobState, type ListedJob } from '../../jobs/job-api';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable } from '../../tables/data-table';
import { jobColumns } from './job-columns';

const STATES: JobState[] = ['queued', 'running', 'completed', 'failed', 'canceled'];

export function JobsPage() {
  const { service = 'research', state } = useSearch({ from: '/app/jobs' });
  const navigate = useNavigate({ from: '/jobs' });
  const list = useCursorList<ListedJob>(['job', service, 'list', state ?? 'all'], (cursor, signal) =>
    listJobs(service, { state }, cursor, signal),
  );
  const columns = useMemo(() => jobColumns(service), [service]);
  const show = (next: { service?: JobService; state?: JobState | undefined }) =>
    void navigate({ search: (current) => ({ ...current, ...next }), replace: true });
  return (
    <Page title="Jobs" lead="Work in the background: imports, trainings, backtests, sweeps, validations, evaluations.">
      <Group align="flex-end">
        <SegmentedControl
          aria-label="Service"
          value={service}
          onChange={(value) => show({ service: value as JobService })}
          data={[
            { value: 'research', label: 'Research' },
            { value: 'trade', label: 'Trade' },
          ]}
        />
        <NativeSelect
          aria-label="State"
          value={state ?? ''}
          onChange={({ currentTarget }) =>
            show({ state: currentTarget.value === '' ? undefined : (currentTarget.value as JobState) })
          }
          data={[{ value: '', label: 'Every state' }, ...STATES.map((value) => ({ value, label: inWords(value) }))]}
        />
      </Group>
      <DataTable
        label="Jobs"
        columns={columns}
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
