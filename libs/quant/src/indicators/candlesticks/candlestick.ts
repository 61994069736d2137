import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import type { Indicator, Parameters, ParameterSpec } from '../indicator';
import { Candles } from './candles';

export interface CandlestickPattern {
  readonly key: string;
  readonly description: string;
  readonly lookback: number;
  readonly parameters?: Readonly<Record<string, ParameterSpec>>;
  /** 1, -1 or 0 of the newest bars: a pure function of them. */
  readonly sign: (candles: Candles, params: Parameters) => number;
}

/** How far the last body reaches into the first one of a pattern. */
export const penetration = (value: number): Readonly<Record<string, ParameterSpec>> => ({
  penetration: { default: value, min: 0, max: 1, description: 'share of the first body that the last close goes back' },
});

/**
 * The indicator of a pattern: 1 where it stands and is bullish, -1 where bearish, 0 where there is none. TA-Lib's 100,
 * and its 80 where an edge of two bodies is the same, are 1: the size says nothing, and a signal is -1, 0 or 1.
 */
export function candlestick({ key, description, lookback, parameters = {}, sign }: CandlestickPattern): Indicator {
  return defineIndicator({
    key,
    description: `candlestick pattern: ${description}`,
    inputs: ['open', 'high', 'low', 'close'],
    outputs: [key],
    scale: PURE_NUMBER,
    parameters,
    lookback: () => lookback,
    recurrence: (params) => {
      const candles = new Candles();
      return {
        size: Candles.size,
        step: (s, input, out) => {
          const count = candles.push(s, input);
          out[0] = count <= lookback ? NaN : sign(candles, params);
        },
      };
    },
  });
}
