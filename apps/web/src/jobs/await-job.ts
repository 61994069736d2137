import { answer, research } from '../api/clients';
import { problemFrom } from '../api/problem';
import type { Job } from './job-api';

const POLL_MS = 500;

/** The result of a job once it has completed. @throws ApiProblem that it failed of, or that it was stopped */
export async function awaitJob(
  id: string,
  { onProgress, signal }: { onProgress?: (fraction: number) => void; signal?: AbortSignal } = {},
): Promise<Job['result']> {
  for (;;) {
    const job = await answer(research.GET('/api/jobs/{id}', { params: { path: { id } }, signal }));
    onProgress?.(job.progress);
    if (job.state === 'completed') return job.result;
    if (job.state === 'failed' || job.state === 'canceled') {
      throw problemFrom(job.error?.status ?? 500, job.error ?? undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
