import { isAbove, isBelow, WITH_UNIT, PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { averageTrueRangeSize, averageTrueRangeStep } from '../volatility/atr';

/**
 * Supertrend: bands (H + L) / 2 +- multiplier x ATR; the lower band only rises while the previous close holds above it,
 * the upper one only falls while it holds below. The line is the lower band in an up trend (direction 1) and the upper
 * band in a down trend (direction -1), which turns when the close passes it. Begins with direction -1. Lookback
 * `window`. O(1) per bar. Source: the definition of Pine Script's ta.supertrend.
 */
export const supertrend = defineIndicator({
  key: 'supertrend',
  description: 'Supertrend: the trailing band, and the direction 1 or -1',
  inputs: ['high', 'low', 'close'],
  outputs: ['supertrend', 'direction'],
  scale: [WITH_UNIT, PURE_NUMBER],
  parameters: {
    window: bars(10, 1, 'length of the ATR'),
    multiplier: { default: 3, min: 0, description: 'half width of the bands in ATRs' },
  },
  lookback: ({ window }) => window,
  // [direction, lower band, upper band, previous close, ATR]
  recurrence: ({ window, multiplier }) => {
    const alpha = 1 / window;
    return {
      size: 4 + averageTrueRangeSize,
      step: (s, input, out) => {
        const [high, low, close] = input;
        const range = averageTrueRangeStep(s, 4, window, alpha, high, low, close);
        const previous = s[3];
        s[3] = close;
        if (range !== range) {
          out.fill(NaN);
          return;
        }
        const middle = (high + low) / 2;
        const lower = middle - multiplier * range;
        const upper = middle + multiplier * range;
        const begun = s[0] !== 0;
        if (!begun || lower > s[1] || isBelow(previous, s[1], WITH_UNIT)) s[1] = lower;
        if (!begun || upper < s[2] || isAbove(previous, s[2], WITH_UNIT)) s[2] = upper;
        if (!begun) s[0] = -1;
        else if (s[0] < 0) s[0] = isAbove(close, s[2], WITH_UNIT) ? 1 : -1;
        else s[0] = isBelow(close, s[1], WITH_UNIT) ? -1 : 1;
        out[0] = s[0] > 0 ? s[1] : s[2];
        out[1] = s[0];
      },
    };
  },
});
