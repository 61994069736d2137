import type { StrategyDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { resolveOptions, segmentPaths, type BacktestOptions, type ResolvedOptions } from '../backtest';
import { evaluatePrepared, prepareStrategy, type PreparedStrategy } from '../evaluator';
import { configHash } from '../hash';
import { cpcvOf } from './cpcv';
import { judgedStrategy } from './judged-record';
import { validationRange } from './layout';
import type { TrialSeries } from './trial-series';

/**
 * What the trial ledger keeps of a configuration: the backtest's net returns, or for a model the CPCV path of median
 * Sharpe, on which every bar is out of sample. Always in the currency of the prices, so that trials stay comparable.
 */
export function ledgerReturns(
  prepared: PreparedStrategy,
  asked: ResolvedOptions,
  scored: [number, number],
): Float64Array {
  const options = { ...asked, fx: undefined };
  if (prepared.plan !== null) {
    const { paths, medianPath } = cpcvOf(judgedStrategy(prepared, options), scored);
    return paths[medianPath]!.returns;
  }
  const evaluation = evaluatePrepared(prepared, null, options.fill);
  const { returns } = segmentPaths(prepared.bars, [0, evaluation.weights.length], options)(evaluation);
  return returns.slice(scored[0], scored[1]);
}

/** The ledger series of a document over the policy's scored range. */
export function ledgerSeries(input: {
  document: StrategyDocument;
  bars: BarColumns;
  options?: BacktestOptions;
}): TrialSeries {
  const { document, bars, options = {} } = input;
  const prepared = prepareStrategy(document, bars);
  const { lookback } = prepared;
  const { scored } = validationRange({ lookback, ownFrom: 0, openTimeMs: bars.openTimeMs }, options);
  return {
    configHash: configHash(document),
    openTimeMs: bars.openTimeMs.slice(scored[0], scored[1]),
    returns: ledgerReturns(prepared, resolveOptions(document, options), scored),
  };
}
