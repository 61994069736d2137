import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingExtremeSize, rollingMaximumStep, rollingMinimumStep } from '../state/rolling-extreme';

/** Lowest of the last `window` values; O(1) per bar amortised, O(window) at worst. Lookback window - 1. Source: TA-Lib MIN. */
export const rollingMin = defineIndicator({
  key: 'rolling_min',
  description: 'lowest value of the window',
  inputs: ['close'],
  outputs: ['rolling_min'],
  scale: WITH_UNIT,
  parameters: { window: bars(20, 1, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => ({
    size: rollingExtremeSize(window),
    step: (s, input, out) => {
      out[0] = rollingMinimumStep(s, 0, window, input[0]);
    },
  }),
});

/** Highest of the last `window` values; O(1) per bar amortised, O(window) at worst. Lookback window - 1. Source: TA-Lib MAX. */
export const rollingMax = defineIndicator({
  key: 'rolling_max',
  description: 'highest value of the window',
  inputs: ['close'],
  outputs: ['rolling_max'],
  scale: WITH_UNIT,
  parameters: { window: bars(20, 1, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => ({
    size: rollingExtremeSize(window),
    step: (s, input, out) => {
      out[0] = rollingMaximumStep(s, 0, window, input[0]);
    },
  }),
});
