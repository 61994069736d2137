import type { BacktestOutcome } from '@assay/pipeline';
import { hashOf } from '@assay/primitives';
import type { Rerun } from '../records/backtests/basis';
import type { BacktestRequest, TradeDocument } from '../records/backtests/backtest-document';
import { columnHash } from '../records/trials/return-series';

/**
 * SHA-256 of what a backtest found, hexadecimal: the exact bits of its columns over the scored bars, its metrics and its trades. Runs of the same recipe over the same bars have the same on any machine.
 */
export function resultHash(
  { metrics, buyHoldMetrics }: Pick<BacktestOutcome, 'metrics' | 'buyHoldMetrics'>,
  columns: readonly Float64Array[],
  trades: readonly TradeDocument[],
): string {
  return hashOf({ columns: columns.map(columnHash), metrics, buy_hold_metrics: buyHoldMetrics, trades });
}

/** How a run compares with the one that it repeats; undefined where it repeats none. */
export function rerunOf(
  { rerun_of: first }: Pick<BacktestRequest, 'rerun_of'>,
  fingerprint: string,
  hash: string,
): Rerun | undefined {
  if (first === undefined) return undefined;
  const { id: of, result_hash: before } = first;
  return { of, same_bars: first.fingerprint === fingerprint, same_result: before === null ? null : before === hash };
}
