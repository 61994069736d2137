import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';
import { averageTrueRangeSize, averageTrueRangeStep } from '../volatility/atr';

/**
 * Keltner channel: middle = EMA(window) of the close, upper and lower = middle +- multiplier x ATR(atr_window).
 * Lookback max(window - 1, atr_window). O(1) per bar. Source: Keltner (1960) in Raschke's form.
 */
export const keltner = defineIndicator({
  key: 'keltner',
  description: 'Keltner channel: an exponential average and bands of average true ranges',
  inputs: ['high', 'low', 'close'],
  outputs: ['upper', 'middle', 'lower'],
  scale: WITH_UNIT,
  parameters: {
    window: bars(20, 1, 'length of the average'),
    atr_window: bars(10, 1, 'length of the ATR'),
    multiplier: { default: 2, min: 0, description: 'half width of the channel in ATRs' },
  },
  lookback: ({ window, atr_window }) => Math.max(window - 1, atr_window),
  recurrence: ({ window, atr_window: rangeWindow, multiplier }) => {
    const alpha = 2 / (window + 1);
    const rangeAlpha = 1 / rangeWindow;
    return {
      size: exponentialMeanSize + averageTrueRangeSize,
      step: (s, input, out) => {
        const middle = exponentialMeanStep(s, 0, window, alpha, input[2]);
        const range = averageTrueRangeStep(
          s,
          exponentialMeanSize,
          rangeWindow,
          rangeAlpha,
          input[0],
          input[1],
          input[2],
        );
        out[0] = middle + multiplier * range;
        out[1] = range === range ? middle : NaN;
        out[2] = middle - multiplier * range;
      },
    };
  },
});
