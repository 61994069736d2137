import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { sortedCount, sortedQuantile, sortedWindowSize, sortedWindowStep } from '../state/sorted-window';

/**
 * Quantile of the last `window` values, linear between order statistics (type 7 of Hyndman and Fan). O(log window)
 * comparisons and O(window) moves per bar. Lookback window - 1. Source: Hyndman and Fan (1996).
 */
export const rollingQuantile = defineIndicator({
  key: 'rolling_quantile',
  description: 'quantile of the window',
  inputs: ['close'],
  outputs: ['rolling_quantile'],
  scale: WITH_UNIT,
  parameters: {
    window: bars(20, 1, 'length of the window'),
    quantile: { default: 0.5, min: 0, max: 1, description: 'share of values below' },
  },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window, quantile }) => ({
    size: sortedWindowSize(window),
    step: (s, input, out) => {
      sortedWindowStep(s, 0, window, input[0]);
      out[0] = sortedCount(s, 0, window) < window ? NaN : sortedQuantile(s, 0, window, quantile);
    },
  }),
});
