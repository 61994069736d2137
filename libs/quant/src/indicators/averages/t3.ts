import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';

const AVERAGES = 6;

/**
 * Tillson's T3: the generalised double average (1 + v) EMA - v EMA(EMA) applied three times, v the volume factor. With e3
 * to e6 the third to the sixth average of an average: e3 + 3v (e3 - e4) + 3v^2 (e3 - 2 e4 + e5)
 * + v^3 (e3 - 3 e4 + 3 e5 - e6). Each average has its own seed, the simple mean of its first `window` values. Lookback
 * 6 (window - 1). O(1) per bar. Source: Tillson (1998), TA-Lib T3 without unstable period.
 */
export const t3 = defineIndicator({
  key: 't3',
  description: "Tillson's T3 moving average",
  inputs: ['close'],
  outputs: ['t3'],
  scale: WITH_UNIT,
  parameters: {
    window: bars(5, 2, 'length of each average'),
    volume_factor: {
      default: 0.7,
      min: 0,
      max: 1,
      description: 'weight of the correction, 0 for a plain triple average',
    },
  },
  lookback: ({ window }) => AVERAGES * (window - 1),
  recurrence: ({ window, volume_factor: v }) => {
    const alpha = 2 / (window + 1);
    const last = new Float64Array(AVERAGES);
    return {
      size: AVERAGES * exponentialMeanSize,
      step: (s, input, out) => {
        let x = input[0];
        for (let k = 0; k < AVERAGES; k++) {
          x = exponentialMeanStep(s, k * exponentialMeanSize, window, alpha, x);
          last[k] = x;
        }
        // differences, so that equal prices stay exact
        const first = last[2] - last[3];
        const middle = last[3] - last[4];
        const second = first - middle;
        const third = second - (middle - (last[4] - last[5]));
        out[0] = last[2] + v * (3 * first + v * (3 * second + v * third));
      },
    };
  },
});
