import { WITH_UNIT } from '../../comparison/comparison';
import { exponentialRun } from '../averages/ema';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';
import type { StrategyJsonIndicator } from './strategy-json-indicator';

/**
 * Exponential mean with alpha = 2 / (window + 1), seeded with the first value: a value on every bar. Lookback 0. O(1)
 * per bar. Source: the Strategy JSON.
 */
export const getEma: StrategyJsonIndicator = defineIndicator({
  key: 'get_ema',
  description: 'exponential moving average from the first value on',
  inputs: ['value'],
  outputs: ['get_ema'],
  scale: WITH_UNIT,
  parameters: { window: bars(20, 1, 'length of the average') },
  lookback: () => 0,
  recurrence: ({ window }) => {
    const alpha = 2 / (window + 1);
    return {
      size: exponentialMeanSize,
      step: (s, input, out) => {
        out[0] = exponentialMeanStep(s, 0, 1, alpha, input[0]);
      },
    };
  },
  kernel: ({ window }) => {
    const alpha = 2 / (window + 1);
    return ([x], from, to, [out]) => exponentialRun(x, from, to, 1, alpha, out);
  },
});
