import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { zscoreKernel, zscoreRecurrence } from '../statistics/zscore';
import type { StrategyJsonIndicator } from './strategy-json-indicator';

/**
 * One series, a z-score: (x - SMA) / sample standard deviation over `window`; constant NaN. Lookback window - 1. O(1)
 * per bar amortised. Source: the Strategy JSON.
 */
export const getBollingerBand: StrategyJsonIndicator = defineIndicator({
  key: 'get_bollinger_band',
  description: 'z-score with the sample deviation',
  inputs: ['value'],
  outputs: ['get_bollinger_band'],
  scale: PURE_NUMBER,
  parameters: { window: bars(20, 2, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => zscoreRecurrence(window, 1),
  kernel: ({ window }) => zscoreKernel(window, 1),
});
