import { ema, again, rolling, type NaiveIndicator } from './naive-price-indicators';
import { changes, exponentialMean, last, mean, sum } from './naive-statistics';

/** 1 2 .. k .. 2 1, the middle twice where the length is even. */
const triangle = (length: number): number[] => Array.from({ length }, (_, k) => Math.min(k + 1, length - k));

function t3(x: readonly number[], window: number, v: number): number[] {
  const averages = [ema(x, window)];
  for (let k = 1; k < 6; k++) averages.push(again(averages[k - 1], window));
  const weights = [
    1 + 3 * v + 3 * v ** 2 + v ** 3,
    -3 * v - 6 * v ** 2 - 3 * v ** 3,
    3 * v ** 2 + 3 * v ** 3,
    -(v ** 3),
  ];
  return x.map((_, i) => sum(weights.map((weight, k) => weight * averages[k + 2][i])));
}

/** The fast average and the slow one, NaN where there is no slow one. */
function pairOf(x: readonly number[], { fast, slow, average }: Record<string, number>): [number, number][] {
  const of = (window: number): number[] => (average === 0 ? rolling(x, window, mean) : ema(x, window));
  const [quick, late] = [of(fast), of(slow)];
  return x.map((_, i) => [quick[i], late[i]]);
}

const smoothed = (x: readonly number[], window: number): number[] => exponentialMean(x, 1, window, 1 / window);

const highestAndLowest = (high: readonly number[], low: readonly number[], window: number): number[] =>
  high.map((_, i) =>
    i + 1 < window ? NaN : (Math.max(...last(high, i, window)) + Math.min(...last(low, i, window))) / 2,
  );

/** Averages, and oscillators that are made of averages. */
export const naiveAverages: Readonly<Record<string, NaiveIndicator>> = {
  trima: ({ close }, { window }) => {
    const weights = triangle(window);
    return [rolling(close, window, (w) => sum(w.map((v, k) => weights[k] * v)) / sum(weights))];
  },
  t3: ({ close }, { window, volume_factor: v }) => [t3(close, window, v)],
  midpoint: ({ close }, { window }) => [highestAndLowest(close, close, window)],
  midprice: ({ high, low }, { window }) => [highestAndLowest(high, low, window)],
  apo: ({ close }, params) => [pairOf(close, params).map(([fast, slow]) => fast - slow)],
  ppo: ({ close }, params) => [pairOf(close, params).map(([fast, slow]) => (100 * (fast - slow)) / slow)],
  trix: ({ close }, { window }) => {
    const third = again(again(ema(close, window), window), window);
    return [third.map((v, i) => 100 * (v / (third[i - 1] ?? NaN) - 1))];
  },
  cmo: ({ close }, { window }) => {
    const moves = changes(close);
    const net = smoothed(moves, window);
    const path = smoothed(moves.map(Math.abs), window);
    return [net.map((v, i) => (path[i] > 0 ? (100 * v) / path[i] : NaN))];
  },
  balance_of_power: ({ open, high, low, close }) => [
    close.map((c, i) => (high[i] === low[i] ? NaN : (c - open[i]) / (high[i] - low[i]))),
  ],
  ultimate_oscillator: ({ high, low, close }, { short, medium, long }) => {
    const bottom = close.map((_, i) => Math.min(low[i], close[i - 1]));
    const top = close.map((_, i) => Math.max(high[i], close[i - 1]));
    const share = (i: number, window: number): number =>
      sum(
        last(
          close.map((c, k) => c - bottom[k]),
          i,
          window,
        ),
      ) /
      sum(
        last(
          top.map((t, k) => t - bottom[k]),
          i,
          window,
        ),
      );
    return [
      close.map((_, i) => (i < long ? NaN : (100 / 7) * (4 * share(i, short) + 2 * share(i, medium) + share(i, long)))),
    ];
  },
};
