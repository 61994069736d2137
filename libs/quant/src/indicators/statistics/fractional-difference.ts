import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';

/**
 * Fractional difference of order d with a fixed window: the sum of w_k x_(t - k), w_0 = 1,
 * w_k = -w_(k - 1) (d - k + 1) / k. Order 0 is the series, order 1 its difference. O(window) per bar.
 * Lookback window - 1. Source: Lopez de Prado (2018), chapter 5.5 (fixed-width window).
 */
export const fractionalDifference = defineIndicator({
  key: 'fractional_difference',
  description: 'fractional difference with a fixed window',
  inputs: ['close'],
  outputs: ['fractional_difference'],
  scale: WITH_UNIT,
  parameters: {
    order: { default: 0.4, min: 0, max: 2, description: 'order of the difference' },
    window: bars(100, 1, 'number of weights'),
  },
  lookback: ({ window }) => window - 1,
  recurrence: ({ order, window }) => {
    const weights = new Float64Array(window);
    weights[0] = 1;
    for (let k = 1; k < window; k++) weights[k] = (-weights[k - 1] * (order - k + 1)) / k;
    return {
      size: lagSize(window),
      step: (s, input, out) => {
        lagStep(s, 0, window, input[0]);
        if (s[0] < window) {
          out[0] = NaN;
          return;
        }
        let sum = 0;
        let slot = s[1];
        for (let k = 0; k < window; k++) {
          slot = slot === 0 ? window - 1 : slot - 1;
          sum += weights[k] * s[2 + slot];
        }
        out[0] = sum;
      },
    };
  },
  kernel: ({ order, window }) => {
    const weights = new Float64Array(window);
    weights[0] = 1;
    for (let k = 1; k < window; k++) weights[k] = (-weights[k - 1] * (order - k + 1)) / k;
    return ([x], from, to, [out]) => {
      for (let i = from + window - 1; i < to; i++) {
        let sum = 0;
        for (let k = 0; k < window; k++) sum += weights[k] * x[i - k];
        out[i] = sum;
      }
    };
  },
});
