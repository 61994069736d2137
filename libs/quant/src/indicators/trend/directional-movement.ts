import { isAbove, isBelow, WITH_UNIT, PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';
import { lagSize, lagStep } from '../state/lag';
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
 * Directional movement: Wilder's running sums of +DM and of -DM; on each bar at most one of the two moves counts, the
 * larger of the rise of the high and the fall of the low where that is positive. Lookback window - 1. O(1) per bar.
 * Source: Wilder (1978), TA-Lib PLUS_DM and MINUS_DM without unstable period.
 */
export const directionalMovement = defineIndicator({
  key: 'directional_movement',
  description: "Wilder's running sums of the moves up and down, in price units",
  inputs: ['high', 'low'],
  outputs: ['plus_dm', 'minus_dm'],
  scale: WITH_UNIT,
  parameters: { window: bars(14, 2, "length of Wilder's smoothing") },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => ({
    size: directionalSize,
    step: (s, input, out) => {
      // the close only matters to the true range, which is not looked at
      directionalStep(s, window, input[0], input[1], input[1]);
      const warm = s[0] >= window;
      out[0] = warm ? s[4] : NaN;
      out[1] = warm ? s[5] : NaN;
    },
  }),
});

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

/** 100 |+DI - -DI| / (+DI + -DI) of a warm state, in which the true range cancels; NaN without directional movement. */
const directionalIndex = (s: Float64Array): number => 100 * (Math.abs(s[4] - s[5]) / (s[4] + s[5]));

/**
 * Directional index: DX = 100 |+DI - -DI| / (+DI + -DI); NaN while there is no directional movement (TA-Lib repeats the
 * value before, or says 0). Lookback `window`. O(1) per bar. Source: Wilder (1978), TA-Lib DX without unstable period.
 */
export const dx = defineIndicator({
  key: 'dx',
  description: "Wilder's directional index, not averaged, 0 to 100",
  inputs: ['high', 'low', 'close'],
  outputs: ['dx'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 2, "length of Wilder's smoothing") },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => ({
    size: directionalSize,
    step: (s, input, out) => {
      out[0] = directionalStep(s, window, input[0], input[1], input[2]) ? directionalIndex(s) : NaN;
    },
  }),
});

const averageIndexSize = directionalSize + exponentialMeanSize;

/** Wilder's mean of the directional indices, NaN before bar 2 window - 1. */
function averageIndexStep(s: Float64Array, window: number, alpha: number, input: Float64Array): number {
  if (!directionalStep(s, window, input[0], input[1], input[2])) return NaN;
  const moved = s[4] + s[5] > 0;
  if (!moved && s[0] >= 2 * window) return s[directionalSize + 1];
  return exponentialMeanStep(s, directionalSize, window, alpha, moved ? directionalIndex(s) : 0);
}

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
      size: averageIndexSize,
      step: (s, input, out) => {
        out[0] = averageIndexStep(s, window, alpha, input);
      },
    };
  },
});

/**
 * Average directional index rating: the mean of ADX and of ADX window - 1 bars before. Lookback 3 window - 2. O(1) per
 * bar. Source: Wilder (1978), TA-Lib ADXR without unstable period.
 */
export const adxr = defineIndicator({
  key: 'adxr',
  description: "Wilder's average directional index rating, 0 to 100",
  inputs: ['high', 'low', 'close'],
  outputs: ['adxr'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 2, "length of Wilder's smoothing and of the comparison") },
  lookback: ({ window }) => 3 * window - 2,
  recurrence: ({ window }) => {
    const alpha = 1 / window;
    return {
      size: averageIndexSize + lagSize(window - 1),
      step: (s, input, out) => {
        const now = averageIndexStep(s, window, alpha, input);
        out[0] = now - now === 0 ? (now + lagStep(s, averageIndexSize, window - 1, now)) / 2 : NaN;
      },
    };
  },
});
