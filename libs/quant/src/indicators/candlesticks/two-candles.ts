import { isAbove, isAtLeast, isAtMost, isBelow, WITH_UNIT } from '../../comparison/comparison';
import type { Candles } from './candles';
import { candlestick, penetration } from './candlestick';

/** The body k bars ago lies in the body of the bar before it or is as large. */
const isWithin = (c: Candles, k: number): boolean =>
  isAtMost(c.top(k), c.top(k + 1), WITH_UNIT) && isAtLeast(c.bottom(k), c.bottom(k + 1), WITH_UNIT);

/**
 * Engulfing: 1 or -1 by the colour of a body that covers the body of the other colour before it and is larger. Lookback
 * 2, as TA-Lib starts a bar late. O(1) per bar. Source: TA-Lib CDLENGULFING.
 */
export const engulfing = candlestick({
  key: 'engulfing',
  description: '1 or -1 for a white or black body over the smaller opposite one before',
  lookback: 2,
  sign(c) {
    const higher = isAbove(c.top(0), c.top(1), WITH_UNIT);
    const lower = isBelow(c.bottom(0), c.bottom(1), WITH_UNIT);
    const covers = isAtLeast(c.top(0), c.top(1), WITH_UNIT) && isAtMost(c.bottom(0), c.bottom(1), WITH_UNIT);
    return c.colour(0) !== c.colour(1) && covers && (higher || lower) ? c.colour(0) : 0;
  },
});

/**
 * Harami: a body that is not long within a long one, 1 after a black and -1 after a white one, of either colour itself.
 * Lookback 11. O(1) per bar. Source: TA-Lib CDLHARAMI.
 */
export const harami = candlestick({
  key: 'harami',
  description: '1 or -1 for a short body within the long black or white one before',
  lookback: 11,
  sign: (c) => (c.bodyOrder(1) > 0 && c.bodyOrder(0) <= 0 && isWithin(c, 0) ? -c.colour(1) : 0),
});

/** Harami cross: a harami whose second bar is a doji. Lookback 11. O(1) per bar. Source: TA-Lib CDLHARAMICROSS. */
export const haramiCross = candlestick({
  key: 'harami_cross',
  description: '1 or -1 for a doji within the long black or white body before',
  lookback: 11,
  sign: (c) => (c.bodyOrder(1) > 0 && c.isDoji(0) && isWithin(c, 0) ? -c.colour(1) : 0),
});

/**
 * Piercing line: 1 for a long white body that opens below the low of a long black one and closes within it, above its
 * middle. Lookback 11. O(1) per bar. Source: TA-Lib CDLPIERCING.
 */
export const piercingLine = candlestick({
  key: 'piercing_line',
  description: '1 for a white body from below the low to above the middle of the black one before',
  lookback: 11,
  sign(c) {
    const bodies = c.colour(1) < 0 && c.bodyOrder(1) > 0 && c.colour(0) > 0 && c.bodyOrder(0) > 0;
    if (!bodies || !isBelow(c.open(0), c.low(1), WITH_UNIT) || !isBelow(c.close(0), c.open(1), WITH_UNIT)) return 0;
    return isAbove(c.close(0), c.close(1) + c.body(1) * 0.5, WITH_UNIT) ? 1 : 0;
  },
});

/**
 * Dark cloud cover: -1 for a black body that opens above the high of a long white one and closes within it, by more than
 * `penetration` of it below its close. Lookback 11. O(1) per bar. Source: TA-Lib CDLDARKCLOUDCOVER.
 */
export const darkCloudCover = candlestick({
  key: 'dark_cloud_cover',
  description: '-1 for a black body from above the high into the long white one before',
  lookback: 11,
  parameters: penetration(0.5),
  sign(c, { penetration: share }) {
    if (c.colour(1) < 0 || c.bodyOrder(1) <= 0 || c.colour(0) > 0) return 0;
    if (!isAbove(c.open(0), c.high(1), WITH_UNIT) || !isAbove(c.close(0), c.open(1), WITH_UNIT)) return 0;
    return isBelow(c.close(0), c.close(1) - c.body(1) * share, WITH_UNIT) ? -1 : 0;
  },
});
