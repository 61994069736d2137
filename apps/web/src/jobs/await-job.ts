import { answer, research } from '../api/clients';
import { ApiProblem, isUnanswered, problemFrom } from '../api/problem';
import { isOver, type Job } from './job-api';
import { jobWords } from './job-words';

const POLL_MS = 500;
/** Between questions that were not answered: a service that is started again has gone on with its jobs by then. */
const AWAY_MS = 2_000;
const MOST_UNANSWERED = 60;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Options {
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
}

/** A job once it is over, however it ended. @throws ApiProblem where nobody says how it is: it may go on */
export async function endOfJob(id: string, { onProgress, signal }: Options = {}): Promise<Job> {
  for (let unanswered = 0; ;) {
    let job: Job;
    try {
      job = await answer(research.GET('/api/jobs/{id}', { params: { path: { id } }, signal }));
      unanswered = 0;
    } catch (error) {
      unanswered += 1;
      if (!isUnanswered(error) || unanswered > MOST_UNANSWERED) throw error;
      await pause(AWAY_MS);
      continue;
    }
    onProgress?.(job.progress);
    if (isOver(job)) return job;
    await pause(POLL_MS);
  }
}

/** The result of a job that is over. @throws ApiProblem that it failed of, or that it was stopped */
export function resultOf(job: Job): Job['result'] {
  if (job.state === 'completed') return job.result;
  if (job.state === 'canceled') throw new ApiProblem('stopped', 'Stopped', `${jobWords(job.kind)} was stopped.`);
  throw problemFrom(job.error?.status ?? 500, job.error ?? undefined);
}

/** As `endOfJob` and `resultOf`. */
export const awaitJob = async (id: string, options?: Options): Promise<Job['result']> =>
  resultOf(await endOfJob(id, options));
