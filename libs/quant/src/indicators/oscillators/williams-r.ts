import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingExtremeSize, rollingMaximumStep, rollingMinimumStep } from '../state/rolling-extreme';

/**
 * Williams %R: -100 (HH - C) / (HH - LL), 0 to -100; NaN without range. Lookback window - 1. O(1) per bar amortised.
 * Source: TA-Lib WILLR.
 */
export const williamsR = defineIndicator({
  key: 'williams_r',
  description: 'Williams %R, -100 to 0',
  inputs: ['high', 'low', 'close'],
  outputs: ['williams_r'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 1, 'length of the range') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => {
    const lows = rollingExtremeSize(window);
    return {
      size: 2 * lows,
      step: (s, input, out) => {
        const highest = rollingMaximumStep(s, 0, window, input[0]);
        const lowest = rollingMinimumStep(s, lows, window, input[1]);
        out[0] = -100 * ((highest - input[2]) / (highest - lowest));
      },
    };
  },
});
