import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { barsSinceExtreme, rollingExtremeSize, rollingMaximumStep, rollingMinimumStep } from '../state/rolling-extreme';

/**
 * Aroon: 100 (window - bars since the highest high (lowest low) of window + 1 bars) / window; the newest of equals
 * counts. oscillator = up - down. Lookback `window`. O(1) per bar amortised. Source: Chande (1995), TA-Lib AROON and
 * AROONOSC.
 */
export const aroon = defineIndicator({
  key: 'aroon',
  description: 'Aroon: how recent the extremes of the window are',
  inputs: ['high', 'low'],
  outputs: ['aroon_up', 'aroon_down', 'oscillator'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 1, 'length looked back') },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => {
    const lows = rollingExtremeSize(window + 1);
    return {
      size: 2 * lows,
      step: (s, input, out) => {
        const highest = rollingMaximumStep(s, 0, window + 1, input[0]);
        rollingMinimumStep(s, lows, window + 1, input[1]);
        if (highest !== highest) {
          out.fill(NaN);
          return;
        }
        out[0] = (100 * (window - barsSinceExtreme(s, 0))) / window;
        out[1] = (100 * (window - barsSinceExtreme(s, lows))) / window;
        out[2] = out[0] - out[1];
      },
    };
  },
});
