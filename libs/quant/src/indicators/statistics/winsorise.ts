import { WITH_UNIT } from '../../comparison/comparison';
import { requireThat } from '../../errors/invalid-input';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { sortedCount, sortedQuantile, sortedWindowSize, sortedWindowStep } from '../state/sorted-window';

/**
 * The value, cut to the quantiles `low` and `high` (type 7) of the `window` values before it: the newest has no part in
 * its own bounds, and what enters the window is the value as it came. O(log window) comparisons and O(window) moves per
 * bar. Lookback window. Source: Tukey (1962), The Future of Data Analysis, here over a trailing window.
 */
export const winsorise = defineIndicator({
  key: 'winsorise',
  description: 'the value, cut to quantiles of the window before it',
  inputs: ['close'],
  outputs: ['winsorise'],
  scale: WITH_UNIT,
  parameters: {
    window: bars(252, 2, 'number of values before it that give the bounds'),
    low: { default: 0.05, min: 0, max: 1, description: 'quantile of the lower bound' },
    high: { default: 0.95, min: 0, max: 1, description: 'quantile of the upper bound' },
  },
  check: ({ low, high }) => requireThat(low <= high, 'low', `at most high ${high}`, low),
  lookback: ({ window }) => window,
  recurrence: ({ window, low, high }) => ({
    size: sortedWindowSize(window),
    step: (s, input, out) => {
      const x = input[0];
      out[0] =
        sortedCount(s, 0, window) < window
          ? NaN
          : Math.min(Math.max(x, sortedQuantile(s, 0, window, low)), sortedQuantile(s, 0, window, high));
      sortedWindowStep(s, 0, window, x);
    },
  }),
});
