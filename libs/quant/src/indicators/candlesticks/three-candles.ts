import { isAbove, isAtMost, isBelow, WITH_UNIT } from '../../comparison/comparison';
import type { Candles } from './candles';
import { candlestick, penetration } from './candlestick';

const above = (a: number, b: number): boolean => isAbove(a, b, WITH_UNIT);
const below = (a: number, b: number): boolean => isBelow(a, b, WITH_UNIT);

/** A long body, then one that is not, then one that is longer than short. */
const longShortLonger = (c: Candles): boolean => c.bodyOrder(2) > 0 && c.bodyOrder(1) <= 0 && c.bodyOrder(0) > 0;

/**
 * Morning star: 1 for a long black body, a body that is not long wholly below it, and a white one that is long enough and
 * closes more than `penetration` of the first body above its close. Lookback 12. O(1) per bar. Source: TA-Lib
 * CDLMORNINGSTAR.
 */
export const morningStar = candlestick({
  key: 'morning_star',
  description: '1 for a short body below a long black one, and a white one back into it',
  lookback: 12,
  parameters: penetration(0.3),
  sign(c, { penetration: share }) {
    if (!longShortLonger(c) || c.colour(2) > 0 || c.colour(0) < 0 || !below(c.top(1), c.bottom(2))) return 0;
    return above(c.close(0), c.close(2) + c.body(2) * share) ? 1 : 0;
  },
});

/**
 * Evening star: -1 for a long white body, a body that is not long wholly above it, and a black one that is long enough and
 * closes more than `penetration` of the first body below its close. Lookback 12. O(1) per bar. Source: TA-Lib
 * CDLEVENINGSTAR.
 */
export const eveningStar = candlestick({
  key: 'evening_star',
  description: '-1 for a short body above a long white one, and a black one back into it',
  lookback: 12,
  parameters: penetration(0.3),
  sign(c, { penetration: share }) {
    if (!longShortLonger(c) || c.colour(2) < 0 || c.colour(0) > 0 || !above(c.bottom(1), c.top(2))) return 0;
    return below(c.close(0), c.close(2) - c.body(2) * share) ? -1 : 0;
  },
});

/** The bar k bars ago opens above the open before it and not far above its close, and is not far shorter. */
const advances = (c: Candles, k: number): boolean =>
  above(c.close(k), c.close(k + 1)) &&
  above(c.open(k), c.open(k + 1)) &&
  isAtMost(c.open(k), c.close(k + 1) + c.near(k + 1), WITH_UNIT) &&
  c.order(k, c.body(k), c.body(k + 1) - c.far(k + 1)) > 0;

/**
 * Three white soldiers: 1 for three white bodies with hardly an upper shadow, each opening in or near the body before and
 * closing higher, none far shorter than the one before, the last not short. Lookback 12. O(1) per bar. Source: TA-Lib
 * CDL3WHITESOLDIERS.
 */
export const threeWhiteSoldiers = candlestick({
  key: 'three_white_soldiers',
  description: '1 for three advancing white bodies without upper shadow',
  lookback: 12,
  sign(c) {
    for (let k = 0; k < 3; k++) if (c.colour(k) < 0 || c.upperOrder(k) >= 0) return 0;
    return advances(c, 1) && advances(c, 0) && c.bodyOrder(0) > 0 ? 1 : 0;
  },
});

/** The bar k bars ago opens in the body of the black bar before it and closes lower. */
const declines = (c: Candles, k: number): boolean =>
  below(c.open(k), c.open(k + 1)) && above(c.open(k), c.close(k + 1)) && below(c.close(k), c.close(k + 1));

/**
 * Three black crows: -1 for three black bodies with hardly a lower shadow after a white one, the first closing below its
 * high, each other opening in the body before and closing lower. Lookback 13. O(1) per bar. Source: TA-Lib
 * CDL3BLACKCROWS.
 */
export const threeBlackCrows = candlestick({
  key: 'three_black_crows',
  description: '-1 for three declining black bodies without lower shadow after a white one',
  lookback: 13,
  sign(c) {
    for (let k = 0; k < 3; k++) if (c.colour(k) > 0 || c.lowerOrder(k) >= 0) return 0;
    return c.colour(3) > 0 && below(c.close(2), c.high(3)) && declines(c, 1) && declines(c, 0) ? -1 : 0;
  },
});

/** The body of one bar reaches over both ends of that of the other. */
const coversBody = (c: Candles, outer: number, inner: number): boolean =>
  above(c.top(outer), c.top(inner)) && below(c.bottom(outer), c.bottom(inner));

/**
 * Three inside: 1 or -1 against the colour of a long body that has a body which is not long strictly within it next, and
 * then a bar of the other colour that closes beyond its open. Lookback 12. O(1) per bar. Source: TA-Lib CDL3INSIDE.
 */
export const threeInside = candlestick({
  key: 'three_inside',
  description: '1 or -1 for a short body within a long black or white one, and a close out of it',
  lookback: 12,
  sign(c) {
    const turn = -c.colour(2);
    if (c.bodyOrder(2) <= 0 || c.bodyOrder(1) > 0 || !coversBody(c, 2, 1) || c.colour(0) !== turn) return 0;
    return turn > 0 ? (above(c.close(0), c.open(2)) ? 1 : 0) : below(c.close(0), c.open(2)) ? -1 : 0;
  },
});

/**
 * Three outside: 1 or -1 by the colour of a body that reaches over both ends of the opposite one before it, where the next
 * close goes on beyond its own. Lookback 3, as TA-Lib starts a bar late. O(1) per bar. Source: TA-Lib CDL3OUTSIDE.
 */
export const threeOutside = candlestick({
  key: 'three_outside',
  description: '1 or -1 for a body over the opposite one before, and a close that goes on',
  lookback: 3,
  sign(c) {
    const turn = c.colour(1);
    if (turn === c.colour(2) || !coversBody(c, 1, 2)) return 0;
    return turn > 0 ? (above(c.close(0), c.close(1)) ? 1 : 0) : below(c.close(0), c.close(1)) ? -1 : 0;
  },
});
