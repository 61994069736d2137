import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';

/**
 * Double exponential average: 2 EMA - EMA(EMA). Lookback 2 (window - 1). O(1) per bar. Source: Mulloy (1994), TA-Lib
 * DEMA.
 */
export const dema = defineIndicator({
  key: 'dema',
  description: 'double exponential moving average',
  inputs: ['close'],
  outputs: ['dema'],
  scale: WITH_UNIT,
  parameters: { window: bars(30, 1, 'length of each average') },
  lookback: ({ window }) => 2 * (window - 1),
  recurrence: ({ window }) => {
    const alpha = 2 / (window + 1);
    return {
      size: 2 * exponentialMeanSize,
      step: (s, input, out) => {
        const once = exponentialMeanStep(s, 0, window, alpha, input[0]);
        const twice = exponentialMeanStep(s, exponentialMeanSize, window, alpha, once);
        out[0] = 2 * once - twice;
      },
    };
  },
});

/**
 * Triple exponential average: 3 EMA - 3 EMA(EMA) + EMA(EMA(EMA)). Lookback 3 (window - 1). O(1) per bar. Source: TA-Lib
 * TEMA.
 */
export const tema = defineIndicator({
  key: 'tema',
  description: 'triple exponential moving average',
  inputs: ['close'],
  outputs: ['tema'],
  scale: WITH_UNIT,
  parameters: { window: bars(30, 1, 'length of each average') },
  lookback: ({ window }) => 3 * (window - 1),
  recurrence: ({ window }) => {
    const alpha = 2 / (window + 1);
    return {
      size: 3 * exponentialMeanSize,
      step: (s, input, out) => {
        const once = exponentialMeanStep(s, 0, window, alpha, input[0]);
        const twice = exponentialMeanStep(s, exponentialMeanSize, window, alpha, once);
        const thrice = exponentialMeanStep(s, 2 * exponentialMeanSize, window, alpha, twice);
        out[0] = 3 * once - 3 * twice + thrice;
      },
    };
  },
});
