import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';

/** Index of the first element of the ascending s[from .. to) that is not below x. */
function lowerBound(s: Float64Array, from: number, to: number, x: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (s[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Quantile of the last `window` values, linear between order statistics (type 7 of Hyndman and Fan). O(log window)
 * comparisons and O(window) moves per bar. Lookback window - 1. Source: Hyndman and Fan (1996).
 */
export const rollingQuantile = defineIndicator({
  key: 'rolling_quantile',
  description: 'quantile of the window',
  inputs: ['close'],
  outputs: ['rolling_quantile'],
  scale: WITH_UNIT,
  parameters: {
    window: bars(20, 1, 'length of the window'),
    quantile: { default: 0.5, min: 0, max: 1, description: 'share of values below' },
  },
  lookback: ({ window }) => window - 1,
  // [ring, number sorted, ascending values]
  recurrence: ({ window, quantile }) => {
    const count = lagSize(window);
    const first = count + 1;
    const position = quantile * (window - 1);
    const below = Math.floor(position);
    const share = position - below;
    return {
      size: first + window,
      step: (s, input, out) => {
        // both zeros are the same value, in order and in the search
        const x = input[0] + 0;
        const old = lagStep(s, 0, window, x);
        if (s[count] === window) {
          const at = lowerBound(s, first, first + window, old);
          s.copyWithin(at, at + 1, first + window);
          s[count]--;
        }
        const end = first + s[count];
        const at = lowerBound(s, first, end, x);
        s.copyWithin(at + 1, at, end);
        s[at] = x;
        s[count]++;
        if (s[count] < window) {
          out[0] = NaN;
          return;
        }
        const low = s[first + below];
        out[0] = share > 0 ? low + share * (s[first + below + 1] - low) : low;
      },
    };
  },
});
