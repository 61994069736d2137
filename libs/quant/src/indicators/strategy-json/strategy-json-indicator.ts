import type { Indicator } from '../indicator';

/** An indicator of the Strategy JSON: one output, one parameter. */
export type StrategyJsonIndicator = Indicator<{ window: number }>;

/** Wire names of the Strategy JSON's indicators. */
export type StrategyJsonIndicatorName =
  'get_sma' | 'get_ema' | 'get_rsi' | 'get_bollinger_band' | 'get_stochastic_oscillator';
