import { queryOptions } from '@tanstack/react-query';
import { laterOf } from './later-of';
import { answer, research, trade } from '../api/clients';
import type { components } from '../api/generated/research';

export type Job = components['schemas']['JobDto'];
export type ListedJob = components['schemas']['ListedJobDto'];
export type JobState = Job['state'];

export const isOver = ({ state }: { state: JobState }): boolean =>
  state === 'completed' || state === 'failed' || state === 'canceled';

/** One list has the jobs of both services; stopping and repeating one needs the scope of its own. */
const isOfTrade = ({ kind }: { kind: string }): boolean => kind.startsWith('deployment');

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['job', id],
    structuralSharing: (before, next) => laterOf(before as Job | undefined, next as Job),
    queryFn: ({ signal }): Promise<Job> => answer(research.GET('/api/jobs/{id}', { params: { path: { id } }, signal })),
  });

interface JobFilter {
  state?: JobState | undefined;
  parent_id?: string | undefined;
  limit?: number | undefined;
}

export const listJobs = (filter: JobFilter, cursor: string | undefined, signal: AbortSignal) =>
  answer(research.GET('/api/jobs', { params: { query: { ...filter, cursor } }, signal }));

export function cancelJob(job: { id: string; kind: string }): Promise<Job> {
  const options = { params: { path: { id: job.id } } };
  return answer(
    isOfTrade(job) ? trade.POST('/api/v1/jobs/{id}/cancel', options) : research.POST('/api/jobs/{id}/cancel', options),
  );
}

export function retryJob(job: { id: string; kind: string }): Promise<Job> {
  const options = { params: { path: { id: job.id } } };
  return answer(
    isOfTrade(job) ? trade.POST('/api/v1/jobs/{id}/retry', options) : research.POST('/api/jobs/{id}/retry', options),
  );
}
