import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingExtremeSize, rollingMaximumStep, rollingMinimumStep } from '../state/rolling-extreme';

/**
 * Donchian channel: highest high and lowest low of the last `window` bars, this bar included, and their middle.
 * Lookback window - 1. O(1) per bar amortised. Source: Donchian (1960).
 */
export const donchian = defineIndicator({
  key: 'donchian',
  description: 'Donchian channel: highest high, lowest low and their middle',
  inputs: ['high', 'low'],
  outputs: ['upper', 'middle', 'lower'],
  scale: WITH_UNIT,
  parameters: { window: bars(20, 1, 'length of the channel') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => {
    const lows = rollingExtremeSize(window);
    return {
      size: 2 * lows,
      step: (s, input, out) => {
        const upper = rollingMaximumStep(s, 0, window, input[0]);
        const lower = rollingMinimumStep(s, lows, window, input[1]);
        out[0] = upper;
        out[1] = (upper + lower) / 2;
        out[2] = lower;
      },
    };
  },
});
