import type { ScoredFrom } from '@assay/pipeline';
import type { BenchmarkRequest, RateSeriesRequest } from './backtest-document';

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
}
