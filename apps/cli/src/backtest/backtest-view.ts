import type { Warning } from '@assay/contracts';
import type { Trade } from '@assay/quant';
import type { Accounting } from '../output/accounting';

/** What the backtest command prints, whether a document or a template was run. */
export interface BacktestView {
  accounting: Accounting;
  metrics: Record<string, number | null>;
  reasons: Record<string, string>;
  buyHoldMetrics: Record<string, number | null>;
  positions: Float64Array;
  equity: Float64Array;
  trades: readonly Trade[];
  warnings: readonly Pick<Warning, 'message'>[];
  /** Index of the first scored bar: trades count from there. */
  from: number;
}
