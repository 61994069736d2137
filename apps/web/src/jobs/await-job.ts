import { answer, research } from '../api/clients';
import { isDoubtful, problemFrom } from '../api/problem';
import type { Job } from './job-api';

const POLL_MS = 500;
/** Between questions that were not answered: a service that is started again has gone on with its jobs by then. */
const AWAY_MS = 2_000;
const MOST_UNANSWERED = 60;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The result of a job once it has completed. @throws ApiProblem that it failed of, or that it was stopped */
export async function awaitJob(
  id: string,
  { onProgress, signal }: { onProgress?: (fraction: number) => void; signal?: AbortSignal } = {},
): Promise<Job['result']> {
  for (let unanswered = 0; ;) {
    let job: Job;
    try {
      job = await answer(research.GET('/api/jobs/{id}', { params: { path: { id } }, signal }));
      unanswered = 0;
    } catch (error) {
      unanswered += 1;
      if (!isDoubtful(error) || unanswered > MOST_UNANSWERED) throw error;
      await pause(AWAY_MS);
      continue;
    }
    onProgress?.(job.progress);
    if (job.state === 'completed') return job.result;
    if (job.state === 'failed' || job.state === 'canceled') {
      throw problemFrom(job.error?.status ?? 500, job.error ?? undefined);
    }
    await pause(POLL_MS);
  }
}
