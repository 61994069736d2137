import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import type { ParameterSpec } from '../indicator';

/** Only the ratio of the variances matters to the estimates, so that of the noise of the prices is the unit. */
const variance = (value: number, what: string): ParameterSpec => ({
  default: value,
  min: 0,
  max: 1e6,
  description: `variance of the ${what} per bar, that of the noise being 1`,
});

/**
 * Level of a random walk seen with noise, by the Kalman filter: x = level + noise, level moves by steps of variance q =
 * `level_variance`, the noise has variance 1. Before the first price nothing is known of the level (diffuse), so it
 * starts there with variance p = 1; then p <- p + q, gain k = p / (p + 1), level += k (x - level), p <- k. With q = 0 it is
 * the mean of all prices so far. Filtered, never smoothed: the bar's own price is the last that is used. Lookback 0.
 * O(1) per bar. Source: Harvey (1989), the local level model; Durbin and Koopman (2012), section 2.2.
 */
export const kalmanLevel = defineIndicator({
  key: 'kalman_level',
  description: 'Kalman filter of the local level model',
  inputs: ['close'],
  outputs: ['kalman_level'],
  scale: WITH_UNIT,
  parameters: { level_variance: variance(0.01, "level's step") },
  lookback: () => 0,
  // [count, level, its variance]
  recurrence: ({ level_variance: q }) => ({
    size: 3,
    step: (s, input, out) => {
      const x = input[0];
      if (s[0] === 0) {
        s[0] = 1;
        s[1] = x;
        s[2] = 1;
      } else {
        const ahead = s[2] + q;
        const gain = ahead / (ahead + 1);
        s[1] += gain * (x - s[1]);
        s[2] = gain;
      }
      out[0] = s[1];
    },
  }),
});

/**
 * Level and slope of a local linear trend seen with noise, by the Kalman filter: x = level + noise, level += slope + a
 * step of variance `level_variance`, slope += a step of variance `slope_variance`; the noise has variance 1. Nothing is
 * known of either before the prices (exact diffuse start), so the first two are fitted exactly. With both variances 0 it
 * is the least-squares line through all prices so far. Filtered, never smoothed. Lookback 1. O(1) per bar.
 * Source: Harvey (1989), the local linear trend model; Durbin and Koopman (2012), sections 3.2 and 5.2.
 */
export const kalmanTrend = defineIndicator({
  key: 'kalman_trend',
  description: 'Kalman filter of the local linear trend model',
  inputs: ['close'],
  outputs: ['level', 'slope'],
  scale: WITH_UNIT,
  parameters: {
    level_variance: variance(0.01, "level's step"),
    slope_variance: variance(0.0001, "slope's step"),
  },
  lookback: () => 1,
  // [count, level, slope, variance of the level, covariance, variance of the slope]
  recurrence: ({ level_variance: q, slope_variance: r }) => ({
    size: 6,
    step: (s, input, out) => {
      const x = input[0];
      const count = s[0];
      if (count < 2) {
        s[0] = count + 1;
        s[2] = count === 0 ? 0 : x - s[1];
        s[1] = x;
        s[3] = 1;
        s[4] = 1;
        s[5] = 2 + q + r;
      } else {
        const level = s[3] + 2 * s[4] + s[5] + q;
        const both = s[4] + s[5];
        const gain = level / (level + 1);
        const slopeGain = both / (level + 1);
        const ahead = s[1] + s[2];
        const surprise = x - ahead;
        s[1] = ahead + gain * surprise;
        s[2] += slopeGain * surprise;
        s[3] = gain;
        s[4] = slopeGain;
        s[5] += r - slopeGain * both;
      }
      out[0] = count === 0 ? NaN : s[1];
      out[1] = count === 0 ? NaN : s[2];
    },
  }),
});
