import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asProblem, problemFrom, type ApiProblem } from '../api/problem';
import { formatPercent } from '../format/number';
import { ProblemAlert } from '../states/problem-alert';
import { QueryView } from '../states/query-view';
import { cancelJob, retryJob, type Job } from './job-api';
import { useWatchedJob } from './watch-job';
import { jobWords } from './job-words';

interface Props {
  id: string;
  /** In place of the bar once the job has completed. */
  children?: (result: Job['result']) => ReactNode;
  /** What it failed of, in the words of the page. */
  inPageWords?: (problem: ApiProblem) => ApiProblem;
}

/** A job as it goes: how far, what it does, a way to stop it; what it failed of, and a way to run it again. */
export function JobProgress({ id, children, inPageWords = (problem) => problem }: Props) {
  const query = useWatchedJob(id);
  const client = useQueryClient();
  const settle = { onSettled: () => client.invalidateQueries({ queryKey: ['job'] }) };
  const stop = useMutation({ mutationFn: cancelJob, ...settle });
  const again = useMutation({ mutationFn: retryJob, ...settle });
  return (
    <QueryView query={query} lines={1}>
      {(job) => {
        if (job.state === 'completed') return <>{children?.(job.result) ?? <Text size="sm">Done.</Text>}</>;
        const notAgain = again.isError && <ProblemAlert problem={again.error} title="Not run again" />;
        if (job.state === 'failed') {
          const problem = job.error
            ? problemFrom(job.error.status, job.error)
            : asProblem('The job failed without saying why.');
          return (
            <Stack gap="xs">
              <ProblemAlert
                problem={inPageWords(problem)}
                title={`${jobWords(job.kind)} failed`}
                onRetry={() => again.mutate(job)}
              />
              {notAgain}
            </Stack>
          );
        }
        if (job.state === 'canceled') {
          return (
            <Stack gap="xs">
              <Group>
                <Text size="sm">{jobWords(job.kind)} was stopped.</Text>
                <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate(job)}>
                  Run it again
                </Button>
              </Group>
              {notAgain}
            </Stack>
          );
        }
        const done = Math.round(job.progress * 100);
        return (
          <Stack gap={6}>
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm" role="status">
                {job.state === 'queued' ? 'Waiting for its turn' : (job.message ?? 'Running')}
              </Text>
              <Group gap="sm" wrap="nowrap">
                <Text size="sm" className="figure">
                  {formatPercent(job.progress, 0)}
                </Text>
                <Button size="compact-sm" variant="default" loading={stop.isPending} onClick={() => stop.mutate(job)}>
                  Stop
                </Button>
              </Group>
            </Group>
            <Progress
              value={done}
              aria-label={`${jobWords(job.kind)}: done in percent`}
              animated={job.state === 'running'}
            />
            {stop.isError && <ProblemAlert problem={stop.error} title="Not stopped" />}
          </Stack>
        );
      }}
    </QueryView>
  );
}
