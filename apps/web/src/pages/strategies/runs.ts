import { answer, research } from '../../api/clients';
import type { Started } from '../../jobs/start-backtest';

/** One of the two validations of the newest revision, in the layout that counts as evidence. */
export async function runValidation(kind: 'walk-forward' | 'cpcv', strategyId: string): Promise<Started> {
  const options = { body: { strategy_id: strategyId } };
  const job = await answer(
    kind === 'cpcv'
      ? research.POST('/api/validation/cpcv', options)
      : research.POST('/api/validation/walk-forward', options),
  );
  return { jobId: job.job_id, subjectId: job.subject_id ?? '' };
}
