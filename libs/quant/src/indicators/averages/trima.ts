import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';

/**
 * Triangular moving average: weights that rise by 1 to the middle of the window and fall again, which is the simple mean
 * over floor(window / 2) + 1 values of the simple mean over ceil(window / 2). Lookback window - 1. O(1) per bar
 * amortised. Source: TA-Lib TRIMA.
 */
export const trima = defineIndicator({
  key: 'trima',
  description: 'triangular moving average',
  inputs: ['close'],
  outputs: ['trima'],
  scale: WITH_UNIT,
  parameters: { window: bars(30, 2, 'length of the average') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => {
    const first = Math.ceil(window / 2);
    const second = Math.floor(window / 2) + 1;
    const outer = rollingMeanSize(first);
    return {
      size: outer + rollingMeanSize(second),
      step: (s, input, out) => {
        const inner = rollingMeanStep(s, 0, first, input[0]);
        out[0] = rollingMeanStep(s, outer, second, inner);
      },
    };
  },
});
