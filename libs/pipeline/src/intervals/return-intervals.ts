import type { IntervalsDocument, MetricIntervalRow, SharpeErrorRow } from '@assay/contracts';
import { hashOf, refuse } from '@assay/primitives';
import {
  metricIntervals,
  MIN_RESAMPLED,
  sharpeInference,
  type IntervalsInput,
  type MetricInterval,
  type SharpeError,
} from '@assay/quant';
import { hashOfColumn } from '../hash';

/** The seed is made of the returns and the options, so that the same question has the same answer. */
export interface ReturnIntervalsInput extends Omit<IntervalsInput, 'seed' | 'keys'> {
  /** Of a portfolio, whose gross exposure does not tell it. */
  readonly turnover?: number | null;
  /** A true Sharpe ratio a year, default 1, of which a share `prior` of strategies is, default 0.1; the others are worth nothing. */
  readonly alternative?: number;
  readonly prior?: number;
}

/**
 * Intervals of every metric of a series of returns, and the errors of its Sharpe ratio.
 * @throws DomainError `insufficient_data` for fewer than 20 returns
 * @throws InvalidInputError for options that the core does not take
 */
export function returnIntervals(input: ReturnIntervalsInput): IntervalsDocument {
  const { returns, periodsPerYear, riskFreeReturns } = input;
  const rows = returns.length;
  if (rows < MIN_RESAMPLED) {
    const message = `intervals need at least ${MIN_RESAMPLED} returns, had ${rows}`;
    throw refuse('insufficient_data', message, { rows, required: MIN_RESAMPLED });
  }
  const seed = seedOf(input);
  const { observations, closedTrades, tradeBlock, kind, intervals, warnings, ...drawn } = metricIntervals({
    ...input,
    seed,
  });
  const { scheme, resamples, block } = drawn;
  const sharpe = sharpeInference(returns, periodsPerYear, riskFreeReturns, {
    ...(input.alternative === undefined ? {} : { sharpe: input.alternative }),
    ...(input.prior === undefined ? {} : { prior: input.prior }),
  });
  return {
    ...{ observations, closed_trades: closedTrades },
    bootstrap: { intervals: kind, scheme, resamples, block, trade_block: tradeBlock, seed },
    items: intervals.map(({ key, value: own, ...one }): MetricIntervalRow => {
      const value = key === 'turnover' && input.turnover !== undefined ? input.turnover : own;
      return { metric: key, value, ...boundsOf(one) };
    }),
    sharpe: sharpe && {
      ...{ lags: sharpe.lags, skewness: sharpe.skewness, kurtosis: sharpe.kurtosis },
      autocorrelation: sharpe.autocorrelation,
      alternative: { sharpe_ratio: sharpe.alternative.sharpe, prior: sharpe.alternative.prior },
      errors: sharpe.errors.map(({ method, sharpe: sharpe_ratio, ...one }): SharpeErrorRow => ({
        ...{ method, sharpe_ratio },
        ...boundsOf(one),
      })),
      evidence: sharpe.evidence.map((one) => ({
        formula: one.formula,
        probabilistic_sharpe: one.probabilisticSharpe,
        min_track_record_length: one.minTrackRecordLength,
        detectable_sharpe: one.detectableSharpe,
        ...{ power: one.power, planned_fdr: one.plannedFdr, observed_fdr: one.observedFdr },
      })),
    },
    warnings: [...warnings],
  };
}

type CoreBounds = Omit<MetricInterval, 'key' | 'value'> & Omit<SharpeError, 'method' | 'sharpe'>;

const boundsOf = (one: CoreBounds) => ({
  standard_error: one.standardError,
  ...{ lower_90: one.lower90, upper_90: one.upper90, lower_95: one.lower95, upper_95: one.upper95 },
  why: one.reason,
});

/** The number of resamples and the kind of interval are no part of it: more resamples begin with the same. */
function seedOf({ returns, scheme = 'stationary', block }: ReturnIntervalsInput): string {
  return hashOf({ returns: hashOfColumn(returns), scheme, block: block ?? null });
}
