import { sweptParams, sweptTable, type SweptParams, type SweptTable } from '@assay/contracts';
import type { Jobs, Principal } from '@assay/platform';
import { notFound, refuse } from '@assay/primitives';

export interface EndedSweep {
  asked: SweptParams;
  found: SweptTable;
}

/** @throws DomainError `not_found` for another's job or one that is no sweep, `not_ready` until it has completed. */
export async function endedSweep(jobs: Jobs, owner: Principal, jobId: string): Promise<EndedSweep> {
  const job = await jobs.get(jobId, owner);
  if (job.kind !== 'backtest.sweep') throw notFound('sweep', jobId);
  if (job.state !== 'completed')
    throw refuse('not_ready', `the sweep must have completed, was ${job.state}`, { state: job.state });
  return endedOf(job);
}

/** Of the job of a sweep that has completed. */
export const endedOf = ({ payload, result }: { payload: unknown; result: unknown }): EndedSweep => ({
  asked: sweptParams.parse(payload),
  found: sweptTable.parse(result),
});
