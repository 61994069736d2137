import { isAbove, isBelow, WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';

/**
 * On-balance volume: starts at the first volume, adds it on a rise, subtracts it on a fall. Adjusted prices carry the
 * rounding of their factor, so closes that equal but for it are neither. A missing input is NaN on its bar only: the next
 * close is compared with the last one there was. Lookback 0. O(1) per bar. Source: TA-Lib OBV.
 */
export const obv = defineIndicator({
  key: 'obv',
  description: 'on-balance volume',
  // 1 started again after a missing input
  version: '2',
  inputs: ['close', 'volume'],
  outputs: ['obv'],
  scale: WITH_UNIT,
  parameters: {},
  lookback: () => 0,
  cumulative: true,
  // [count, previous close, sum]
  recurrence: () => ({
    size: 3,
    step: (s, input, out) => {
      if (s[0] === 0 || isAbove(input[0], s[1], WITH_UNIT)) s[2] += input[1];
      else if (isBelow(input[0], s[1], WITH_UNIT)) s[2] -= input[1];
      s[0] = 1;
      s[1] = input[0];
      out[0] = s[2];
    },
  }),
});
