import type { Recurrence } from '../define-indicator';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';

/**
 * `of` Wilder's means of the gains and of the losses (alpha = 1 / window, seeded with their simple means); missing before
 * bar `window`. State: [count, previous value, the two means].
 */
export function wilderMoves(window: number, of: (gain: number, loss: number) => number): Recurrence {
  const gains = 2;
  const losses = gains + exponentialMeanSize;
  const alpha = 1 / window;
  return {
    size: losses + exponentialMeanSize,
    step: (s, input, out) => {
      const x = input[0];
      const change = x - s[1];
      s[1] = x;
      if (s[0] === 0) {
        s[0] = 1;
        out[0] = NaN;
        return;
      }
      const gain = exponentialMeanStep(s, gains, window, alpha, change > 0 ? change : 0);
      const loss = exponentialMeanStep(s, losses, window, alpha, change < 0 ? -change : 0);
      out[0] = of(gain, loss);
    },
  };
}

/**
 * 100 - 100 / (1 + gain / loss), written so that no loss gives exactly 100 and no gain exactly 0. NaN when there was no
 * move at all (TA-Lib says 0 there, which would read as "all down"). Rounding below zero in a running mean counts as 0.
 */
export function relativeStrength(gain: number, loss: number): number {
  const up = gain < 0 ? 0 : gain;
  const down = loss < 0 ? 0 : loss;
  return 100 * (up / (up + down));
}
