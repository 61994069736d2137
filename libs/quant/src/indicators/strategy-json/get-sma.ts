import { sma } from '../averages/sma';
import type { StrategyJsonIndicator } from './strategy-json-indicator';

/**
 * Rolling mean; the first window - 1 values are NaN. Lookback window - 1. O(1) per bar amortised. Source: the Strategy
 * JSON.
 */
export const getSma: StrategyJsonIndicator = {
  ...sma,
  key: 'get_sma',
  inputs: ['value'],
  outputs: ['get_sma'],
};
