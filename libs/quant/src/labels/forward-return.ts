import { isAbove, PURE_NUMBER } from '../comparison/comparison';
import { requireThat } from '../errors/invalid-input';
import { isMissing } from '../series';

function checkHorizon(horizon: number): void {
  requireThat(Number.isInteger(horizon) && horizon >= 1, 'horizon', 'an integer of at least 1', horizon);
}

/** close[t + horizon] / close[t] - 1; NaN for the last `horizon` bars, where a price is missing and from a base of 0. */
export function forwardReturns(close: Float64Array, horizon: number): Float64Array {
  checkHorizon(horizon);
  const out = new Float64Array(close.length).fill(NaN);
  for (let t = 0; t + horizon < close.length; t++) {
    const value = close[t + horizon] / close[t] - 1;
    if (!isMissing(value)) out[t] = value;
  }
  return out;
}

/** 1 when the close is higher after `horizon` bars, 0 when it is not; NaN where the forward return is. */
export function forwardReturnLabels(close: Float64Array, horizon: number): Float64Array {
  return forwardReturns(close, horizon).map((value) =>
    Number.isNaN(value) ? NaN : isAbove(value, 0, PURE_NUMBER) ? 1 : 0,
  );
}
