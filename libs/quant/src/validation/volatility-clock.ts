/** Bars whose variance the clock starts from. */
const FIRST_BARS = 63;
const DECAY = 0.97;

/**
 * Volatility per bar as it was known before it: the square root of v, v_1 the variance (ddof 0) of the first 63 returns and
 * v_t = 0.97 v_(t-1) + 0.03 b_(t-1)^2.
 */
export function volatilityClock(returns: Float64Array): Float64Array {
  const first = Math.min(FIRST_BARS, returns.length);
  let centre = 0;
  for (let t = 0; t < first; t++) centre += returns[t] / first;
  let variance = 0;
  for (let t = 0; t < first; t++) variance += (returns[t] - centre) ** 2 / first;
  const clock = new Float64Array(returns.length);
  for (let t = 0; t < clock.length; t++) {
    if (t > 0) variance = DECAY * variance + (1 - DECAY) * returns[t - 1] ** 2;
    clock[t] = Math.sqrt(variance);
  }
  return clock;
}
