import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';

/**
 * Balance of power: (close - open) / (high - low); NaN on a bar without range (TA-Lib says 0). Lookback 0. O(1) per bar.
 * Source: TA-Lib BOP.
 */
export const balanceOfPower = defineIndicator({
  key: 'balance_of_power',
  description: 'balance of power: the body of the bar over its range, -1 to 1',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['balance_of_power'],
  scale: PURE_NUMBER,
  parameters: {},
  lookback: () => 0,
  recurrence: () => ({
    size: 0,
    step: (_state, input, out) => {
      out[0] = input[1] > input[2] ? (input[3] - input[0]) / (input[1] - input[2]) : NaN;
    },
  }),
});
