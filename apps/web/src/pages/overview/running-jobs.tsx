import { Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { formatPercent } from '../../format/number';
import { inWords } from '../../format/words';
import type { JobService } from '../../jobs/job-api';
import { PageLink } from '../../shell/links';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { newestJobsQuery } from './overview-queries';

const SERVICES: JobService[] = ['research', 'trade'];

export function RunningJobs() {
  const queries = useQueries({
    queries: SERVICES.flatMap((service) => [newestJobsQuery(service, 'running'), newestJobsQuery(service, 'queued')]),
  });
  const problem = queries.find((query) => query.isError)?.error;
  if (!problem && queries.some((query) => query.isPending)) return <Loading lines={2} />;
  const jobs = queries.flatMap(({ data }, index) =>
    (data?.items ?? []).map((job) => ({ ...job, service: SERVICES[Math.floor(index / 2)]! })),
  );
  return (
    <Stack gap="xs">
      {problem && <ProblemAlert problem={problem} title="Not all jobs are known now" />}
      {!problem && jobs.length === 0 && (
        <Text size="sm" c="dimmed">
          No job runs or waits.
        </Text>
      )}
      {jobs.map(({ id, service, kind, progress, message, state }) => (
        <Paper key={id} withBorder p="sm">
          <Stack gap={6}>
            <Group justify="space-between">
              <PageLink to="/jobs/$service/$id" params={{ service, id }} size="sm">
                {inWords(kind)}
              </PageLink>
              <Text size="sm" c="dimmed" className="figure">
                {state === 'queued' ? 'Waits' : [formatPercent(progress, 0), message].filter(Boolean).join(' · ')}
              </Text>
            </Group>
            {state === 'running' && (
              <Progress size="sm" value={progress * 100} aria-label={`${inWords(kind)}: progress`} />
            )}
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}
