import { Code, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { formatDuration } from '../../format/time';
import { inWords } from '../../format/words';
import { jobQuery, listJobs, type Job, type ListedJob } from '../../jobs/job-api';
import { JobProgress } from '../../jobs/job-progress';
import { PageLink } from '../../shell/links';
import { Page, Section } from '../../shell/page';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable } from '../../tables/data-table';
import { Time } from '../../values/time';
import { JOB_COLUMNS } from './job-columns';
import { jobWords } from '../../jobs/job-words';
import { ResultTable } from './result/result-table';

/** Where the subject of a kind of job stands. */
const SUBJECTS: [RegExp, '/backtests' | '/strategies' | '/features' | '/deployments' | '/data'][] = [
  [/^backtest/, '/backtests'],
  [/^(validation|signal|sweep|strategy|tune)/, '/strategies'],
  [/^(feature|model)/, '/features'],
  [/^(run|deployment)/, '/deployments'],
  [/^data/, '/data'],
];

function Facts({ job }: { job: Job }) {
  const area = SUBJECTS.find(([kind]) => kind.test(job.kind))?.[1];
  const between = (from: string | null, to: string | null) => (from && to ? Date.parse(to) - Date.parse(from) : null);
  const rows: [string, React.ReactNode][] = [
    ['About', job.about ?? '–'],
    ['Asked for', <Time key="asked" value={job.created_at} detail="second" />],
    ['Began', <Time key="began" value={job.started_at} detail="second" />],
    ['Waited', formatDuration(between(job.created_at, job.started_at))],
    ['Ended', <Time key="ended" value={job.finished_at} detail="second" />],
    ['Took', formatDuration(between(job.started_at, job.finished_at))],
    ['Attempts', job.attempts],
    ['Id', <Code key="id">{job.id}</Code>],
  ];
  return (
    <Stack gap="xs">
      <Table variant="vertical" layout="fixed" aria-label="Facts of the job">
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w={140}>
                {name}
              </Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {area && (
        <Group>
          <PageLink to={area}>{inWords(area.slice(1))}</PageLink>
        </Group>
      )}
    </Stack>
  );
}

function Shards({ id }: { id: string }) {
  const list = useCursorList<ListedJob>(['job', 'shards', id], (cursor, signal) =>
    listJobs({ parent_id: id }, cursor, signal),
  );
  if (!list.rows || list.rows.length === 0) return null;
  return (
    <Section title="Parts">
      <DataTable label="Parts of the job" columns={JOB_COLUMNS} list={list} rowKey={(row) => row.id} empty={null} />
    </Section>
  );
}

export function JobPage() {
  const { id } = useParams({ from: '/app/jobs/$id' });
  const { data: job } = useQuery(jobQuery(id));
  return (
    <Page
      title={job ? jobWords(job.kind) : 'Job'}
      lead={
        <Group gap="xs">
          {job && <StatusBadge status={job.state} />}
          <PageLink to="/jobs">All jobs</PageLink>
        </Group>
      }
    >
      <Paper withBorder p="md">
        <JobProgress id={id} />
      </Paper>
      {job && <Facts job={job} />}
      <Shards id={id} />
      {job?.result && (
        <Section title="Result">
          <ResultTable job={job} result={job.result} />
        </Section>
      )}
      {job?.state === 'completed' && !job.result && <Text c="dimmed">It has no result of its own.</Text>}
    </Page>
  );
}
