import type { Warning } from '@assay/contracts';
import type { Trade } from '@assay/quant';
import type { Accounting } from '../output/accounting';
import type { FirstScored } from '../output/scored-from';

/** What the backtest command prints, whether a document or a template was run. */
export interface BacktestView {
  accounting: Accounting;
  metrics: Record<string, number | null>;
  reasons: Record<string, string>;
  buyHoldMetrics: Record<string, number | null>;
  buyHoldReasons: Record<string, string>;
  positions: Float64Array;
  equity: Float64Array;
  trades: readonly Trade[];
  warnings: readonly Pick<Warning, 'message'>[];
  /** Where the figures begin. */
  scoredFrom: FirstScored;
  /** Bar of the file that positions, equity and trades count from. */
  from: number;
}
