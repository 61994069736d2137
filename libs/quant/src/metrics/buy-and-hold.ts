/** Close-to-close simple returns, the first 0, no costs. */
export function buyAndHoldReturns(close: Float64Array): Float64Array {
  const returns = new Float64Array(close.length);
  for (let t = 1; t < close.length; t++) returns[t] = close[t] / close[t - 1] - 1;
  return returns;
}
