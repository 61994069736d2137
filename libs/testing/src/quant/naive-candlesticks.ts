import type { Columns, NaiveIndicator } from './naive-price-indicators';
import { last, mean, order } from './naive-statistics';

/** One bar with what it is judged against: the means over the bars before it. */
interface Candle {
  readonly [part: string]: number;
}

function candlesOf({ open, high, low, close }: Columns): Candle[] {
  const body = close.map((c, i) => Math.abs(c - open[i]));
  const range = high.map((h, i) => h - low[i]);
  return close.map((c, i) => {
    const before = (x: number[], n: number): number => (i < n ? NaN : mean(last(x, i - 1, n)));
    const [top, bottom] = [Math.max(c, open[i]), Math.min(c, open[i])];
    return {
      open: open[i],
      high: high[i],
      low: low[i],
      close: c,
      top,
      bottom,
      body: body[i],
      upper: high[i] - top,
      lower: bottom - low[i],
      white: order(c, open[i], 0) >= 0 ? 1 : -1,
      usual: before(body, 10),
      tenth: before(range, 10) / 10,
      near: before(range, 5) / 5,
      far: before(range, 5) * 0.6,
    };
  });
}

/** Length a against length b at the prices of a bar. */
const size = (x: Candle, a: number, b: number): number => (Math.abs(a - b) <= 1e-12 * x.high ? 0 : Math.sign(a - b));
const isLong = (x: Candle): boolean => size(x, x.body, x.usual) > 0;
const isShort = (x: Candle): boolean => size(x, x.body, x.usual) < 0;
const isDoji = (x: Candle): boolean => size(x, x.body, x.tenth) <= 0;
const noUpper = (x: Candle): boolean => size(x, x.upper, x.tenth) < 0;
const noLower = (x: Candle): boolean => size(x, x.lower, x.tenth) < 0;
const longUpper = (x: Candle): boolean => size(x, x.upper, x.body) > 0;
const longLower = (x: Candle): boolean => size(x, x.lower, x.body) > 0;
const more = (a: number, b: number): boolean => order(a, b, 0) > 0;
const least = (a: number, b: number): boolean => order(a, b, 0) >= 0;
const inside = (x: Candle, y: Candle): boolean => least(y.top, x.top) && least(x.bottom, y.bottom);
const wellInside = (x: Candle, y: Candle): boolean => more(y.top, x.top) && more(x.bottom, y.bottom);

const follows = (x: Candle, y: Candle): boolean =>
  more(x.close, y.close) &&
  more(x.open, y.open) &&
  least(y.close + y.near, x.open) &&
  size(x, x.body, y.body - y.far) > 0;
const falls = (x: Candle, y: Candle): boolean =>
  more(y.open, x.open) && more(x.open, y.close) && more(y.close, x.close);

/** The sign on the newest candle x, with y, z and w the ones before it. */
type Pattern = (x: Candle, y: Candle, z: Candle, w: Candle, share: number) => number;

const when = (sign: number, ...conditions: boolean[]): number => (conditions.every(Boolean) ? sign : 0);

/** First bar with a value, and the pattern. */
const patterns: Readonly<Record<string, readonly [first: number, pattern: Pattern]>> = {
  doji: [10, (x) => when(1, isDoji(x))],
  dragonfly_doji: [10, (x) => when(1, isDoji(x), noUpper(x), size(x, x.lower, x.tenth) > 0)],
  gravestone_doji: [10, (x) => when(1, isDoji(x), noLower(x), size(x, x.upper, x.tenth) > 0)],
  marubozu: [10, (x) => when(x.white, isLong(x), noUpper(x), noLower(x))],
  spinning_top: [10, (x) => when(x.white, isShort(x), longUpper(x), longLower(x))],
  hammer: [11, (x, y) => when(1, isShort(x), longLower(x), noUpper(x), least(y.low + y.near, x.bottom))],
  hanging_man: [11, (x, y) => when(-1, isShort(x), longLower(x), noUpper(x), least(x.bottom, y.high - y.near))],
  inverted_hammer: [11, (x, y) => when(1, isShort(x), longUpper(x), noLower(x), more(y.bottom, x.top))],
  shooting_star: [11, (x, y) => when(-1, isShort(x), longUpper(x), noLower(x), more(x.bottom, y.top))],
  engulfing: [2, (x, y) => when(x.white, x.white !== y.white, inside(y, x), !inside(x, y))],
  harami: [11, (x, y) => when(-y.white, isLong(y), !isLong(x), inside(x, y))],
  harami_cross: [11, (x, y) => when(-y.white, isLong(y), isDoji(x), inside(x, y))],
  piercing_line: [
    11,
    (x, y) =>
      when(
        1,
        y.white < 0 && isLong(y) && x.white > 0 && isLong(x),
        more(y.low, x.open) && more(y.open, x.close),
        more(x.close, (y.open + y.close) / 2),
      ),
  ],
  dark_cloud_cover: [
    11,
    (x, y, _z, _w, share) =>
      when(
        -1,
        y.white > 0 && isLong(y) && x.white < 0,
        more(x.open, y.high) && more(x.close, y.open),
        more(y.close - share * y.body, x.close),
      ),
  ],
  morning_star: [
    12,
    (x, y, z, _w, share) =>
      when(
        1,
        isLong(z) && z.white < 0 && !isLong(y) && isLong(x) && x.white > 0,
        more(z.bottom, y.top) && more(x.close, z.close + share * z.body),
      ),
  ],
  evening_star: [
    12,
    (x, y, z, _w, share) =>
      when(
        -1,
        isLong(z) && z.white > 0 && !isLong(y) && isLong(x) && x.white < 0,
        more(y.bottom, z.top) && more(z.close - share * z.body, x.close),
      ),
  ],
  three_white_soldiers: [
    12,
    (x, y, z) =>
      when(
        1,
        [x, y, z].every((v) => v.white > 0 && noUpper(v)),
        follows(y, z),
        follows(x, y),
        isLong(x),
      ),
  ],
  three_black_crows: [
    13,
    (x, y, z, w) =>
      when(
        -1,
        w.white > 0 && [x, y, z].every((v) => v.white < 0 && noLower(v)),
        more(w.high, z.close) && falls(y, z) && falls(x, y),
      ),
  ],
  three_inside: [
    12,
    (x, y, z) =>
      when(
        -z.white,
        isLong(z),
        !isLong(y),
        wellInside(y, z),
        x.white !== z.white,
        z.white * order(x.close, z.open, 0) < 0,
      ),
  ],
  three_outside: [
    3,
    (x, y, z) => when(y.white, y.white !== z.white, wellInside(z, y), y.white * order(x.close, y.close, 0) > 0),
  ],
};

/** Candlestick patterns from the whole series of bars. */
export const naiveCandlesticks: Readonly<Record<string, NaiveIndicator>> = Object.fromEntries(
  Object.entries(patterns).map(([key, [first, pattern]]) => [
    key,
    (bars: Columns, { penetration = 0 }: Record<string, number>) => {
      const candles = candlesOf(bars);
      return [
        candles.map((x, i) =>
          i < first ? NaN : pattern(x, candles[i - 1], candles[i - 2], candles[i - 3], penetration),
        ),
      ];
    },
  ]),
);
