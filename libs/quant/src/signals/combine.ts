/** NaN when any signal is missing or there is none. */
function anyMissing(signals: ArrayLike<number>): boolean {
  for (let i = 0; i < signals.length; i++) if (signals[i] !== signals[i]) return true;
  return signals.length === 0;
}

/** All signals share one non-zero sign: that sign, else 0. Any NaN, or no signal at all: NaN. */
export function combineAnd(signals: ArrayLike<number>): number {
  if (anyMissing(signals)) return NaN;
  const sign = Math.sign(signals[0]) + 0;
  for (let i = 1; i < signals.length; i++) if (Math.sign(signals[i]) !== sign) return 0;
  return sign;
}

/**
 * The signal with the largest absolute value; a tie takes the first, so pass the substrategies in ascending order of
 * their `id`. Any NaN, or no signal at all: NaN.
 */
export function combineOr(signals: ArrayLike<number>): number {
  if (anyMissing(signals)) return NaN;
  let best = 0;
  for (let i = 0; i < signals.length; i++) if (Math.abs(signals[i]) > Math.abs(best)) best = signals[i];
  return best;
}

/**
 * The first signal opens a gate: 0 closes it, anything else lets the second through. A single signal passes unchanged;
 * signals after the second play no part but for a NaN among them. Any NaN, or no signal at all: NaN.
 */
export function combineFilter(signals: ArrayLike<number>): number {
  if (anyMissing(signals)) return NaN;
  if (signals.length === 1) return signals[0];
  return signals[0] === 0 ? 0 : signals[1];
}
