import { answer, research } from '../api/clients';
import type { components } from '../api/generated/research';
import { ApiProblem } from '../api/problem';

type Request = components['schemas']['CreateBacktestDto'];

export interface Started {
  jobId: string;
  subjectId: string;
}

/** What was prepared and is not known to have been started, by what was asked for: the next try starts it and prepares no second one. */
const prepared = new Map<string, string>();

const isCode = (error: unknown, code: string): boolean => error instanceof ApiProblem && error.code === code;

/**
 * Prepares a backtest and starts it.
 * @param revision of the strategy as the page knows it: what was prepared of another one is not the same
 */
export async function startBacktest(body: Request, revision?: number): Promise<Started> {
  const asked = JSON.stringify([revision, body]);
  const id = prepared.get(asked) ?? (await answer(research.POST('/api/backtests', { body }))).id;
  prepared.set(asked, id);
  try {
    const jobId = await execute(id);
    prepared.delete(asked);
    return { jobId, subjectId: id };
  } catch (error) {
    if (isCode(error, 'not_found')) prepared.delete(asked);
    throw error;
  }
}

/** The job of a backtest, which may have been started by a request whose answer never came, and have completed since. */
async function execute(id: string): Promise<string> {
  const params = { path: { id } };
  try {
    return (await answer(research.POST('/api/backtests/{id}/execute', { params }))).job_id;
  } catch (error) {
    const job =
      isCode(error, 'illegal_transition') && (await answer(research.GET('/api/backtests/{id}', { params }))).job_id;
    if (job) return job;
    throw error;
  }
}
