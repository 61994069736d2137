import { Group, Progress, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { formatPercent } from '../../format/number';
import { plural } from '../../format/words';
import { PageLink } from '../../shell/links';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { MOST_JOBS, newestJobsQuery } from './overview-queries';
import { jobWords } from '../../jobs/job-words';

/** Those that run, each with its progress; how many wait. */
export function RunningJobs() {
  const [running, queued] = useQueries({ queries: [newestJobsQuery('running'), newestJobsQuery('queued')] });
  const problem = running.error ?? queued.error;
  if (problem) return <ProblemAlert problem={problem} title="The jobs are not known now" />;
  if (!running.data || !queued.data) return <Loading lines={2} />;
  const waiting = queued.data.items.length;
  if (waiting === 0 && running.data.items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No job runs or waits.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {running.data.items.map(({ id, kind, about, progress, message }) => (
        <Stack key={id} gap={4}>
          <Group justify="space-between" wrap="nowrap">
            <PageLink to="/jobs/$id" params={{ id }} size="sm">
              {[jobWords(kind), about].filter(Boolean).join(': ')}
            </PageLink>
            <Text size="sm" c="dimmed" className="figure">
              {[formatPercent(progress, 0), message].filter(Boolean).join(' · ')}
            </Text>
          </Group>
          <Progress size="sm" value={progress * 100} aria-label={`${jobWords(kind)}: progress`} />
        </Stack>
      ))}
      {waiting > 0 && (
        <PageLink to="/jobs" search={{ state: 'queued' }} size="sm">
          {queued.data.next_cursor === null ? plural(waiting, 'job') : `More than ${MOST_JOBS} jobs`} waiting
        </PageLink>
      )}
    </Stack>
  );
}
