import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';

/** Sum of the last `window` values, their mean times their number. Lookback window - 1. O(1) per bar amortised. Source: TA-Lib SUM. */
export const rollingSum = defineIndicator({
  key: 'rolling_sum',
  description: 'sum of the window',
  inputs: ['close'],
  outputs: ['rolling_sum'],
  scale: WITH_UNIT,
  parameters: { window: bars(20, 1, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => ({
    size: rollingMeanSize(window),
    step: (s, input, out) => {
      out[0] = rollingMeanStep(s, 0, window, input[0]) * window;
    },
  }),
});
