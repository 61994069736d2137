import type { Warning } from '@assay/contracts';
import type { FxTotals } from '@assay/pipeline';
import type { CostTotals, Trade } from '@assay/quant';
import type { Robustness } from '../input/robustness-flags';
import type { Accounting } from '../output/accounting';
import type { FirstScored } from '../output/scored-from';

/** Returns of the scored bars alone. */
export interface ScoredColumns {
  /** First scored bar of the file. */
  from: number;
  returns: Float64Array;
  /** Of buy and hold. */
  hold: Float64Array;
  benchmark?: Float64Array;
  riskFree?: Float64Array;
}

/** What the backtest command prints, whether a document or a template was run. */
export interface BacktestView {
  accounting: Accounting;
  metrics: Record<string, number | null>;
  reasons: Record<string, string>;
  buyHoldMetrics: Record<string, number | null>;
  buyHoldReasons: Record<string, string>;
  /** Figures of the benchmark that was asked for. */
  benchmark?: { metrics: Record<string, number | null>; reasons: Record<string, string> };
  /** What the figures rest on. */
  scored: ScoredColumns;
  positions: Float64Array;
  equity: Float64Array;
  trades: readonly Trade[];
  warnings: readonly Pick<Warning, 'message'>[];
  /** By kind and in all, as fractions of the equity before the first scored bar. */
  costs: CostTotals;
  /** What came of prices and of rates, where the account is in another currency. */
  fx?: FxTotals;
  /** What was asked for of it. */
  robustness?: Robustness;
  /** Where the figures begin. */
  scoredFrom: FirstScored;
  /** Bar of the file that positions, equity and trades count from. */
  from: number;
}
