import type { TeamHelpers } from '../team/team-helpers';
import { helpScreen, type ScreenJob } from './exceedances/screened-pass';
import { helpDistances, type DistanceJob } from './trial-distances';

/** What other threads can help a judgement with: plain values and memory that they share. */
export type JudgingJob = ScreenJob | DistanceJob;

/** Threads that can help a judgement: each calls `helpJudging`. */
export type JudgingHelpers = TeamHelpers<JudgingJob>;

/** Helps with a part of a judgement until that is over; called in the thread of a helper. */
export function helpJudging(job: JudgingJob): void {
  if (job.kind === 'screen') helpScreen(job);
  else helpDistances(job);
}
