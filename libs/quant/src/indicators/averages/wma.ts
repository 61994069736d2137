import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingWeightedSumSize, rollingWeightedSumStep, RUN, WEIGHTED } from '../state/rolling-weighted-sum';

/**
 * Weighted moving average, weights 1 (oldest) to `window` (newest). Lookback window - 1. O(1) per bar amortised.
 * Source: TA-Lib WMA.
 */
export const wma = defineIndicator({
  key: 'wma',
  description: 'linearly weighted moving average',
  inputs: ['close'],
  outputs: ['wma'],
  scale: WITH_UNIT,
  parameters: { window: bars(30, 1, 'length of the average') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => {
    const total = (window * (window + 1)) / 2;
    return {
      size: rollingWeightedSumSize(window),
      step: (s, input, out) => {
        const full = rollingWeightedSumStep(s, 0, window, input[0]);
        out[0] = !full ? NaN : s[RUN] >= window ? input[0] : s[WEIGHTED] / total;
      },
    };
  },
});
