import { queryOptions } from '@tanstack/react-query';
import { answer, research, trade } from '../api/clients';
import type { components } from '../api/generated/research';

export type Job = components['schemas']['JobDto'];
export type ListedJob = components['schemas']['ListedJobDto'];
/** Whose queue a job stands in. */
export type JobService = 'research' | 'trade';
export type JobState = Job['state'];

export const isOver = ({ state }: { state: JobState }): boolean =>
  state === 'completed' || state === 'failed' || state === 'canceled';

export const jobQuery = (service: JobService, id: string) =>
  queryOptions({
    queryKey: ['job', service, id],
    queryFn: ({ signal }): Promise<Job> => {
      const options = { params: { path: { id } }, signal };
      return answer(
        service === 'research' ? research.GET('/api/jobs/{id}', options) : trade.GET('/api/v1/jobs/{id}', options),
      );
    },
  });

interface JobFilter {
  state?: JobState | undefined;
  parent_id?: string | undefined;
  limit?: number | undefined;
}

export function listJobs(service: JobService, filter: JobFilter, cursor: string | undefined, signal: AbortSignal) {
  const options = { params: { query: { ...filter, cursor } }, signal };
  return answer(service === 'research' ? research.GET('/api/jobs', options) : trade.GET('/api/v1/jobs', options));
}

export function cancelJob(service: JobService, id: string): Promise<Job> {
  const options = { params: { path: { id } } };
  return answer(
    service === 'research'
      ? research.POST('/api/jobs/{id}/cancel', options)
      : trade.POST('/api/v1/jobs/{id}/cancel', options),
  );
}

export function retryJob(service: JobService, id: string): Promise<Job> {
  const options = { params: { path: { id } } };
  return answer(
    service === 'research'
      ? research.POST('/api/jobs/{id}/retry', options)
      : trade.POST('/api/v1/jobs/{id}/retry', options),
  );
}

export const streamAddress = (service: JobService, id: string): string =>
  `${service === 'research' ? '/api' : '/api/v1'}/jobs/${encodeURIComponent(id)}/stream`;
