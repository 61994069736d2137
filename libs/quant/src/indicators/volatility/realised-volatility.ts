import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars, periodsPerYear } from '../parameters';
import { M2, rollingMomentsSize, rollingMomentsStep } from '../state/rolling-moments';

/**
 * Realised volatility, annualised: the sample standard deviation of the last `window` simple close-to-close returns
 * times sqrt(periods_per_year). Lookback `window`. A close of 0 leaves the next return undefined, and every window that
 * holds it NaN. O(1) per bar amortised. Source: the close-to-close estimator.
 */
export const realisedVolatility = defineIndicator({
  key: 'realised_volatility',
  description: 'annualised standard deviation of close-to-close returns',
  inputs: ['close'],
  outputs: ['realised_volatility'],
  scale: PURE_NUMBER,
  parameters: { window: bars(20, 2, 'number of returns'), periods_per_year: periodsPerYear },
  lookback: ({ window }) => window,
  // [count, previous close, moments of the returns]
  recurrence: ({ window, periods_per_year: year }) => {
    const factor = year / (window - 1);
    return {
      size: 2 + rollingMomentsSize(window),
      step: (s, input, out) => {
        const change = input[0] / s[1] - 1;
        s[1] = input[0];
        if (s[0] === 0) {
          s[0] = 1;
          out[0] = NaN;
          return;
        }
        out[0] = rollingMomentsStep(s, 2, window, change) ? Math.sqrt(s[2 + M2] * factor) : NaN;
      },
    };
  },
});
