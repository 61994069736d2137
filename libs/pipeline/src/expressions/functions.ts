import { indicators, type Indicator } from '@assay/quant';

export interface SeriesFunction {
  indicator: Indicator;
  output: number;
  /** Whether each of its lengths has to be stated. */
  isStated: boolean;
}

/** The language's own functions of the bars up to now, by the indicator that computes each. */
const OWN: Readonly<Record<string, string>> = {
  lag: 'lag',
  ratio: 'ratio',
  diff: 'momentum',
  ewm: 'ema',
  rolling_mean: 'sma',
  rolling_std: 'rolling_std',
  rolling_min: 'rolling_min',
  rolling_max: 'rolling_max',
  rolling_sum: 'rolling_sum',
  rolling_rank: 'rolling_rank',
  rolling_z: 'zscore',
  winsorise: 'winsorise',
};

/** Names of the language's own functions of the bars up to now. */
export const SERIES_FUNCTIONS = [...Object.keys(OWN), 'pct'];

/** Names of the indicators' outputs as functions. */
export const indicatorFunctions = (): string[] =>
  [...indicators.values()].flatMap(({ key, outputs }) =>
    outputs.length === 1 ? [key] : outputs.map((output) => `${key}.${output}`),
  );

/** A function of the language, or an output of an indicator by the name it has as a feature: `rsi`, `macd.signal`. */
export function seriesFunction(name: string): SeriesFunction | null {
  const own = Object.hasOwn(OWN, name) ? indicators.get(OWN[name]!) : undefined;
  if (own) return { indicator: own, output: 0, isStated: true };
  const only = indicators.get(name);
  if (only?.outputs.length === 1) return { indicator: only, output: 0, isStated: false };
  const dot = name.lastIndexOf('.');
  const indicator = indicators.get(name.slice(0, dot));
  const output = indicator?.outputs.indexOf(name.slice(dot + 1)) ?? -1;
  return indicator && dot > 0 && output >= 0 ? { indicator, output, isStated: false } : null;
}
