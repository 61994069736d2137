import {
  changes,
  exponentialMean,
  isConstant,
  last,
  logGamma,
  mean,
  order,
  quantile,
  returnsOf,
  std,
  strength,
  sum,
  variance,
} from './naive-statistics';

export type Columns = Readonly<Record<'open' | 'high' | 'low' | 'close' | 'volume' | 'value', number[]>>;
/** Whole output columns of an indicator from its definition; NaN where it is not defined. */
export type NaiveIndicator = (bars: Columns, params: Record<string, number>) => number[][];

/** A function of the last `window` values of a series. */
export const rolling = (x: readonly number[], window: number, of: (values: number[]) => number): number[] =>
  x.map((_, i) => (i + 1 < window ? NaN : of(last(x, i, window))));

export const ema = (x: readonly number[], window: number, first = 0): number[] =>
  exponentialMean(x, first, window, 2 / (window + 1));

/** The average of an average, from its first value on. */
export const again = (x: readonly number[], window: number): number[] =>
  ema(
    x,
    window,
    x.findIndex((v) => !Number.isNaN(v)),
  );

function wilderStrength(x: readonly number[], window: number): number[] {
  const up = exponentialMean(
    changes(x).map((d) => Math.max(d, 0)),
    1,
    window,
    1 / window,
  );
  const down = exponentialMean(
    changes(x).map((d) => Math.max(-d, 0)),
    1,
    window,
    1 / window,
  );
  return up.map((gain, i) => strength(gain, down[i]));
}

function cutlerStrength(x: readonly number[], window: number): number[] {
  const d = changes(x);
  return x.map((_, i) => {
    if (i < window) return NaN;
    const moves = last(d, i, window);
    return strength(sum(moves.filter((v) => v > 0)), -sum(moves.filter((v) => v < 0)));
  });
}

function kama(x: readonly number[], window: number): number[] {
  const out = x.map(() => NaN);
  for (let i = window, before = x[window - 1]; i < x.length; i++) {
    const path = sum(last(changes(x), i, window).map(Math.abs));
    const efficiency = path === 0 ? 1 : Math.abs(x[i] - x[i - window]) / path;
    const constant = (efficiency * (2 / 3 - 2 / 31) + 2 / 31) ** 2;
    before = constant * x[i] + (1 - constant) * before;
    out[i] = before;
  }
  return out;
}

function macd(x: readonly number[], fast: number, slow: number, signal: number): number[][] {
  const slowMean = ema(x, slow);
  const line = ema(x, fast, slow - fast).map((v, i) => v - slowMean[i]);
  const smooth = ema(line, signal, slow - 1);
  return [line.map((v, i) => (Number.isNaN(smooth[i]) ? NaN : v)), smooth, line.map((v, i) => v - smooth[i])];
}

function bollinger(x: readonly number[], window: number, k: number, ddof: number): number[][] {
  const rows = x.map((v, i) => {
    const w = last(x, i, window);
    if (w.length === 0) return [NaN, NaN, NaN, NaN, NaN, NaN];
    const m = isConstant(w) ? v : mean(w);
    const s = std(w, ddof);
    const percent = s > 0 && k > 0 ? (v - (m - k * s)) / (2 * k * s) : NaN;
    return [m + k * s, m, m - k * s, percent, (2 * k * s) / m, s > 0 ? (v - m) / s : NaN];
  });
  return [0, 1, 2, 3, 4, 5].map((c) => rows.map((row) => row[c]));
}

const zscore = (x: readonly number[], window: number, ddof: number): number[] =>
  rolling(x, window, (w) => (isConstant(w) ? NaN : (w[w.length - 1] - mean(w)) / std(w, ddof)));

function regime(x: readonly number[], window: number, history: number, low: number, high: number): number[][] {
  const r = returnsOf(x);
  const volatility = x.map((_, i) => (i < window ? NaN : std(last(r, i, window), 1)));
  const share = x.map((_, i) => {
    if (i < window + history - 1) return NaN;
    const known = last(volatility, i, history);
    return (
      (known.filter((v) => order(v, volatility[i], 1) < 0).length +
        known.filter((v) => order(v, volatility[i], 1) === 0).length / 2) /
      history
    );
  });
  return [share, share.map((p) => (Number.isNaN(p) ? NaN : order(p, low, 1) < 0 ? 0 : order(p, high, 1) >= 0 ? 2 : 1))];
}

/** ln(R/S) against its expectation for independent values (Anis and Lloyd), over halved lengths down to 8. */
function hurst(x: readonly number[], window: number): number[] {
  const lengths = [window];
  while (Math.floor(lengths[lengths.length - 1] / 2) >= 8) lengths.push(Math.floor(lengths[lengths.length - 1] / 2));
  const expected = (n: number): number =>
    (Math.exp(logGamma((n - 1) / 2) - logGamma(n / 2)) / Math.sqrt(Math.PI)) *
    sum(Array.from({ length: n - 1 }, (_, k) => Math.sqrt((n - k - 1) / (k + 1))));
  const rescaled = (part: number[]): number => {
    if (isConstant(part)) return NaN;
    const walk = part.map((_, k) => sum(part.slice(0, k + 1)) - (k + 1) * mean(part));
    return (Math.max(0, ...walk) - Math.min(0, ...walk)) / Math.sqrt(variance(part, 0));
  };
  return x.map((_, i) => {
    if (i < window) return NaN;
    const r = last(returnsOf(x), i, window);
    const y = lengths.map((n) => {
      const parts = Array.from({ length: Math.floor(window / n) }, (_, c) =>
        r.slice(window - (c + 1) * n, window - c * n),
      );
      return Math.log(mean(parts.map(rescaled))) - Math.log(expected(n));
    });
    return 0.5 + slope(lengths.map(Math.log), y);
  });
}

/** Least squares. */
export function slope(x: readonly number[], y: readonly number[]): number {
  return sum(x.map((v, k) => (v - mean(x)) * (y[k] - mean(y)))) / sum(x.map((v) => (v - mean(x)) ** 2));
}

function binomialWeights(order: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => {
    let weight = 1;
    for (let j = 0; j < k; j++) weight *= -(order - j) / (j + 1);
    return weight;
  });
}

const covariance = (x: readonly number[], y: readonly number[]): number =>
  mean(x.map((v, k) => (v - mean(x)) * (y[k] - mean(y))));

/** The indicators that read one or two plain series. */
export const naivePriceIndicators: Readonly<Record<string, NaiveIndicator>> = {
  sma: ({ close }, { window }) => [rolling(close, window, mean)],
  ema: ({ close }, { window }) => [ema(close, window)],
  wma: ({ close }, { window }) => [
    rolling(close, window, (w) => (2 * sum(w.map((v, k) => (k + 1) * v))) / (window * (window + 1))),
  ],
  dema: ({ close }, { window }) => {
    const once = ema(close, window);
    const twice = again(once, window);
    return [once.map((v, i) => 2 * v - twice[i])];
  },
  tema: ({ close }, { window }) => {
    const once = ema(close, window);
    const twice = again(once, window);
    const thrice = again(twice, window);
    return [once.map((v, i) => 3 * v - 3 * twice[i] + thrice[i])];
  },
  kama: ({ close }, { window }) => [kama(close, window)],
  momentum: ({ close }, { window }) => [close.map((v, i) => v - (close[i - window] ?? NaN))],
  roc: ({ close }, { window }) => [close.map((v, i) => 100 * (v / (close[i - window] ?? NaN) - 1))],
  lag: ({ close }, { window }) => [close.map((_, i) => close[i - window] ?? NaN)],
  ratio: ({ close }, { window }) => [
    close.map((v, i) => (close[i - window] === 0 ? NaN : v / (close[i - window] ?? NaN))),
  ],
  rsi: ({ close }, { window }) => [wilderStrength(close, window)],
  rsi_cutler: ({ close }, { window }) => [cutlerStrength(close, window)],
  macd: ({ close }, { fast, slow, signal }) => macd(close, fast, slow, signal),
  stochastic_rsi: ({ close }, { window, fast_k: range, fast_d: length }) => {
    const x = wilderStrength(close, window);
    // an RSI that moves by rounding only has no range
    const k = rolling(x, range, (w) => {
      const [low, high] = [Math.min(...w), Math.max(...w)];
      return high - low > 1e-9 ? (100 * (w[range - 1] - low)) / (high - low) : NaN;
    });
    const d = rolling(k, length, mean);
    return [k.map((v, i) => (Number.isNaN(d[i]) ? NaN : v)), d];
  },
  bollinger: ({ close }, { window, deviations, ddof }) => bollinger(close, window, deviations, ddof),
  realised_volatility: ({ close }, { window, periods_per_year: year }) => {
    const r = returnsOf(close);
    return [close.map((_, i) => (i < window ? NaN : std(last(r, i, window), 1) * Math.sqrt(year)))];
  },
  volatility_regime: ({ close }, { window, history, low, high }) => regime(close, window, history, low, high),
  rolling_std: ({ close }, { window, ddof }) => [rolling(close, window, (w) => std(w, ddof))],
  rolling_min: ({ close }, { window }) => [rolling(close, window, (w) => Math.min(...w))],
  rolling_max: ({ close }, { window }) => [rolling(close, window, (w) => Math.max(...w))],
  rolling_quantile: ({ close }, { window, quantile: q }) => [rolling(close, window, (w) => quantile(w, q))],
  rolling_sum: ({ close }, { window }) => [rolling(close, window, sum)],
  rolling_rank: ({ close }, { window }) => [
    rolling(close, window, (w) => {
      const orders = w.map((v) => order(v, w[window - 1], 0));
      return (orders.filter((o) => o < 0).length + orders.filter((o) => o === 0).length / 2) / window;
    }),
  ],
  winsorise: ({ close }, { window, low, high }) => [
    close.map((v, i) => {
      const before = last(close, i - 1, window);
      return before.length === 0 ? NaN : Math.min(Math.max(v, quantile(before, low)), quantile(before, high));
    }),
  ],
  rolling_correlation: ({ close, value }, { window }) => [
    close.map((_, i) => {
      const [x, y] = [last(close, i, window), last(value, i, window)];
      return x.length === 0 || isConstant(x) || isConstant(y) ? NaN : covariance(x, y) / (std(x, 0) * std(y, 0));
    }),
  ],
  rolling_beta: ({ close, value }, { window }) => {
    const [own, market] = [returnsOf(close), returnsOf(value)];
    return [
      close.map((_, i) => {
        const [x, y] = [last(market, i, window), last(own, i, window)];
        return i < window || isConstant(x) ? NaN : covariance(x, y) / variance(x, 0);
      }),
    ];
  },
  zscore: ({ close }, { window, ddof }) => [zscore(close, window, ddof)],
  linear_regression_slope: ({ close }, { window }) => [
    rolling(close, window, (w) =>
      slope(
        w.map((_, k) => k),
        w,
      ),
    ),
  ],
  hurst: ({ close }, { window }) => [hurst(close, window)],
  fractional_difference: ({ close }, { order, window }) => [
    rolling(close, window, (w) => sum(binomialWeights(order, window).map((weight, k) => weight * w[window - 1 - k]))),
  ],
  get_sma: ({ value }, { window }) => [rolling(value, window, mean)],
  get_ema: ({ value }, { window }) => [exponentialMean(value, 0, 1, 2 / (window + 1))],
  get_rsi: ({ value }, { window }) => [cutlerStrength(value, window)],
  get_bollinger_band: ({ value }, { window }) => [zscore(value, window, 1)],
};
