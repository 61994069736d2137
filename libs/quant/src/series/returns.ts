/** Simple returns x_t / x_(t-1) - 1, same length, NaN at index 0 and wherever either value is missing or the base is 0. */
export function simpleReturns(series: Float64Array, out = new Float64Array(series.length)): Float64Array {
  if (series.length > 0) out[0] = NaN;
  for (let i = 1; i < series.length; i++) {
    const r = series[i] / series[i - 1] - 1;
    out[i] = r - r === 0 ? r : NaN;
  }
  return out;
}

/** Log returns ln(x_t / x_(t-1)), same length, NaN at index 0 and wherever the ratio is not a positive number. */
export function logReturns(series: Float64Array, out = new Float64Array(series.length)): Float64Array {
  if (series.length > 0) out[0] = NaN;
  for (let i = 1; i < series.length; i++) {
    const r = Math.log(series[i] / series[i - 1]);
    out[i] = r - r === 0 ? r : NaN;
  }
  return out;
}
