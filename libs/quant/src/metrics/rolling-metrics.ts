import { beta } from './beta-alpha';
import { maxDrawdown } from './max-drawdown';
import { sharpeRatio } from './sharpe-ratio';
import { volatility } from './volatility';

/** Figures of the window that ends at each bar; NaN before the first whole window and where one is undefined. */
export interface RollingMetrics {
  sharpe: Float64Array;
  volatility: Float64Array;
  /** Without a benchmark NaN throughout. */
  beta: Float64Array;
  /** Deepest fall within the window, whose start counts as a peak. */
  maxDrawdown: Float64Array;
}

export interface RollingInput {
  returns: Float64Array;
  window: number;
  periodsPerYear: number;
  benchmarkReturns?: Float64Array;
  /** Of cash: the Sharpe ratio is of what is above it. */
  riskFreeReturns?: Float64Array;
}

/** Each window by the function of the whole series, so that the last value is what the figure of the last window alone is. @throws RangeError for a window below 2 */
export function rollingMetrics(input: RollingInput): RollingMetrics {
  const { returns, window, periodsPerYear, benchmarkReturns, riskFreeReturns } = input;
  if (!Number.isInteger(window) || window < 2)
    throw new RangeError(`window must be an integer of at least 2, was ${window}`);
  const column = (): Float64Array => new Float64Array(returns.length).fill(NaN);
  const out = { sharpe: column(), volatility: column(), beta: column(), maxDrawdown: column() };
  for (let end = window; end <= returns.length; end++) {
    const part = (all: Float64Array): Float64Array => all.subarray(end - window, end);
    const own = part(returns);
    out.sharpe[end - 1] = sharpeRatio(own, periodsPerYear, riskFreeReturns && part(riskFreeReturns)) ?? NaN;
    out.volatility[end - 1] = volatility(own, periodsPerYear) ?? NaN;
    if (benchmarkReturns) out.beta[end - 1] = beta(own, part(benchmarkReturns)) ?? NaN;
    out.maxDrawdown[end - 1] = maxDrawdown(own) ?? NaN;
  }
  return out;
}
