import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ApiProblem } from '../../api/problem';
import { formatPercent } from '../../format/number';
import { formatDuration } from '../../format/time';
import { inWords } from '../../format/words';
import { ProblemAlert } from '../../states/problem-alert';
import { QueryView } from '../../states/query-view';
import { StatusBadge } from '../../states/status-badge';
import { cancelJob, isOver, retryJob, type Job } from '../../jobs/job-api';
import { useWatchedJob } from '../../jobs/watch-job';

interface Props {
  id: string;
  title?: string;
  /** Once, when it has completed while it was watched, or had already. */
  onCompleted?: (job: Job) => void;
}

const elapsed = ({ started_at: from, finished_at: to }: Job): string | undefined =>
  from && to ? `took ${formatDuration(new Date(to).getTime() - new Date(from).getTime())}` : undefined;

function JobBox({ job, title }: { job: Job; title: string }) {
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (run: typeof cancelJob) => run(job),
    onSettled: () => client.invalidateQueries({ queryKey: ['job'] }),
  });
  const over = isOver(job);
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="sm">
            <Text fw={600}>{title}</Text>
            <StatusBadge status={job.state} />
          </Group>
          {!over && (
            <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate(cancelJob)}>
              Cancel
            </Button>
          )}
          {(job.state === 'failed' || job.state === 'canceled') && (
            <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate(retryJob)}>
              Run again
            </Button>
          )}
        </Group>
        {!over && <Progress value={job.progress * 100} aria-label={`${title}: progress`} />}
        <Text size="sm" c="dimmed" role="status">
          {[over ? undefined : formatPercent(job.progress, 0), job.message, elapsed(job)].filter(Boolean).join(' · ')}
        </Text>
        {job.error && (
          <ProblemAlert
            problem={
              new ApiProblem(
                job.error.code,
                job.error.title,
                job.error.detail,
                job.error.status,
                job.error.errors ?? [],
              )
            }
            title="The job failed"
          />
        )}
        {act.isError && <ProblemAlert problem={act.error} />}
      </Stack>
    </Paper>
  );
}

/** A job with its progress as it goes on, and the way to stop it. */
export function WatchedJob({ id, title, onCompleted }: Props) {
  const query = useWatchedJob(id);
  const told = useRef(false);
  const completed = query.data?.state === 'completed' ? query.data : undefined;
  useEffect(() => {
    if (!completed || told.current) return;
    told.current = true;
    onCompleted?.(completed);
  }, [completed, onCompleted]);
  return (
    <QueryView query={query} lines={3}>
      {(job) => <JobBox job={job} title={title ?? inWords(job.kind)} />}
    </QueryView>
  );
}
