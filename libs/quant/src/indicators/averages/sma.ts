import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';
import { rollingMeanRun } from '../state/rolling-mean-run';

/**
 * Simple moving average: the mean of the last `window` values. Lookback window - 1. O(1) per bar amortised. Source:
 * TA-Lib SMA.
 */
export const sma = defineIndicator({
  key: 'sma',
  description: 'simple moving average',
  inputs: ['close'],
  outputs: ['sma'],
  scale: WITH_UNIT,
  parameters: { window: bars(20, 1, 'length of the average') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => ({
    size: rollingMeanSize(window),
    step: (s, input, out) => {
      out[0] = rollingMeanStep(s, 0, window, input[0]);
    },
  }),
  probes: true,
  kernel:
    ({ window }) =>
    (input, from, to, out) =>
      rollingMeanRun(input[0], from, to, window, out[0]),
});
