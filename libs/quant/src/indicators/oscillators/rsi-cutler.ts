import { PURE_NUMBER } from '../../comparison/comparison';
import type { Recurrence } from '../define-indicator';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';
import { relativeStrength } from './relative-strength';

/** Cutler's RSI as a state machine: [count, previous value, mean gain, mean loss]. */
export function cutlerRecurrence(window: number): Recurrence {
  const gains = 2;
  const losses = gains + rollingMeanSize(window);
  return {
    size: losses + rollingMeanSize(window),
    step: (s, input, out) => {
      const x = input[0];
      const change = x - s[1];
      s[1] = x;
      if (s[0] === 0) {
        s[0] = 1;
        out[0] = NaN;
        return;
      }
      const gain = rollingMeanStep(s, gains, window, change > 0 ? change : 0);
      const loss = rollingMeanStep(s, losses, window, change < 0 ? -change : 0);
      out[0] = relativeStrength(gain, loss);
    },
  };
}

/**
 * Cutler's RSI: 100 - 100 / (1 + RS) with simple `window`-means of gains and losses. All up 100, all down 0, a window
 * without a move NaN. Lookback `window`. O(1) per bar amortised. Source: Cutler's variant of Wilder (1978).
 */
export const rsiCutler = defineIndicator({
  key: 'rsi_cutler',
  description: "Cutler's relative strength index with simple means, 0 to 100",
  inputs: ['close'],
  outputs: ['rsi_cutler'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 1, 'length of the means') },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => cutlerRecurrence(window),
});
