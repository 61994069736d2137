import type { Parameters } from '../indicator';
import type { MatrixGraph } from './graph';
import * as means from './mean-formulas';
import * as moments from './moment-formulas';
import * as prices from './price-formulas';
import type { Series } from './series';

/** An indicator as steps of a graph, by the places of its inputs: the outputs that it has this way, by place. */
export type MatrixForm = (
  graph: MatrixGraph,
  inputs: readonly Series[],
  params: Parameters,
) => readonly ((() => Series) | undefined)[];

const ema = (g: MatrixGraph, x: Series, window: number, skip = 0): Series =>
  g.exponential(x, window, 2 / (window + 1), skip);
const wilder = (g: MatrixGraph, x: Series, window: number): Series => g.exponential(x, window, 1 / window);
const trueRange = (g: MatrixGraph, [high, low, close]: readonly Series[]): Series =>
  g.formula('true range', [high, low, close], prices.trueRangeFormula);
const averageRange = (g: MatrixGraph, inputs: readonly Series[], window: number): Series =>
  wilder(g, trueRange(g, inputs), window);

const averages: Record<string, MatrixForm> = {
  sma: (g, [x], { window }) => [() => g.mean(x, window)],
  rolling_sum: (g, [x], { window }) => [() => g.formula(`times ${window}`, [g.mean(x, window)], means.times(window))],
  trima: (g, [x], { window }) => [() => g.mean(g.mean(x, Math.ceil(window / 2)), Math.floor(window / 2) + 1)],
  ema: (g, [x], { window }) => [() => ema(g, x, window)],
  dema: (g, [x], { window }) => [
    () => {
      const once = ema(g, x, window);
      return g.formula('double', [once, ema(g, once, window)], means.doubleAverage);
    },
  ],
  tema: (g, [x], { window }) => [
    () => {
      const once = ema(g, x, window);
      const twice = ema(g, once, window);
      return g.formula('triple', [once, twice, ema(g, twice, window)], means.tripleAverage);
    },
  ],
  trix: (g, [x], { window }) => [
    () => {
      const thrice = ema(g, ema(g, ema(g, x, window), window), window);
      return g.formula('percent change', [thrice], means.percentChange);
    },
  ],
  macd: (g, [x], { fast, slow, signal }) => {
    const line = (): Series =>
      g.formula('difference', [ema(g, x, fast, slow - fast), ema(g, x, slow)], means.difference);
    const smooth = (): Series => ema(g, line(), signal);
    return [
      () => g.formula('where', [line(), smooth()], means.where),
      smooth,
      () => g.formula('difference', [line(), smooth()], means.difference),
    ];
  },
  apo: (g, [x], params) => [() => g.formula('difference', priceAverages(g, x, params), means.difference)],
  ppo: (g, [x], params) => [
    () => g.formula('percent difference', priceAverages(g, x, params), means.percentDifference),
  ],
  rsi: (g, [x], { window }) => [() => g.formula('strength', moves(g, x, window), means.strength)],
  cmo: (g, [x], { window }) => [() => g.formula('momentum strength', moves(g, x, window), means.momentumStrength)],
};

function priceAverages(g: MatrixGraph, x: Series, { fast, slow, average }: Parameters): Series[] {
  return [fast, slow].map((window) => (average === 0 ? g.mean(x, window) : ema(g, x, window)));
}

function moves(g: MatrixGraph, x: Series, window: number): Series[] {
  return [
    wilder(g, g.formula('rise', [x], prices.rise), window),
    wilder(g, g.formula('fall', [x], prices.fall), window),
  ];
}

const changes: Record<string, MatrixForm> = {
  momentum: (g, [x], { window }) => [() => g.formula(`difference over ${window}`, [x], prices.differenceOver(window))],
  roc: (g, [x], { window }) => [() => g.formula(`change over ${window}`, [x], prices.changeOver(window))],
  ratio: (g, [x], { window }) => [() => g.formula(`ratio over ${window}`, [x], prices.ratioOver(window))],
  balance_of_power: (g, inputs) => [() => g.formula('body over range', inputs, prices.bodyOverRange)],
  obv: (g, [close, volume]) => [() => g.onBalance(close, volume)],
  ad: (g, inputs) => [() => g.accumulation(inputs)],
  adosc: (g, inputs, { fast, slow }) => [
    () => {
      const line = g.accumulation(inputs);
      const of = (window: number): Series => g.exponential(line, 1, 2 / (window + 1));
      const difference = g.formula('difference', [of(fast), of(slow)], means.difference);
      return g.formula(`since ${slow - 1}`, [difference], means.since(slow - 1));
    },
  ],
  vwap_rolling: (g, inputs, { window }) => [
    () => {
      const turnover = g.mean(g.formula('turnover', inputs, prices.turnover), window);
      return g.formula('quotient', [turnover, g.mean(inputs[3], window)], means.quotient);
    },
  ],
};

const ranges: Record<string, MatrixForm> = {
  true_range: (g, inputs) => [() => trueRange(g, inputs)],
  atr: (g, inputs, { window }) => [() => averageRange(g, inputs, window)],
  natr: (g, inputs, { window }) => [
    () => g.formula('percent of', [averageRange(g, inputs, window), inputs[2]], means.percentOf),
  ],
  keltner: (g, inputs, { window, atr_window, multiplier }) => {
    const parts = (): Series[] => [ema(g, inputs[2], window), averageRange(g, inputs, atr_window)];
    return [
      () => g.formula(`plus ${multiplier}`, parts(), means.plus(multiplier)),
      () => g.formula('where', parts(), means.where),
      () => g.formula(`minus ${multiplier}`, parts(), means.plus(-multiplier)),
    ];
  },
  midpoint: (g, [x], { window }) => [
    () => g.formula('middle', [g.extreme(x, window, 1), g.extreme(x, window, -1)], means.middle),
  ],
  midprice: (g, [high, low], { window }) => [() => g.formula('middle', extremes(g, high, low, window), means.middle)],
  donchian: (g, [high, low], { window }) => [
    () => g.extreme(high, window, 1),
    () => g.formula('middle', extremes(g, high, low, window), means.middle),
    () => g.extreme(low, window, -1),
  ],
  rolling_max: (g, [x], { window }) => [() => g.extreme(x, window, 1)],
  rolling_min: (g, [x], { window }) => [() => g.extreme(x, window, -1)],
  williams_r: (g, [high, low, close], { window }) => [
    () => g.formula('below highest', [...extremes(g, high, low, window), close], prices.belowHighest),
  ],
  stochastic: (g, inputs, { fast_k, slow_k, slow_d }) => {
    const slow = (): Series => g.mean(position(g, inputs, fast_k), slow_k);
    const d = (): Series => g.mean(slow(), slow_d);
    return [() => g.formula('where', [slow(), d()], means.where), d];
  },
  stochastic_fast: (g, inputs, { fast_k, fast_d }) => {
    const k = (): Series => position(g, inputs, fast_k);
    const d = (): Series => g.mean(k(), fast_d);
    return [() => g.formula('where', [k(), d()], means.where), d];
  },
};

const extremes = (g: MatrixGraph, high: Series, low: Series, window: number): Series[] => [
  g.extreme(high, window, 1),
  g.extreme(low, window, -1),
];
const position = (g: MatrixGraph, [high, low, close]: readonly Series[], window: number): Series =>
  g.formula('range position', [...extremes(g, high, low, window), close], prices.rangePosition);

const directions: Record<string, MatrixForm> = {
  directional_movement: (g, [high, low], { window }) =>
    [0, 1].map(
      (k) => () => g.formula(`since ${window - 1}`, [g.directional(high, low, window)[k]], means.since(window - 1)),
    ),
  dmi: (g, inputs, { window }) =>
    [0, 1].map((k) => () => {
      const range = g.wilderSum(trueRange(g, inputs), window);
      const [high, low] = inputs;
      const parts = [g.directional(high, low, window)[k], range];
      return g.formula(`share ${window}`, parts, means.directionalShare(window));
    }),
  dx: (g, inputs, { window }) => [() => directionalIndex(g, inputs, window)],
  adx: (g, inputs, { window }) => [() => g.averageIndex(directionalIndex(g, inputs, window), window)],
  adxr: (g, inputs, { window }) => [
    () => {
      const average = g.averageIndex(directionalIndex(g, inputs, window), window);
      return g.formula(`with earlier ${window - 1}`, [average], means.meanWithEarlier(window - 1));
    },
  ],
};

const directionalIndex = (g: MatrixGraph, [high, low]: readonly Series[], window: number): Series =>
  g.formula(`index ${window}`, g.directional(high, low, window), means.directionalIndexFormula(window));

const deviation = (g: MatrixGraph, x: Series, window: number, ddof: number): Series => {
  const divisor = window - ddof;
  return g.formula(`root ${divisor}`, [g.moments(x, window)[1]], moments.rootOf(divisor));
};

const statistics: Record<string, MatrixForm> = {
  rolling_std: (g, [x], { window, ddof }) => [() => deviation(g, x, window, ddof)],
  rolling_variance: (g, [x], { window, ddof }) => [
    () => g.formula(`scaled ${window - ddof}`, [g.moments(x, window)[1]], moments.scaled(window - ddof)),
  ],
  zscore: (g, [x], { window, ddof }) => [
    () => {
      const [mean, m2] = g.moments(x, window);
      return g.formula('score', [x, mean, deviation(g, x, window, ddof), m2], moments.score);
    },
  ],
  realised_volatility: (g, [x], { window, periods_per_year }) => [
    () => {
      const [, m2] = g.moments(g.formula('return', [x], prices.simpleReturn), window);
      const factor = periods_per_year / (window - 1);
      return g.formula(`root times ${factor}`, [m2], moments.rootTimes(factor));
    },
  ],
  bollinger: (g, [x], { window, deviations, ddof }) => {
    const mean = (): Series => g.moments(x, window)[0];
    const std = (): Series => deviation(g, x, window, ddof);
    const z = (): Series => g.formula('band score', [x, mean(), std()], moments.bandScore);
    return [
      () => g.formula(`plus ${deviations}`, [mean(), std()], means.plus(deviations)),
      mean,
      () => g.formula(`minus ${deviations}`, [mean(), std()], means.plus(-deviations)),
      () => g.formula(`band position ${deviations}`, [z()], moments.bandPosition(deviations)),
      () => g.formula(`band width ${deviations}`, [mean(), std()], moments.bandWidth(deviations)),
      z,
    ];
  },
  wma: (g, [x], { window }) => [
    () => {
      const [, weighted, equal] = g.weighted(x, window);
      return g.formula(`weighted mean ${window}`, [x, weighted, equal], moments.weightedMean(window));
    },
  ],
  linear_regression_slope: (g, [x], { window }) => [() => slope(g, x, window)],
  linear_regression: (g, [x], { window }) => {
    const at = (reach: number) => (): Series => {
      const [sum, , equal] = g.weighted(x, window);
      return g.formula(`line ${window} ${reach}`, [x, sum, slope(g, x, window), equal], moments.onLine(window, reach));
    };
    const reach = (window - 1) / 2;
    return [
      at(reach),
      at(-reach),
      at((window + 1) / 2),
      () => g.formula('angle', [slope(g, x, window)], moments.angleOf),
    ];
  },
};

const slope = (g: MatrixGraph, x: Series, window: number): Series =>
  g.formula(`slope ${window}`, g.weighted(x, window), moments.slopeFormula(window));

/** By key of the indicator. One that has none here is computed by itself. */
export const matrixForms: ReadonlyMap<string, MatrixForm> = new Map(
  Object.entries({ ...averages, ...changes, ...ranges, ...directions, ...statistics }),
);
