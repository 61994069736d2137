import { hasMissing } from '../series';

/** Geometric mean return of the bars at which the benchmark rose (1) or fell (-1), of both series. */
function meansWhere(returns: Float64Array, benchmark: Float64Array, sign: 1 | -1): [own: number, other: number] | null {
  if (returns.length !== benchmark.length)
    throw new RangeError(`benchmarkReturns must have ${returns.length} values like returns, had ${benchmark.length}`);
  if (hasMissing(returns) || hasMissing(benchmark)) return null;
  let [own, other, count] = [0, 0, 0];
  for (let t = 0; t < returns.length; t++) {
    if (!(benchmark[t] * sign > 0)) continue;
    own += Math.log1p(Math.max(-1, returns[t]));
    other += Math.log1p(Math.max(-1, benchmark[t]));
    count += 1;
  }
  const mean = Math.expm1(other / count);
  return count === 0 || mean === 0 ? null : [Math.expm1(own / count), mean];
}

/**
 * Geometric mean return per bar / that of the benchmark over the bars at which the benchmark rose. Morningstar's, but not annualised,
 * so that the figure does not depend on bars per year. Null where no bar rose and for values that are not finite.
 */
export function upCapture(returns: Float64Array, benchmark: Float64Array): number | null {
  const means = meansWhere(returns, benchmark, 1);
  return means && means[0] / means[1];
}

/** As `upCapture`, over the bars at which the benchmark fell: below 1 is what one wants. */
export function downCapture(returns: Float64Array, benchmark: Float64Array): number | null {
  const means = meansWhere(returns, benchmark, -1);
  return means && means[0] / means[1];
}
