import type { FxTotals, ScoredFrom } from '@assay/pipeline';
import type { BenchmarkRequest, FxRatesRequest, FxRequest, RateSeriesRequest } from './backtest-document';

/** What the figures of a run rest on; every result states it. */
export interface Basis {
  scored_from: {
    /** Bar of the history, from 0. */
    index: number;
    time: string;
    rule: ScoredFrom['rule'];
  };
  /** Bars per year of annualised figures. */
  periods_per_year: number;
  /** The benchmark that was asked for, as it was then, and its figures. */
  benchmark?: BenchmarkRequest & {
    fingerprint: string;
    metrics: Record<string, number | null>;
    reasons: Record<string, string>;
  };
  /** The rates that were asked for; of a series its content then. */
  risk_free?: { rate: number } | (RateSeriesRequest & { fingerprint: string });
  /** The rates of the account's currency as they were then, and what came of prices and of rates. */
  fx?: PinnedRates & FxTotals;
  /** See `resultHash`; absent of a run that ended before it was kept. */
  result_hash?: string;
  /** Of a run that repeats another. */
  rerun?: Rerun;
}

/** Rates as they were when they were read. */
export type PinnedRates =
  | (FxRequest & { fingerprint: string })
  | (Omit<FxRatesRequest, 'rates'> & { rates: (FxRatesRequest['rates'][number] & { fingerprint: string })[] });

/** How a run that repeats another compares with it. */
export interface Rerun {
  of: string;
  same_bars: boolean;
  /** Null where the hash of the other was not kept. */
  same_result: boolean | null;
}
