import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingWeightedSumSize, rollingWeightedSumStep, RUN, SUM, WEIGHTED } from '../state/rolling-weighted-sum';

/**
 * Slope per bar of the least-squares line through the last `window` values; exactly 0 in a window of equal values. With
 * weights 1..n: 12 (weighted sum - (n + 1) / 2 sum) / (n (n^2 - 1)). Lookback window - 1. O(1) per bar amortised.
 * Source: TA-Lib LINEARREG_SLOPE.
 */
export const linearRegressionSlope = defineIndicator({
  key: 'linear_regression_slope',
  description: 'slope per bar of the least-squares line',
  inputs: ['close'],
  outputs: ['linear_regression_slope'],
  scale: WITH_UNIT,
  parameters: { window: bars(14, 2, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => {
    const factor = 12 / (window * (window * window - 1));
    const middle = (window + 1) / 2;
    return {
      size: rollingWeightedSumSize(window),
      step: (s, input, out) => {
        const full = rollingWeightedSumStep(s, 0, window, input[0]);
        out[0] = !full ? NaN : s[RUN] >= window ? 0 : factor * (s[WEIGHTED] - middle * s[SUM]);
      },
    };
  },
});
