export const INTERVAL_KINDS = ['percentile', 'bca'] as const;
export const BLOCK_SCHEMES = ['stationary', 'circular'] as const;

/** Null where there is none; `why` says why. */
interface Bounds {
  standard_error: number | null;
  lower_90: number | null;
  upper_90: number | null;
  lower_95: number | null;
  upper_95: number | null;
  why: string | null;
}

export interface MetricIntervalRow extends Bounds {
  metric: string;
  value: number | null;
}

/** Annualised, with normal bounds. */
export interface SharpeErrorRow extends Bounds {
  method: 'iid' | 'mertens' | 'hac' | 'autocorrelation';
  sharpe_ratio: number | null;
}

/** Of a true Sharpe ratio above 0, at 95 %. */
export interface SharpeEvidenceRow {
  formula: '2012' | '2026';
  probabilistic_sharpe: number | null;
  /** Bars. */
  min_track_record_length: number | null;
  /** A year; told from 0 with a probability of 80 %. */
  detectable_sharpe: number | null;
  /** Probability that a true ratio as high as the alternative is told from 0. */
  power: number | null;
  /** Share of strategies worth nothing among all that the test would call discoveries. */
  planned_fdr: number | null;
  /** The same among all that do at least as well as this record. */
  observed_fdr: number | null;
}

/** How far the figures of a series of returns may lie from those of its like. */
export interface IntervalsDocument {
  observations: number;
  closed_trades: number;
  bootstrap: {
    intervals: (typeof INTERVAL_KINDS)[number];
    scheme: (typeof BLOCK_SCHEMES)[number];
    resamples: number;
    /** Bars of a block, of the stationary scheme on average. */
    block: number;
    /** Trades of a block; null where they are too few to resample. */
    trade_block: number | null;
    /** SHA-256 of the returns and of what was asked for. */
    seed: string;
  };
  items: MetricIntervalRow[];
  /** Null where the Sharpe ratio is undefined. */
  sharpe: {
    lags: number;
    skewness: number;
    kurtosis: number;
    autocorrelation: number;
    /** What power and shares of false discoveries assume: a true ratio a year, and the share of strategies that have it. */
    alternative: { sharpe_ratio: number; prior: number };
    errors: SharpeErrorRow[];
    evidence: SharpeEvidenceRow[];
  } | null;
  warnings: string[];
}
