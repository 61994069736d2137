import { isAbove, isBelow, WITH_UNIT, PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { relativeStrength } from '../oscillators/relative-strength';
import { bars } from '../parameters';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';

/**
 * Money flow index: 100 up / (up + down), the sums over `window` bars of typical price x volume on bars whose typical
 * price rose or fell; NaN when none did or nothing was traded. Lookback `window`. O(1) per bar amortised. Source:
 * TA-Lib MFI.
 */
export const mfi = defineIndicator({
  key: 'mfi',
  description: 'money flow index, 0 to 100',
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['mfi'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 2, 'length of the sums') },
  lookback: ({ window }) => window,
  // [count, previous typical price, mean inflow, mean outflow]
  recurrence: ({ window }) => {
    const outflow = 2 + rollingMeanSize(window);
    return {
      size: outflow + rollingMeanSize(window),
      step: (s, input, out) => {
        const typical = (input[0] + input[1] + input[2]) / 3;
        const previous = s[1];
        s[1] = typical;
        if (s[0] === 0) {
          s[0] = 1;
          out[0] = NaN;
          return;
        }
        const flow = typical * input[3];
        const up = rollingMeanStep(s, 2, window, isAbove(typical, previous, WITH_UNIT) ? flow : 0);
        const down = rollingMeanStep(s, outflow, window, isBelow(typical, previous, WITH_UNIT) ? flow : 0);
        out[0] = relativeStrength(up, down);
      },
    };
  },
});
