import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingExtremeSize, rollingMaximumStep, rollingMinimumStep } from '../state/rolling-extreme';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';
import type { StrategyJsonIndicator } from './strategy-json-indicator';

/**
 * %D of the stochastic oscillator: the `window`-mean of %K = 100 (C - LL) / (HH - LL) over `window` bars. Lookback 2
 * window - 2. A window without range has no %K, and no %D while it is among the averaged ones. O(1) per bar amortised.
 * Source: the Strategy JSON.
 */
export const getStochasticOscillator: StrategyJsonIndicator = defineIndicator({
  key: 'get_stochastic_oscillator',
  description: 'mean of the stochastic oscillator, 0 to 100',
  inputs: ['high', 'low', 'close'],
  outputs: ['get_stochastic_oscillator'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 1, 'length of the range and of the mean') },
  lookback: ({ window }) => 2 * window - 2,
  recurrence: ({ window }) => {
    const lows = rollingExtremeSize(window);
    const mean = lows + rollingExtremeSize(window);
    return {
      size: mean + rollingMeanSize(window),
      step: (s, input, out) => {
        const highest = rollingMaximumStep(s, 0, window, input[0]);
        const lowest = rollingMinimumStep(s, lows, window, input[1]);
        const k = 100 * ((input[2] - lowest) / (highest - lowest));
        out[0] = rollingMeanStep(s, mean, window, k);
      },
    };
  },
});
