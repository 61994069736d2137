import { PURE_NUMBER, WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingWeightedSumSize, rollingWeightedSumStep, RUN, SUM, WEIGHTED } from '../state/rolling-weighted-sum';

const DEGREES = 180 / Math.PI;

/**
 * The least-squares line through the last `window` values: its `value` on the newest bar, its `intercept` (the value on
 * the oldest bar of the window), its `forecast` for the bar to come, and the `angle` of its slope in degrees. The slope
 * is that of `linear_regression_slope`, price units per bar, so the angle depends on the unit of the price. A window of
 * equal values gives that value and angle 0 exactly. Lookback window - 1. O(1) per bar amortised.
 * Source: TA-Lib LINEARREG, LINEARREG_INTERCEPT, TSF, LINEARREG_ANGLE.
 */
export const linearRegression = defineIndicator({
  key: 'linear_regression',
  description: 'least-squares line over the window',
  inputs: ['close'],
  outputs: ['value', 'intercept', 'forecast', 'angle'],
  scale: [WITH_UNIT, WITH_UNIT, WITH_UNIT, PURE_NUMBER],
  parameters: { window: bars(14, 2, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => {
    const factor = 12 / (window * (window * window - 1));
    const middle = (window + 1) / 2;
    const reach = (window - 1) / 2;
    return {
      size: rollingWeightedSumSize(window),
      step: (s, input, out) => {
        if (!rollingWeightedSumStep(s, 0, window, input[0])) {
          out.fill(NaN);
          return;
        }
        const still = s[RUN] >= window;
        const slope = still ? 0 : factor * (s[WEIGHTED] - middle * s[SUM]);
        const mean = still ? input[0] : s[SUM] / window;
        out[0] = mean + slope * reach;
        out[1] = mean - slope * reach;
        out[2] = mean + slope * middle;
        out[3] = Math.atan(slope) * DEGREES;
      },
    };
  },
});
