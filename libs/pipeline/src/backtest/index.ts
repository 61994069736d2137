export { alignBenchmark, comparedWith, type Benchmark, type Compared, type RiskFree } from './benchmark';
export {
  barUntil,
  costsFromDocument,
  firstBarAt,
  needsCapital,
  resolveOptions,
  scoredRange,
  type BacktestOptions,
  type ResolvedOptions,
} from './backtest-options';
export {
  assertTradable,
  blockReturns,
  CLOSED,
  CONTINUOUS,
  blockTrades,
  runInCurrency,
  runSegment,
  segmentPaths,
  type BlockOptions,
  type PathRun,
  type TradedTargets,
} from './engine-run';
export { alignFx, FX_MAX_AGE_DAYS, heldValues, RatesOnBars, type DatedRates, type FxTerms, type FxTotals } from './fx';
export { scoredFrom, type ScoredFrom, type ScoredRule } from './scored-from';
export {
  backtestPrepared,
  runBacktest,
  scoreEvaluation,
  type BacktestInput,
  type BacktestOutcome,
} from './run-backtest';
