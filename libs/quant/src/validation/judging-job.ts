import { helpScreen, type ScreenJob } from './exceedances/screened-pass';
import { helpStatistics, type StatisticsJob } from './ledger-statistics';

/** What other threads can help a judgement with: plain values and memory that they share. */
export type JudgingJob = ScreenJob | StatisticsJob;

/** Helps with a part of a judgement until that is over; called in the thread of a helper. */
export function helpJudging(job: JudgingJob): void {
  if (job.kind === 'screen') helpScreen(job);
  else helpStatistics(job);
}
