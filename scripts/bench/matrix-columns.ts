import type { FeatureSpec } from '@assay/contracts';
import { featurePlugins } from '@assay/pipeline';

/** The 45 columns of the feature matrix in the order of `reference-matrix.c`: one of each indicator, with its windows. */
const columns: readonly [plugin: string, params: Record<string, number>][] = [
  ['sma', { window: 20 }],
  ['ema', { window: 20 }],
  ['dema', { window: 20 }],
  ['tema', { window: 20 }],
  ['wma', { window: 20 }],
  ['trima', { window: 20 }],
  ['midpoint', { window: 20 }],
  ['midprice', { window: 14 }],
  ['difference', { window: 10 }],
  ['roc', { window: 10 }],
  ['ratio', { window: 10 }],
  ['trix', { window: 20 }],
  ['rsi', { window: 14 }],
  ['cmo', { window: 14 }],
  ['macd.signal', { fast: 12, slow: 26, signal: 9 }],
  ['apo', { fast: 12, slow: 26, average: 1 }],
  ['ppo', { fast: 12, slow: 26, average: 1 }],
  ['stochastic.slow_d', { fast_k: 14, slow_k: 3, slow_d: 3 }],
  ['stochastic_fast.fast_d', { fast_k: 14, fast_d: 3 }],
  ['williams_r', { window: 14 }],
  ['balance_of_power', {}],
  ['bollinger.percent_b', { window: 20, deviations: 2, ddof: 0 }],
  ['donchian.upper', { window: 20 }],
  ['keltner.upper', { window: 20, atr_window: 14, multiplier: 2 }],
  ['zscore', { window: 20, ddof: 1 }],
  ['rolling_std', { window: 20, ddof: 1 }],
  ['rolling_variance', { window: 20, ddof: 1 }],
  ['linear_regression.value', { window: 20 }],
  ['linear_regression_slope', { window: 20 }],
  ['rolling_sum', { window: 20 }],
  ['rolling_max', { window: 20 }],
  ['rolling_min', { window: 20 }],
  ['true_range', {}],
  ['atr', { window: 14 }],
  ['natr', { window: 14 }],
  ['realised_volatility', { window: 20, periods_per_year: 252 }],
  ['dmi.plus_di', { window: 14 }],
  ['dx', { window: 14 }],
  ['adx', { window: 14 }],
  ['adxr', { window: 14 }],
  ['directional_movement.plus_dm', { window: 14 }],
  ['obv', {}],
  ['ad', {}],
  ['adosc', { fast: 3, slow: 10 }],
  ['vwap_rolling', { window: 20 }],
];

/** As the features of a document. */
export const matrixFeatures = (): FeatureSpec[] =>
  columns.map(
    ([plugin, params], i) =>
      ({ name: `f${i}`, plugin, plugin_version: featurePlugins.get(plugin)!.version, params }) as FeatureSpec,
  );
