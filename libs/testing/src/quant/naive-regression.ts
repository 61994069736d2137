import { rolling, slope, type NaiveIndicator } from './naive-price-indicators';
import { changes, isConstant, mean, sum, variance } from './naive-statistics';

const dot = (x: readonly number[], y: readonly number[]): number => sum(x.map((v, k) => v * y[k]));

/** t-statistic of the last regressor by Householder reflections of [regressors, response], rows first. */
function lastStatistic(rows: number[][]): number {
  const a = rows.map((row) => [...row]);
  const width = a[0].length;
  for (let j = 0; j < width - 1; j++) {
    const norm = Math.hypot(...a.slice(j).map((row) => row[j])) * (a[j][j] > 0 ? -1 : 1);
    const v = a.map((row, i) => (i < j ? 0 : i === j ? row[j] - norm : row[j]));
    const square = dot(v, v);
    if (square === 0) return NaN;
    for (let c = j; c < width; c++) {
      const share = (2 * sum(a.map((row, i) => v[i] * row[c]))) / square;
      a.forEach((row, i) => (row[c] -= share * v[i]));
    }
  }
  const tail = a.slice(width - 1).map((row) => row[width - 1]);
  const corner = a[width - 2];
  // the coefficient is corner[1] / corner[0], its standard error s / |corner[0]|
  return (corner[width - 1] * Math.sign(corner[width - 2])) / Math.sqrt(dot(tail, tail) / tail.length);
}

function dickeyFuller(x: readonly number[], lags: number, regression: number): number {
  if (isConstant(x)) return NaN;
  const d = changes(x);
  const rows = x.slice(lags + 1).map((_, k) => {
    const t = k + lags + 1;
    const trends = [1, t].slice(0, regression);
    return [...trends, ...Array.from({ length: lags }, (_v, j) => d[t - j - 1]), x[t - 1], d[t]];
  });
  return lastStatistic(rows);
}

/** Lower triangle L of V = L L', row by row. */
function cholesky(n: number, v: (s: number, t: number) => number): number[][] {
  const rows: number[][] = [];
  for (let s = 0; s < n; s++) {
    const row: number[] = [];
    for (let t = 0; t <= s; t++) {
      let rest = v(s, t);
      for (let k = 0; k < t; k++) rest -= row[k] * (t === s ? row[k] : rows[t][k]);
      row.push(t === s ? Math.sqrt(rest) : rest / rows[t][t]);
    }
    rows.push(row);
  }
  return rows;
}

/** Solves L z = b for the leading rows of L. */
function forward(rows: readonly number[][], b: readonly number[]): number[] {
  const z: number[] = [];
  for (let s = 0; s < b.length; s++) {
    let rest = b[s];
    for (let k = 0; k < s; k++) rest -= rows[s][k] * z[k];
    z.push(rest / rows[s][s]);
  }
  return z;
}

/**
 * Best linear unbiased predictions of a state from the values up to each bar, no recursion: x = D beta + u + noise, D the
 * terms of the unknown start, u the summed steps, generalised least squares with the whole covariance matrix.
 * @param target its row of D on bar n, and its covariance with u on bar t
 */
function bestPredictions(
  x: readonly number[],
  terms: (t: number) => number[],
  covariance: (s: number, t: number) => number,
  target: { terms: (n: number) => number[]; covariance: (n: number, t: number) => number },
): number[] {
  const rows = cholesky(x.length, (s, t) => covariance(s, t) + (s === t ? 1 : 0));
  const white = forward(rows, x);
  const count = terms(0).length;
  const columns = Array.from({ length: count }, (_, c) =>
    forward(
      rows,
      x.map((_v, t) => terms(t)[c]),
    ),
  );
  return x.map((_, n) => {
    if (n + 1 < count) return NaN;
    const cut = columns.map((column) => column.slice(0, n + 1));
    const y = white.slice(0, n + 1);
    const beta = twoByTwo(cut, y);
    const z = forward(
      rows,
      y.map((_v, t) => target.covariance(n, t)),
    );
    const rest = y.map((v, t) => v - sum(cut.map((column, c) => beta[c] * column[t])));
    return dot(target.terms(n), beta) + dot(z, rest);
  });
}

/** Least squares on one or two columns. */
function twoByTwo(columns: readonly number[][], y: readonly number[]): number[] {
  const [a, b] = columns;
  if (b === undefined) return [dot(a, y) / dot(a, a)];
  const share = dot(a, b) / dot(a, a);
  const rest = b.map((v, t) => v - share * a[t]);
  const second = dot(rest, y) / dot(rest, rest);
  return [dot(a, y) / dot(a, a) - share * second, second];
}

/** Weight that a step of the slope before bar i + 1 has in the level on bar t, summed over the steps that two bars share. */
function shared(s: number, t: number): number {
  let weight = 0;
  for (let i = 0; i < Math.min(s, t); i++) weight += (s - 1 - i) * (t - 1 - i);
  return weight;
}

/** Regressions over the window, and states estimated from all bars so far. */
export const naiveRegression: Readonly<Record<string, NaiveIndicator>> = {
  rolling_variance: ({ close }, { window, ddof }) => [
    rolling(close, window, (w) => (isConstant(w) ? 0 : variance(w, ddof))),
  ],
  linear_regression: ({ close }, { window }) => {
    const places = Array.from({ length: window }, (_, k) => k);
    const at = (place: number): number[] =>
      rolling(close, window, (w) => mean(w) + slope(places, w) * (place - mean(places)));
    const angle = rolling(close, window, (w) => (180 / Math.PI) * Math.atan(slope(places, w)));
    return [at(window - 1), at(0), at(window), angle];
  },
  adf: ({ close }, { window, lags, regression }) => [rolling(close, window, (w) => dickeyFuller(w, lags, regression))],
  kalman_level: ({ close }, { level_variance: q }) => {
    const covariance = (s: number, t: number): number => q * Math.min(s, t);
    const one = (): number[] => [1];
    return [bestPredictions(close, one, covariance, { terms: one, covariance })];
  },
  kalman_trend: ({ close }, { level_variance: q, slope_variance: r }) => {
    const covariance = (s: number, t: number): number => q * Math.min(s, t) + r * shared(s, t);
    const line = (t: number): number[] => [1, t];
    return [
      bestPredictions(close, line, covariance, { terms: line, covariance }),
      bestPredictions(close, line, covariance, {
        terms: () => [0, 1],
        // the slope on bar n has every step of the slope before it
        covariance: (n, t) => r * sum(Array.from({ length: Math.min(n, t) }, (_, i) => t - 1 - i)),
      }),
    ];
  },
};
