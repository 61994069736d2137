export * from './normal-distribution';
export * from './walk-forward';
export * from './cpcv';
export { checkSplitCount, MOST_SPLITS } from './split-limit';
export * from './sharpe-inference';
export * from './pbo';
export * from './benchmark-p';
export type { BenchmarkTrial, TimedReturns } from './benchmark-trial';
export * from './effective-trials';
export { ledgerStatistics, type LedgerStatistics, type LedgerStatisticsInput } from './ledger-statistics';
export { helpJudging, type JudgingJob } from './judging-job';

export { blockResampler, politisWhite, stationaryBootstrap, type BlockScheme } from './bootstrap';
export {
  lastingBlock,
  metricIntervals,
  MIN_RESAMPLED,
  MOST_RESAMPLED_BARS,
  type IntervalKind,
  type IntervalsInput,
  type MetricInterval,
  type MetricIntervals,
} from './metric-intervals';
export { sharpeInference, type SharpeError, type SharpeEvidence, type SharpeInference } from './sharpe-errors';
export * from './superior-performance';
