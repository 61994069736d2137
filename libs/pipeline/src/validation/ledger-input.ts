import type { TimedReturns } from '@assay/quant';
import type { AlignedTrials, TrialSeries } from './trial-series';

/** What a ledger is judged by. */
export interface LedgerInput {
  /** The candidate comes first. */
  trials: readonly TrialSeries[];
  /** The same, cut to the bars that all have. */
  aligned: AlignedTrials;
  /** Of the candidate: its whole history from the first return on. */
  benchmark: TimedReturns;
  /** Trials made elsewhere, as declared: they count and have no series. Default 0. */
  outsideTrials?: number;
  periodsPerYear: number;
  draws?: number;
  /** Seed of the Reality Check and SPA, where they are asked for. */
  bootstraps?: number;
}
