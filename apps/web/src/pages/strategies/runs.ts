import { answer, research } from '../../api/clients';

interface Started {
  jobId: string;
  subjectId: string;
}

/** A backtest of the newest revision, over all stored bars. */
export async function runBacktest(strategyId: string): Promise<Started> {
  const made = await answer(research.POST('/api/backtests', { body: { strategy_id: strategyId } }));
  const job = await answer(research.POST('/api/backtests/{id}/execute', { params: { path: { id: made.id } } }));
  return { jobId: job.job_id, subjectId: made.id };
}

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
