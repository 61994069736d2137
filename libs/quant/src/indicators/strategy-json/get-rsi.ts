import { rsiCutler } from '../oscillators/rsi-cutler';
import type { StrategyJsonIndicator } from './strategy-json-indicator';

/**
 * Cutler's RSI with simple means; first value at index `window`; all up 100, all down 0, constant NaN. Lookback
 * `window`. O(1) per bar amortised. Source: the Strategy JSON.
 */
export const getRsi: StrategyJsonIndicator = {
  ...rsiCutler,
  key: 'get_rsi',
  inputs: ['value'],
  outputs: ['get_rsi'],
};
