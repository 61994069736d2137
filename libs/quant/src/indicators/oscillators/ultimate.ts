import { PURE_NUMBER } from '../../comparison/comparison';
import { requireThat } from '../../errors/invalid-input';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';
import { trueRangeOf } from '../volatility/true-range';

const WEIGHTS = [4, 2, 1];

/**
 * Ultimate oscillator: 100 (4 a + 2 b + c) / 7, each the sum of the buying pressures, close - min(low, previous close),
 * over that of the true ranges, a in the short, b in the medium, c in the long window; NaN where one of them has no range
 * (TA-Lib counts it as 0). Lookback `long`. O(1) per bar amortised. Source: Williams (1985), TA-Lib ULTOSC.
 */
export const ultimateOscillator = defineIndicator({
  key: 'ultimate_oscillator',
  description: 'ultimate oscillator of three windows, 0 to 100',
  inputs: ['high', 'low', 'close'],
  outputs: ['ultimate_oscillator'],
  scale: PURE_NUMBER,
  parameters: {
    short: bars(7, 1, 'length of the short window'),
    medium: bars(14, 1, 'length of the medium window'),
    long: bars(28, 1, 'length of the long window'),
  },
  check: ({ short, medium, long }) => {
    requireThat(short <= medium, 'short', `at most medium ${medium}`, short);
    requireThat(medium <= long, 'medium', `at most long ${long}`, medium);
  },
  lookback: ({ long }) => long,
  // [count, previous close, then for each window the means of the pressure and of the range]
  recurrence: ({ short, medium, long }) => {
    const windows = [short, medium, long];
    const places = [2, 2 + 2 * rollingMeanSize(short), 2 + 2 * rollingMeanSize(short) + 2 * rollingMeanSize(medium)];
    return {
      size: places[2] + 2 * rollingMeanSize(long),
      step: (s, input, out) => {
        const previous = s[1];
        s[1] = input[2];
        out[0] = NaN;
        if (s[0] === 0) {
          s[0] = 1;
          return;
        }
        const pressure = input[2] - Math.min(input[1], previous);
        const range = trueRangeOf(input[0], input[1], previous);
        let weighted = 0;
        for (let k = 0; k < 3; k++) {
          const size = rollingMeanSize(windows[k]);
          const bought = rollingMeanStep(s, places[k], windows[k], pressure);
          weighted += WEIGHTS[k] * (bought / rollingMeanStep(s, places[k] + size, windows[k], range));
        }
        out[0] = (100 * weighted) / 7;
      },
    };
  },
});
