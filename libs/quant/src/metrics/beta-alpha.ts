import { hasMissing } from '../series';
import { mean } from './moments';
import { excessReturns } from './risk-free';

function checkLengths(returns: Float64Array, benchmark: Float64Array): void {
  if (returns.length !== benchmark.length)
    throw new RangeError(`benchmarkReturns must have ${returns.length} values like returns, had ${benchmark.length}`);
}

/** cov / var (the divisors cancel) of returns on the benchmark; null below two bars, for a constant benchmark or a value that is not finite. */
export function beta(returns: Float64Array, benchmark: Float64Array): number | null {
  checkLengths(returns, benchmark);
  if (returns.length < 2 || hasMissing(returns) || hasMissing(benchmark)) return null;
  const meanReturn = mean(returns);
  const meanBenchmark = mean(benchmark);
  let covariance = 0;
  let variance = 0;
  let varies = false;
  for (let t = 0; t < returns.length; t++) {
    const move = benchmark[t] - meanBenchmark;
    covariance += (returns[t] - meanReturn) * move;
    variance += move * move;
    if (benchmark[t] !== benchmark[0]) varies = true;
  }
  return varies ? covariance / variance : null;
}

/**
 * Arithmetic alpha per year, (mean r - beta x mean b) x P of what both return above the risk-free series where one is given (Jensen
 * 1968); null where beta is.
 */
export function alpha(
  returns: Float64Array,
  benchmark: Float64Array,
  periodsPerYear: number,
  riskFree?: Float64Array,
): number | null {
  checkLengths(returns, benchmark);
  const [own, other] = [excessReturns(returns, riskFree), excessReturns(benchmark, riskFree)];
  const slope = beta(own, other);
  return slope === null ? null : (mean(own) - slope * mean(other)) * periodsPerYear;
}
