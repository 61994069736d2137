import type { BarColumns } from '@assay/domain';
import {
  buyAndHoldReturns,
  computeMetric,
  concatColumns,
  type FxRates,
  METRICS_OF_TRADING,
  sliceResult,
  type MetricKey,
} from '@assay/quant';
import { heldValues, runSegment, type ResolvedOptions, type TradedTargets } from '../backtest';
import type { CpcvHooks } from '../validation';

/** @returns NaN where the metric is undefined. */
type CellMetric = (
  traded: TradedTargets,
  returns: Float64Array,
  scored: readonly [from: number, to: number],
  options: ResolvedOptions,
) => number;

/**
 * One metric of many backtests over the same bars, each with the bits of its own backtest. The engine is run for positions and trades
 * only where the metric reads them.
 */
export function cellMetric(key: MetricKey, bars: BarColumns, fx?: FxRates): CellMetric {
  const market = buyAndHoldReturns(heldValues(bars, fx));
  const trading = METRICS_OF_TRADING.has(key);
  return (traded, returns, [from, to], options) => {
    const shared = { periodsPerYear: options.periodsPerYear, benchmarkReturns: market.subarray(from, to) };
    const scored = trading
      ? sliceResult(runSegment(bars, traded, [0, bars.close.length], options), from, to)
      : { returns: returns.subarray(from, to) };
    return computeMetric(key, { ...shared, ...scored }) ?? NaN;
  };
}

/**
 * The same metric of one split of cross-validation: of its test bars, joined, against buy and hold of them. A trade counts in the block in
 * which it was entered.
 */
export function splitMetric(
  key: MetricKey,
  bars: BarColumns,
  { periodsPerYear, fx }: ResolvedOptions,
): NonNullable<CpcvHooks['figureOf']> {
  const market = buyAndHoldReturns(heldValues(bars, fx));
  const trading = METRICS_OF_TRADING.has(key);
  return (returns, test, stretch) => {
    const benchmarkReturns = concatColumns(test.map(([from, to]) => market.subarray(from, to)));
    const blocks = trading ? test.map((block) => stretch.traded!(block)) : null;
    const traded = blocks && {
      positions: concatColumns(blocks.map(({ positions }) => positions)),
      trades: blocks.flatMap(({ trades }) => trades),
    };
    return computeMetric(key, { returns, periodsPerYear, benchmarkReturns, ...traded });
  };
}
