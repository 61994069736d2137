import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';

/**
 * Commodity channel index: (typical - mean) / (0.015 mean absolute deviation) of the typical price (H + L + C) / 3; NaN
 * in a window of equal typical prices. O(window) per bar: the deviations move with the mean. Lookback window - 1.
 * Source: Lambert (1980), TA-Lib CCI.
 */
export const cci = defineIndicator({
  key: 'cci',
  description: 'commodity channel index',
  inputs: ['high', 'low', 'close'],
  outputs: ['cci'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 2, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => {
    const mean = lagSize(window);
    return {
      size: mean + rollingMeanSize(window),
      step: (s, input, out) => {
        const typical = (input[0] + input[1] + input[2]) / 3;
        lagStep(s, 0, window, typical);
        const centre = rollingMeanStep(s, mean, window, typical);
        if (centre !== centre) {
          out[0] = NaN;
          return;
        }
        let deviation = 0;
        for (let k = 2; k < window + 2; k++) deviation += Math.abs(s[k] - centre);
        out[0] = deviation > 0 ? (typical - centre) / (0.015 * (deviation / window)) : NaN;
      },
    };
  },
});
