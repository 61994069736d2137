import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { relativeStrength, wilderMoves } from './relative-strength';

/**
 * Wilder's RSI: gains and losses smoothed with alpha = 1 / window, seeded with their simple means. First value at index
 * `window`. NaN while no price has moved. Lookback `window`. O(1) per bar. Source: Wilder (1978), TA-Lib RSI.
 */
export const rsi = defineIndicator({
  key: 'rsi',
  description: "Wilder's relative strength index, 0 to 100",
  inputs: ['close'],
  outputs: ['rsi'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 2, "length of Wilder's smoothing") },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => wilderMoves(window, relativeStrength),
  probes: true,
  kernel:
    ({ window }) =>
    ([x], from, to, [out]) => {
      const alpha = 1 / window;
      let gain = 0;
      let loss = 0;
      for (let k = 1; k <= window; k++) {
        const change = x[from + k] - x[from + k - 1];
        const size = Math.abs(change);
        gain += (0.5 * (size + change) - gain) / k;
        loss += (0.5 * (size - change) - loss) / k;
      }
      out[from + window] = relativeStrength(gain, loss);
      let last = x[from + window];
      for (let i = from + window + 1; i < to; i++) {
        const value = x[i];
        const change = value - last;
        last = value;
        // half the sum of size and change is the gain or exactly 0: no branch to mispredict, and NaN stays
        const size = Math.abs(change);
        gain += alpha * (0.5 * (size + change) - gain);
        loss += alpha * (0.5 * (size - change) - loss);
        // the smoothed means never fall below 0, so `relativeStrength` needs no clamp here
        out[i] = 100 * (gain / (gain + loss));
      }
      return gain + loss;
    },
});
