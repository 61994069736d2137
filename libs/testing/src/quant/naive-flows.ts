import { adx, movements, moves } from './naive-bar-indicators';
import type { NaiveIndicator } from './naive-price-indicators';
import { exponentialMean, last, sum } from './naive-statistics';

/** The accumulation/distribution line, each value summed anew. */
const accumulated = (high: number[], low: number[], close: number[], volume: number[]): number[] => {
  const flow = close.map((c, i) =>
    high[i] > low[i] ? volume[i] * ((2 * c - low[i] - high[i]) / (high[i] - low[i])) : 0,
  );
  return flow.map((_, i) => sum(flow.slice(0, i + 1)));
};

const middle = (high: number[], low: number[], i: number, window: number): number =>
  i + 1 < window ? NaN : (Math.max(...last(high, i, window)) + Math.min(...last(low, i, window))) / 2;

/** Volume flows, directional movement and levels of the past. */
export const naiveFlows: Readonly<Record<string, NaiveIndicator>> = {
  ad: ({ high, low, close, volume }) => [accumulated(high, low, close, volume)],
  adosc: ({ high, low, close, volume }, { fast, slow }) => {
    const line = accumulated(high, low, close, volume);
    const [quick, late] = [fast, slow].map((length) => exponentialMean(line, 0, 1, 2 / (length + 1)));
    return [line.map((_, i) => (i < slow - 1 ? NaN : quick[i] - late[i]))];
  },
  directional_movement: ({ high, low }, { window }) => {
    const raw = moves(high, low);
    return movements(high, low, window).map((smooth, side) =>
      smooth.map((v, i) => (i === window - 1 ? sum(raw[side].slice(1, window)) : v)),
    );
  },
  dx: ({ high, low }, { window }) => {
    const [plus, minus] = movements(high, low, window);
    return [plus.map((p, i) => (p + minus[i] > 0 ? (100 * Math.abs(p - minus[i])) / (p + minus[i]) : NaN))];
  },
  adxr: ({ high, low }, { window }) => {
    const average = adx(high, low, window);
    return [average.map((v, i) => (v + (average[i - window + 1] ?? NaN)) / 2)];
  },
  ichimoku: ({ high, low, close }, { conversion, base, span, displacement }) => {
    const rows = close.map((c, i) => {
      const then = i - displacement;
      if (then + 1 < Math.max(conversion, base, span)) return Array<number>(5).fill(NaN);
      const at = (k: number, window: number): number => middle(high, low, k, window);
      const lines = [at(i, conversion), at(i, base), (at(then, conversion) + at(then, base)) / 2, at(then, span)];
      return [...lines, c - close[then]];
    });
    return [0, 1, 2, 3, 4].map((k) => rows.map((row) => row[k]));
  },
  pivot_points: ({ high, low, close, value }) => {
    const rows = close.map((_, i) => {
      const end = value.findLastIndex((session, k) => k <= i && session !== value[i]);
      const start = value.findLastIndex((session, k) => k <= end && session !== value[end]) + 1;
      if (end < 0) return Array<number>(7).fill(NaN);
      const [top, bottom] = [Math.max(...high.slice(start, end + 1)), Math.min(...low.slice(start, end + 1))];
      const p = (top + bottom + close[end]) / 3;
      const far = [top + 2 * (p - bottom), bottom - 2 * (top - p)];
      return [p, p + (p - bottom), p - (top - p), p + (top - bottom), p - (top - bottom), ...far];
    });
    return [0, 1, 2, 3, 4, 5, 6].map((k) => rows.map((row) => row[k]));
  },
};
