import type { NaiveIndicator } from './naive-price-indicators';
import { mean, returnsOf, sum } from './naive-statistics';

interface Model {
  start: number[];
  move: number[][];
  mean: number[];
  variance: number[];
}

const logSum = (terms: readonly number[]): number => {
  const most = Math.max(...terms);
  return most === -Infinity ? most : most + Math.log(sum(terms.map((v) => Math.exp(v - most))));
};
const logNormal = ({ mean: m, variance }: Model, k: number, x: number): number =>
  -0.5 * (Math.log(2 * Math.PI * variance[k]) + (x - m[k]) ** 2 / variance[k]);

/** Logarithms of the joint probabilities of the values up to each and the state there. */
function forward(model: Model, x: readonly number[]): number[][] {
  const rows: number[][] = [];
  x.forEach((v, t) =>
    rows.push(
      [0, 1].map(
        (k) =>
          logNormal(model, k, v) +
          (t === 0 ? Math.log(model.start[k]) : logSum([0, 1].map((j) => rows[t - 1][j] + Math.log(model.move[j][k])))),
      ),
    ),
  );
  return rows;
}

/** Logarithms of the probabilities of the values after each, given the state there. */
function backward(model: Model, x: readonly number[]): number[][] {
  const rows: number[][] = x.map(() => [0, 0]);
  for (let t = x.length - 2; t >= 0; t--)
    rows[t] = [0, 1].map((j) =>
      logSum([0, 1].map((k) => Math.log(model.move[j][k]) + logNormal(model, k, x[t + 1]) + rows[t + 1][k])),
    );
  return rows;
}

function better(model: Model, x: readonly number[], least: number): Model {
  const [a, b] = [forward(model, x), backward(model, x)];
  const all = logSum(a[x.length - 1]);
  const posterior = x.map((_, t) => [0, 1].map((k) => Math.exp(a[t][k] + b[t][k] - all)));
  const moved = [0, 1].map((j) =>
    [0, 1].map((k) =>
      sum(
        x
          .slice(1)
          .map((v, t) => Math.exp(a[t][j] + Math.log(model.move[j][k]) + logNormal(model, k, v) + b[t + 1][k] - all)),
      ),
    ),
  );
  const weight = [0, 1].map((k) => sum(posterior.map((p) => p[k])));
  const means = [0, 1].map((k) => sum(x.map((v, t) => posterior[t][k] * v)) / weight[k]);
  const stay = [0, 1].map((k) => Math.min(Math.max(moved[k][k] / sum(moved[k]), 1e-3), 1 - 1e-3));
  return {
    start: posterior[0],
    move: [
      [stay[0], 1 - stay[0]],
      [1 - stay[1], stay[1]],
    ],
    mean: means,
    variance: [0, 1].map((k) =>
      Math.max(sum(x.map((v, t) => posterior[t][k] * (v - means[k]) ** 2)) / weight[k], least),
    ),
  };
}

/** Filtered probabilities of the state of the larger variance over all of `x`, by a model fitted to `known`. */
function filtered(known: readonly number[], x: readonly number[], iterations: number): number[] {
  const centre = mean(known);
  const squares = known.map((v) => (v - centre) ** 2).sort((p, q) => p - q);
  const half = Math.floor(known.length / 2);
  const least = 1e-6 * mean(squares);
  if (!(least > 0)) return x.map(() => NaN);
  let model: Model = {
    start: [0.5, 0.5],
    move: [
      [0.95, 0.05],
      [0.05, 0.95],
    ],
    mean: [centre, centre],
    variance: [mean(squares.slice(0, half)), mean(squares.slice(half))].map((v) => Math.max(v, least)),
  };
  for (let i = 0; i < iterations; i++) model = better(model, known, least);
  const wild = model.variance[0] <= model.variance[1] ? 1 : 0;
  return forward(model, x).map((row) => Math.exp(row[wild] - logSum(row)));
}

/** The indicators of regimes: each fit from nothing, each filter from the first return of its fit on. */
export const naiveRegimes: Readonly<Record<string, NaiveIndicator>> = {
  hmm_regime: ({ close }, { window, warm_up: warmUp, every, iterations }) => {
    const r = returnsOf(close);
    const probability = close.map(() => NaN);
    for (let at = warmUp; at < close.length; at += every) {
      const from = Math.max(1, at + 1 - window);
      const to = Math.min(at + every, close.length);
      const known = r.slice(from, at + 1);
      const values = filtered(known, r.slice(from, to), iterations);
      for (let i = at; i < to; i++) probability[i] = values[i - from];
    }
    return [probability, probability.map((p) => (Number.isNaN(p) ? NaN : p >= 0.5 ? 1 : 0))];
  },
};
