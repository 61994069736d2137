import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';

/**
 * The bar's range extended to the previous close (Wilder 1978): the range and what the close lies above or below it.
 * Half the sum of a difference and its size is the difference or exactly 0: no branch to mispredict, and NaN stays.
 */
export function trueRangeOf(high: number, low: number, previousClose: number): number {
  const above = previousClose - high;
  const below = low - previousClose;
  return high - low + 0.5 * (above + Math.abs(above) + (below + Math.abs(below)));
}

/**
 * True range: max(high, previous close) - min(low, previous close). Lookback 1. O(1) per bar. Source: TA-Lib TRANGE.
 */
export const trueRange = defineIndicator({
  key: 'true_range',
  description: 'true range, in price units',
  inputs: ['high', 'low', 'close'],
  outputs: ['true_range'],
  scale: WITH_UNIT,
  parameters: {},
  lookback: () => 1,
  // [count, previous close]
  recurrence: () => ({
    size: 2,
    step: (s, input, out) => {
      out[0] = s[0] === 0 ? NaN : trueRangeOf(input[0], input[1], s[1]);
      s[0] = 1;
      s[1] = input[2];
    },
  }),
  kernel:
    () =>
    ([high, low, close], from, to, [out]) => {
      for (let i = from + 1; i < to; i++) out[i] = trueRangeOf(high[i], low[i], close[i - 1]);
    },
});
