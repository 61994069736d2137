import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';

/**
 * TRIX: the change of the exponential average of the exponential average of the exponential average since the bar before,
 * in percent of its value there; NaN from a base of 0. Each average has its own seed, the simple mean of its first
 * `window` values. Lookback 3 (window - 1) + 1. O(1) per bar. Source: TA-Lib TRIX without unstable period.
 */
export const trix = defineIndicator({
  key: 'trix',
  description: 'change of a triple exponential average, in percent',
  inputs: ['close'],
  outputs: ['trix'],
  scale: PURE_NUMBER,
  parameters: { window: bars(30, 1, 'length of each average') },
  lookback: ({ window }) => 3 * (window - 1) + 1,
  // three averages, [count of the third, its value before]
  recurrence: ({ window }) => {
    const alpha = 2 / (window + 1);
    const before = 3 * exponentialMeanSize;
    return {
      size: before + 2,
      step: (s, input, out) => {
        const once = exponentialMeanStep(s, 0, window, alpha, input[0]);
        const twice = exponentialMeanStep(s, exponentialMeanSize, window, alpha, once);
        const thrice = exponentialMeanStep(s, 2 * exponentialMeanSize, window, alpha, twice);
        out[0] = s[before] === 0 || s[before + 1] === 0 ? NaN : 100 * (thrice / s[before + 1] - 1);
        if (thrice - thrice !== 0) return;
        s[before] = 1;
        s[before + 1] = thrice;
      },
    };
  },
});
