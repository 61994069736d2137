import { isAbove, isBelow, WITH_UNIT, PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';
import { trueRangeOf } from '../volatility/true-range';

/** [count, previous high, low, close, sums of +DM, -DM, true range] */
const directionalSize = 7;

/**
 * Wilder's running sums: seeded with the plain sums of the first window - 1 movements, then s += x - s / window.
 * True from the bar on which the directional indices exist, bar `window`.
 */
function directionalStep(s: Float64Array, window: number, high: number, low: number, close: number): boolean {
  const count = s[0];
  s[0] = count + 1;
  const up = high - s[1];
  const down = s[2] - low;
  // which move is the larger is told by sums: differences of prices carry their rounding
  const level = high + low;
  const before = s[1] + s[2];
  const range = trueRangeOf(high, low, s[3]);
  s[1] = high;
  s[2] = low;
  s[3] = close;
  if (count === 0) return false;
  if (count >= window) for (let k = 4; k < 7; k++) s[k] -= s[k] / window;
  if (down > 0 && isBelow(level, before, WITH_UNIT)) s[5] += down;
  else if (up > 0 && isAbove(level, before, WITH_UNIT)) s[4] += up;
  s[6] += range;
  return count >= window;
}

/**
 * Directional indices: 100 x Wilder sum of +DM (-DM) / Wilder sum of the true range; NaN while nothing has moved.
 * Lookback `window`. O(1) per bar. Source: Wilder (1978), TA-Lib PLUS_DI and MINUS_DI.
 */
export const dmi = defineIndicator({
  key: 'dmi',
  description: "Wilder's directional indices, 0 to 100",
  inputs: ['high', 'low', 'close'],
  outputs: ['plus_di', 'minus_di'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 2, "length of Wilder's smoothing") },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => ({
    size: directionalSize,
    step: (s, input, out) => {
      const warm = directionalStep(s, window, input[0], input[1], input[2]) && s[6] > 0;
      out[0] = warm ? 100 * (s[4] / s[6]) : NaN;
      out[1] = warm ? 100 * (s[5] / s[6]) : NaN;
    },
  }),
});

/**
 * Average directional index: Wilder's mean of DX = 100 |+DI - -DI| / (+DI + -DI), seeded with the sum of its first
 * `window` values / window. Without directional movement there is no DX: such a bar adds nothing to the seed and later
 * leaves the mean as it is. Lookback 2 window - 1. O(1) per bar. Source: Wilder (1978), TA-Lib ADX.
 */
export const adx = defineIndicator({
  key: 'adx',
  description: "Wilder's average directional index, 0 to 100",
  inputs: ['high', 'low', 'close'],
  outputs: ['adx'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 2, "length of Wilder's smoothing") },
  lookback: ({ window }) => 2 * window - 1,
  recurrence: ({ window }) => {
    const alpha = 1 / window;
    return {
      size: directionalSize + exponentialMeanSize,
      step: (s, input, out) => {
        const warm = directionalStep(s, window, input[0], input[1], input[2]);
        if (!warm) {
          out[0] = NaN;
          return;
        }
        const total = s[4] + s[5];
        // the true range cancels
        const dx = total > 0 ? 100 * (Math.abs(s[4] - s[5]) / total) : 0;
        if (total > 0 || s[0] < 2 * window) out[0] = exponentialMeanStep(s, directionalSize, window, alpha, dx);
        else out[0] = s[directionalSize + 1];
      },
    };
  },
});
