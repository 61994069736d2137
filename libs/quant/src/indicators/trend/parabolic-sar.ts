import { isAbove, isAtLeast, isAtMost, isBelow, WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';

/**
 * Parabolic stop and reverse. The first direction is short when the second bar moves down more than up, else long; the
 * stop never enters the range of the last two bars. Lookback 1. O(1) per bar. Source: Wilder (1978), TA-Lib SAR.
 */
export const parabolicSar = defineIndicator({
  key: 'parabolic_sar',
  description: 'parabolic stop and reverse',
  inputs: ['high', 'low'],
  outputs: ['parabolic_sar'],
  scale: WITH_UNIT,
  parameters: {
    acceleration: { default: 0.02, min: 0, description: 'acceleration factor and its step' },
    maximum: { default: 0.2, min: 0, description: 'largest acceleration factor' },
  },
  lookback: () => 1,
  // [count, direction, stop, extreme, factor, previous high, previous low]
  recurrence: ({ acceleration, maximum }) => {
    const start = Math.min(acceleration, maximum);
    return {
      size: 7,
      step: (s, input, out) => {
        const [high, low] = input;
        let previousHigh = s[5];
        let previousLow = s[6];
        s[5] = high;
        s[6] = low;
        if (s[0] === 0) {
          s[0] = 1;
          out[0] = NaN;
          return;
        }
        if (s[0] === 1) {
          // the fall is the larger move, told by sums: differences of prices carry their rounding
          const falls = isAbove(previousHigh + previousLow, high + low, WITH_UNIT);
          s[0] = 2;
          s[1] = isBelow(low, previousLow, WITH_UNIT) && falls ? -1 : 1;
          s[2] = s[1] > 0 ? previousLow : previousHigh;
          s[3] = s[1] > 0 ? high : low;
          s[4] = start;
          previousHigh = high;
          previousLow = low;
        }
        if (s[1] > 0 ? isAtMost(low, s[2], WITH_UNIT) : isAtLeast(high, s[2], WITH_UNIT)) {
          // reversal: the stop jumps to the extreme of the trend that ended
          s[1] = -s[1];
          s[2] = outside(s[1], s[3], high, low, previousHigh, previousLow);
          out[0] = s[2];
          s[4] = start;
          s[3] = s[1] > 0 ? high : low;
        } else {
          out[0] = s[2];
          const extreme = s[1] > 0 ? high : low;
          if (s[1] > 0 ? isAbove(extreme, s[3], WITH_UNIT) : isBelow(extreme, s[3], WITH_UNIT)) {
            s[3] = extreme;
            s[4] = Math.min(s[4] + acceleration, maximum);
          }
        }
        const next = s[2] + s[4] * (s[3] - s[2]);
        s[2] = outside(s[1], next, high, low, previousHigh, previousLow);
      },
    };
  },
});

/** The stop moved out of the last two bars: below them in a long trend, above them in a short one. */
function outside(
  direction: number,
  stop: number,
  high: number,
  low: number,
  lastHigh: number,
  lastLow: number,
): number {
  return direction > 0 ? Math.min(stop, lastLow, low) : Math.max(stop, lastHigh, high);
}
