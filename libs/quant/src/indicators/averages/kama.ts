import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';

const SLOWEST = 2 / (30 + 1);
const FASTEST = 2 / (2 + 1);

/**
 * Kaufman's adaptive average: kama += sc (x - kama), sc = (efficiency (2/3 - 2/31) + 2/31)^2, efficiency = |change over
 * the window| / sum of |changes|, 1 for a window without movement. Starts from the value before its first. Lookback
 * `window`. O(1) per bar amortised. Source: TA-Lib KAMA.
 */
export const kama = defineIndicator({
  key: 'kama',
  description: "Kaufman's adaptive moving average",
  inputs: ['close'],
  outputs: ['kama'],
  scale: WITH_UNIT,
  parameters: { window: bars(30, 2, 'length of the efficiency ratio') },
  lookback: ({ window }) => window,
  // [count, previous value, kama, the values of the window, mean of the absolute changes]
  recurrence: ({ window }) => {
    const changes = 3 + lagSize(window);
    return {
      size: changes + rollingMeanSize(window),
      step: (s, input, out) => {
        const x = input[0];
        const count = s[0];
        const previous = s[1];
        s[0] = count + 1;
        s[1] = x;
        const old = lagStep(s, 3, window, x);
        if (count === 0) {
          out[0] = NaN;
          return;
        }
        const path = rollingMeanStep(s, changes, window, Math.abs(x - previous)) * window;
        if (count < window) {
          out[0] = NaN;
          return;
        }
        const efficiency = path > 0 ? Math.min(1, Math.abs(x - old) / path) : 1;
        const root = efficiency * (FASTEST - SLOWEST) + SLOWEST;
        const before = count === window ? previous : s[2];
        s[2] = before + root * root * (x - before);
        out[0] = s[2];
      },
    };
  },
});
