import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars, degreesOfFreedom } from '../parameters';
import { M2, rollingMomentsSize, rollingMomentsStep } from '../state/rolling-moments';

/**
 * Rolling standard deviation of the last `window` values; exactly 0 in a window of equal values. Lookback window - 1.
 * O(1) per bar amortised. Source: the standard deviation as in pandas `rolling.std`; with `ddof` 0 TA-Lib
 * STDDEV.
 */
export const rollingStd = defineIndicator({
  key: 'rolling_std',
  description: 'standard deviation of the window',
  inputs: ['close'],
  outputs: ['rolling_std'],
  scale: WITH_UNIT,
  parameters: { window: bars(20, 2, 'length of the window'), ddof: degreesOfFreedom(1) },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window, ddof }) => ({
    size: rollingMomentsSize(window),
    step: (s, input, out) => {
      out[0] = rollingMomentsStep(s, 0, window, input[0]) ? Math.sqrt(s[M2] / (window - ddof)) : NaN;
    },
  }),
});

/**
 * Rolling variance of the last `window` values; exactly 0 in a window of equal values. Lookback window - 1. O(1) per bar
 * amortised. Source: TA-Lib VAR with `ddof` 0; pandas `rolling.var` with 1, the default as in `rolling_std`.
 */
export const rollingVariance = defineIndicator({
  key: 'rolling_variance',
  description: 'variance of the window',
  inputs: ['close'],
  outputs: ['rolling_variance'],
  scale: WITH_UNIT,
  parameters: { window: bars(20, 2, 'length of the window'), ddof: degreesOfFreedom(1) },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window, ddof }) => ({
    size: rollingMomentsSize(window),
    step: (s, input, out) => {
      out[0] = rollingMomentsStep(s, 0, window, input[0]) ? s[M2] / (window - ddof) : NaN;
    },
  }),
});
