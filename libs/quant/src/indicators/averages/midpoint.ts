import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator, type Recurrence } from '../define-indicator';
import { bars } from '../parameters';
import { rollingExtremeSize, rollingMaximumStep, rollingMinimumStep } from '../state/rolling-extreme';

/**
 * Half the sum of the highest and the lowest of the last `window` values. Lookback window - 1. O(1) per bar amortised,
 * O(window) at worst. Source: TA-Lib MIDPOINT.
 */
export const midpoint = defineIndicator({
  key: 'midpoint',
  description: 'middle between the highest and the lowest value of the window',
  inputs: ['close'],
  outputs: ['midpoint'],
  scale: WITH_UNIT,
  parameters: { window: bars(14, 2, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => middleOfRange(window, 0),
});

/**
 * Half the sum of the highest high and the lowest low of the last `window` bars. Lookback window - 1. O(1) per bar
 * amortised, O(window) at worst. Source: TA-Lib MIDPRICE.
 */
export const midprice = defineIndicator({
  key: 'midprice',
  description: 'middle between the highest high and the lowest low of the window',
  inputs: ['high', 'low'],
  outputs: ['midprice'],
  scale: WITH_UNIT,
  parameters: { window: bars(14, 2, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => middleOfRange(window, 1),
});

/** @param low place of the input that the lowest is taken of */
function middleOfRange(window: number, low: number): Recurrence {
  const lowest = rollingExtremeSize(window);
  return {
    size: 2 * lowest,
    step: (s, input, out) => {
      const top = rollingMaximumStep(s, 0, window, input[0]);
      out[0] = (top + rollingMinimumStep(s, lowest, window, input[low])) / 2;
    },
  };
}
