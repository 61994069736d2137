import type { NaiveIndicator } from './naive-price-indicators';
import { ema } from './naive-price-indicators';
import { exponentialMean, isConstant, last, mean, order, strength, sum, variance } from './naive-statistics';

const across = (...columns: number[][]): number[][] => columns[0].map((_, i) => columns.map((column) => column[i]));
const typical = (high: number[], low: number[], close: number[]): number[] =>
  across(high, low, close).map(([h, l, c]) => (h + l + c) / 3);

/** Position of the close in the range of the last `window` bars, 0 to 1. */
const position = (high: number[], low: number[], close: number[], window: number): number[] =>
  close.map((c, i) => {
    if (i + 1 < window) return NaN;
    const [top, bottom] = [Math.max(...last(high, i, window)), Math.min(...last(low, i, window))];
    return top === bottom ? NaN : (c - bottom) / (top - bottom);
  });
const rollingMean = (x: number[], window: number): number[] =>
  x.map((_, i) => (i + 1 < window ? NaN : mean(last(x, i, window))));
const where = (x: number[], known: number[]): number[] => x.map((v, i) => (Number.isNaN(known[i]) ? NaN : v));

const trueRanges = (high: number[], low: number[], close: number[]): number[] =>
  high.map((h, i) =>
    i === 0 ? NaN : Math.max(h - low[i], Math.abs(h - close[i - 1]), Math.abs(low[i] - close[i - 1])),
  );
const averageRange = (high: number[], low: number[], close: number[], window: number): number[] =>
  exponentialMean(trueRanges(high, low, close), 1, window, 1 / window);

/** Wilder's sum of a movement: the plain sum of the first window - 1 from bar 1 on, then s - s / window + x, unrolled. */
const wilderSum = (x: number[], window: number): number[] =>
  x.map((_, i) => {
    if (i < window) return NaN;
    const keep = 1 - 1 / window;
    let value = sum(x.slice(1, window)) * keep ** (i - window + 1);
    for (let k = window; k <= i; k++) value += x[k] * keep ** (i - k);
    return value;
  });

/** The moves up and down of each bar, of which the larger one counts. */
export function moves(high: number[], low: number[]): [plus: number[], minus: number[]] {
  const up = high.map((h, i) => (i === 0 ? NaN : h - high[i - 1]));
  const down = low.map((l, i) => (i === 0 ? NaN : low[i - 1] - l));
  // the larger of two moves that differ by rounding of their prices is none
  const larger = up.map((u, i) => (Math.abs(u - down[i]) <= 1e-12 * (high[i] + low[i]) ? 0 : Math.sign(u - down[i])));
  const plus = up.map((u, i) => (larger[i] > 0 && u > 0 ? u : 0));
  const minus = down.map((d, i) => (larger[i] < 0 && d > 0 ? d : 0));
  return [plus, minus];
}

export const movements = (high: number[], low: number[], window: number): number[][] =>
  moves(high, low).map((move) => wilderSum(move, window));

export function adx(high: number[], low: number[], window: number): number[] {
  const [plus, minus] = movements(high, low, window);
  const out = high.map(() => NaN);
  let average = 0;
  for (let i = window; i < high.length; i++) {
    const total = plus[i] + minus[i];
    const dx = (100 * Math.abs(plus[i] - minus[i])) / total;
    // TA-Lib: a bar without DX adds nothing to the sum of the first `window`, and is passed over afterwards
    if (i < 2 * window) average += total > 0 ? dx / window : 0;
    else if (total > 0) average = (average * (window - 1) + dx) / window;
    if (i >= 2 * window - 1) out[i] = average;
  }
  return out;
}

function supertrend(high: number[], low: number[], close: number[], window: number, width: number): number[][] {
  const range = averageRange(high, low, close, window);
  const line = close.map(() => NaN);
  const direction = close.map(() => NaN);
  let [lower, upper] = [NaN, NaN];
  for (let i = window; i < close.length; i++) {
    const middle = (high[i] + low[i]) / 2;
    const [floor, ceiling] = [middle - width * range[i], middle + width * range[i]];
    lower = !(lower >= floor) || order(close[i - 1], lower, 0) < 0 ? floor : lower;
    upper = !(upper <= ceiling) || order(close[i - 1], upper, 0) > 0 ? ceiling : upper;
    const before = direction[i - 1];
    direction[i] =
      i === window
        ? -1
        : before === 1
          ? order(close[i], lower, 0) < 0
            ? -1
            : 1
          : order(close[i], upper, 0) > 0
            ? 1
            : -1;
    line[i] = direction[i] === 1 ? lower : upper;
  }
  return [line, direction];
}

/** Wilder's system as a list of trends: in each the extreme and the factor are looked up anew. */
function parabolicSar(high: number[], low: number[], step: number, maximum: number): number[] {
  const out = high.map(() => NaN);
  if (high.length < 2) return out;
  let long = !(order(low[0], low[1], 0) > 0 && order(low[0] + high[0], low[1] + high[1], 0) > 0);
  let stop = long ? low[0] : high[0];
  let extreme = long ? high[1] : low[1];
  let records = 1;
  for (let i = 1; i < high.length; i++) {
    const from = i === 1 ? 1 : i - 1;
    const bound = (side: boolean): number => (side ? Math.min(low[from], low[i]) : Math.max(high[from], high[i]));
    if (long ? order(low[i], stop, 0) <= 0 : order(high[i], stop, 0) >= 0) {
      long = !long;
      stop = long ? Math.min(extreme, bound(true)) : Math.max(extreme, bound(false));
      out[i] = stop;
      extreme = long ? high[i] : low[i];
      records = 1;
    } else {
      out[i] = stop;
      if (long ? order(high[i], extreme, 0) > 0 : order(low[i], extreme, 0) < 0) {
        extreme = long ? high[i] : low[i];
        records += 1;
      }
    }
    let factor = Math.min(step, maximum);
    for (let k = 1; k < records; k++) factor = Math.min(factor + step, maximum);
    stop = stop + factor * (extreme - stop);
    stop = long ? Math.min(stop, bound(true)) : Math.max(stop, bound(false));
  }
  return out;
}

const sinceLast = (x: number[], best: number): number => x.length - 1 - x.lastIndexOf(best);

/** The indicators that read bars. */
export const naiveBarIndicators: Readonly<Record<string, NaiveIndicator>> = {
  stochastic: ({ high, low, close }, { fast_k: range, slow_k: first, slow_d: second }) => {
    const slow = rollingMean(position(high, low, close, range), first).map((v) => 100 * v);
    const d = rollingMean(slow, second);
    return [where(slow, d), d];
  },
  stochastic_fast: ({ high, low, close }, { fast_k: range, fast_d: length }) => {
    const k = position(high, low, close, range).map((v) => 100 * v);
    const d = rollingMean(k, length);
    return [where(k, d), d];
  },
  williams_r: ({ high, low, close }, { window }) => [position(high, low, close, window).map((v) => -100 * (1 - v))],
  cci: ({ high, low, close }, { window }) => {
    const x = typical(high, low, close);
    return [
      x.map((v, i) => {
        const w = last(x, i, window);
        if (w.length === 0 || isConstant(w)) return NaN;
        return (v - mean(w)) / (0.015 * mean(w.map((y) => Math.abs(y - mean(w)))));
      }),
    ];
  },
  donchian: ({ high, low }, { window }) => {
    const upper = high.map((_, i) => (i + 1 < window ? NaN : Math.max(...last(high, i, window))));
    const lower = low.map((_, i) => (i + 1 < window ? NaN : Math.min(...last(low, i, window))));
    return [upper, upper.map((u, i) => (u + lower[i]) / 2), lower];
  },
  keltner: ({ high, low, close }, { window, atr_window: length, multiplier }) => {
    const range = averageRange(high, low, close, length);
    const middle = where(ema(close, window), range);
    return [middle.map((m, i) => m + multiplier * range[i]), middle, middle.map((m, i) => m - multiplier * range[i])];
  },
  true_range: ({ high, low, close }) => [trueRanges(high, low, close)],
  atr: ({ high, low, close }, { window }) => [averageRange(high, low, close, window)],
  natr: ({ high, low, close }, { window }) => [
    averageRange(high, low, close, window).map((range, i) => (100 * range) / close[i]),
  ],
  dmi: ({ high, low, close }, { window }) => {
    const range = wilderSum(trueRanges(high, low, close), window);
    return movements(high, low, window).map((move) => move.map((m, i) => (range[i] > 0 ? (100 * m) / range[i] : NaN)));
  },
  adx: ({ high, low }, { window }) => [adx(high, low, window)],
  aroon: ({ high, low }, { window }) => {
    const rows = high.map((_, i) => {
      if (i < window) return [NaN, NaN, NaN];
      const [tops, bottoms] = [last(high, i, window + 1), last(low, i, window + 1)];
      const up = 100 * (1 - sinceLast(tops, Math.max(...tops)) / window);
      const down = 100 * (1 - sinceLast(bottoms, Math.min(...bottoms)) / window);
      return [up, down, up - down];
    });
    return [0, 1, 2].map((c) => rows.map((row) => row[c]));
  },
  supertrend: ({ high, low, close }, { window, multiplier }) => supertrend(high, low, close, window, multiplier),
  parabolic_sar: ({ high, low }, { acceleration, maximum }) => [parabolicSar(high, low, acceleration, maximum)],
  obv: ({ close, volume }) => [
    close.map(
      (_, i) => volume[0] + sum(volume.slice(1, i + 1).map((v, k) => v * Math.sign(order(close[k + 1], close[k], 0)))),
    ),
  ],
  mfi: ({ high, low, close, volume }, { window }) => {
    const price = typical(high, low, close);
    return [
      price.map((_, i) => {
        if (i < window) return NaN;
        const flow = (sign: number): number =>
          sum(
            last(
              price.map((_, k) => k),
              i,
              window,
            ).map((k) => (order(price[k], price[k - 1], 0) === sign ? price[k] * volume[k] : 0)),
          );
        return strength(flow(1), flow(-1));
      }),
    ];
  },
  vwap_rolling: ({ high, low, close, volume }, { window }) => {
    const price = typical(high, low, close);
    return [
      price.map((_, i) => {
        const [p, v] = [last(price, i, window), last(volume, i, window)];
        return sum(v) > 0 ? sum(p.map((x, k) => x * v[k])) / sum(v) : NaN;
      }),
    ];
  },
  vwap_session: ({ high, low, close, volume, value }) => {
    const price = typical(high, low, close);
    return [
      price.map((_, i) => {
        const start = value.findLastIndex((session, k) => k <= i && session !== value[i]) + 1;
        const [p, v] = [price.slice(start, i + 1), volume.slice(start, i + 1)];
        return sum(v) > 0 ? sum(p.map((x, k) => x * v[k])) / sum(v) : NaN;
      }),
    ];
  },
  parkinson_volatility: ({ high, low }, { window, periods_per_year: year }) => {
    const x = high.map((h, i) => Math.log(h / low[i]) ** 2);
    return [rollingMean(x, window).map((m) => Math.sqrt((m * year) / (4 * Math.log(2))))];
  },
  garman_klass_volatility: ({ open, high, low, close }, { window, periods_per_year: year }) => {
    const x = across(open, high, low, close).map(
      ([o, h, l, c]) => Math.log(h / l) ** 2 / 2 - (2 * Math.log(2) - 1) * Math.log(c / o) ** 2,
    );
    return [rollingMean(x, window).map((m) => Math.sqrt(Math.max(m, 0) * year))];
  },
  yang_zhang_volatility: ({ open, high, low, close }, { window, periods_per_year: year }) => {
    const overnight = open.map((o, i) => Math.log(o / close[i - 1]));
    const body = open.map((o, i) => Math.log(close[i] / o));
    const inside = across(open, high, low, close).map(
      ([o, h, l, c]) => Math.log(h / c) * Math.log(h / o) + Math.log(l / c) * Math.log(l / o),
    );
    const k = 0.34 / (1.34 + (window + 1) / (window - 1));
    return [
      open.map((_, i) => {
        if (i < window) return NaN;
        const part = (x: number[]): number[] => last(x, i, window);
        const total = variance(part(overnight), 1) + k * variance(part(body), 1) + (1 - k) * mean(part(inside));
        return Math.sqrt(Math.max(total, 0) * year);
      }),
    ];
  },
  get_stochastic_oscillator: ({ high, low, close }, { window }) => [
    rollingMean(position(high, low, close, window), window).map((v) => 100 * v),
  ],
};
