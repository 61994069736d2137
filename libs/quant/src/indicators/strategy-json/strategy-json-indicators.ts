import { getBollingerBand } from './get-bollinger-band';
import { getEma } from './get-ema';
import { getRsi } from './get-rsi';
import { getSma } from './get-sma';
import { getStochasticOscillator } from './get-stochastic-oscillator';
import type { StrategyJsonIndicator, StrategyJsonIndicatorName } from './strategy-json-indicator';

/** The indicators of the Strategy JSON by wire name. */
export const strategyJsonIndicators: ReadonlyMap<StrategyJsonIndicatorName, StrategyJsonIndicator> = new Map<
  StrategyJsonIndicatorName,
  StrategyJsonIndicator
>([
  ['get_sma', getSma],
  ['get_ema', getEma],
  ['get_rsi', getRsi],
  ['get_bollinger_band', getBollingerBand],
  ['get_stochastic_oscillator', getStochasticOscillator],
]);

/** What an indicator's values are measured in: 0 to 100, the price itself, or deviations around zero. */
export type IndicatorScale = 'bounded' | 'price' | 'zero_centred';

const scales: Readonly<Record<StrategyJsonIndicatorName, IndicatorScale>> = {
  get_sma: 'price',
  get_ema: 'price',
  get_rsi: 'bounded',
  get_stochastic_oscillator: 'bounded',
  get_bollinger_band: 'zero_centred',
};

/** Decides how a Strategy JSON threshold is read. */
export function indicatorScale(name: StrategyJsonIndicatorName): IndicatorScale {
  return scales[name];
}
