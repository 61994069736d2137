import { timeText } from '@assay/primitives';
import type { UniverseRun } from '@assay/pipeline';
import type { BacktestSeries } from './backtest-series';

/** Its position is the sum of the sizes of all weights; it has no features, predictions or signals of one symbol. */
export function seriesOfUniverse(run: UniverseRun): BacktestSeries {
  const none = new Float64Array(0);
  return {
    ...{ openTimeMs: run.openTimeMs, scored: run.scored, returns: run.returns, equity: run.equity },
    ...{ positions: run.gross, benchmarkReturns: run.benchmarkReturns },
    ...{
      featureNames: [],
      features: [],
      predictions: none,
      signals: none,
      weights: none,
      decisions: new Uint8Array(0),
    },
    ...(run.benchmark ? { chosenReturns: run.benchmark.returns } : {}),
    ...(run.riskFreeReturns ? { riskFreeReturns: run.riskFreeReturns } : {}),
    universe: {
      gross: run.gross,
      net: run.net,
      contributions: run.contributions.map((one) => ({
        symbol: one.symbol,
        group: one.group,
        contribution: one.contribution,
        pnl: one.pnl,
        costs: one.costs,
        ...(one.byPrice === undefined ? {} : { price: one.byPrice, fx: one.byFx }),
        trades: one.trades,
        bars_held: one.barsHeld,
        bars_missing: one.barsMissing,
      })),
      absences: run.absences.map(({ symbol, fromMs, toMs, missing }) => ({
        symbol,
        from: timeText(fromMs),
        to: timeText(toMs),
        bars_missing: missing,
      })),
    },
  };
}
