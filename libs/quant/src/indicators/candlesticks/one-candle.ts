import { isAbove, isAtLeast, isAtMost, isBelow, WITH_UNIT } from '../../comparison/comparison';
import type { Candles } from './candles';
import { candlestick } from './candlestick';

/** A short body at the upper end of the range, the lower shadow longer than the body. */
const hangs = (c: Candles): boolean => c.bodyOrder(0) < 0 && c.lowerIsLong(0) && c.upperOrder(0) < 0;
/** A short body at the lower end of the range, the upper shadow longer than the body. */
const stands = (c: Candles): boolean => c.bodyOrder(0) < 0 && c.upperIsLong(0) && c.lowerOrder(0) < 0;

/** Doji: 1 where the body is at most a tenth of the mean range. Lookback 10. O(1) per bar. Source: TA-Lib CDLDOJI. */
export const doji = candlestick({
  key: 'doji',
  description: '1 for a doji, a bar without body',
  lookback: 10,
  sign: (c) => (c.isDoji(0) ? 1 : 0),
});

/**
 * Dragonfly doji: 1 for a doji without upper shadow and with a lower one. Lookback 10. O(1) per bar. Source: TA-Lib
 * CDLDRAGONFLYDOJI.
 */
export const dragonflyDoji = candlestick({
  key: 'dragonfly_doji',
  description: '1 for a doji at the high',
  lookback: 10,
  sign: (c) => (c.isDoji(0) && c.upperOrder(0) < 0 && c.lowerOrder(0) > 0 ? 1 : 0),
});

/**
 * Gravestone doji: 1, as TA-Lib's 100, for a doji without lower shadow and with an upper one. Lookback 10. O(1) per bar.
 * Source: TA-Lib CDLGRAVESTONEDOJI.
 */
export const gravestoneDoji = candlestick({
  key: 'gravestone_doji',
  description: '1 for a doji at the low',
  lookback: 10,
  sign: (c) => (c.isDoji(0) && c.lowerOrder(0) < 0 && c.upperOrder(0) > 0 ? 1 : 0),
});

/**
 * Marubozu: 1 (white) or -1 (black) for a long body without shadows. Lookback 10. O(1) per bar. Source: TA-Lib
 * CDLMARUBOZU.
 */
export const marubozu = candlestick({
  key: 'marubozu',
  description: '1 or -1 for a long white or black body without shadows',
  lookback: 10,
  sign: (c) => (c.bodyOrder(0) > 0 && c.upperOrder(0) < 0 && c.lowerOrder(0) < 0 ? c.colour(0) : 0),
});

/**
 * Spinning top: 1 (white) or -1 (black) for a short body and two shadows longer than it. Lookback 10. O(1) per bar.
 * Source: TA-Lib CDLSPINNINGTOP.
 */
export const spinningTop = candlestick({
  key: 'spinning_top',
  description: '1 or -1 for a short white or black body between two longer shadows',
  lookback: 10,
  sign: (c) => (c.bodyOrder(0) < 0 && c.upperIsLong(0) && c.lowerIsLong(0) ? c.colour(0) : 0),
});

/**
 * Hammer: 1 for a short body at the top of its range over a longer lower shadow, near the low of the bar before or below.
 * Lookback 11. O(1) per bar. Source: TA-Lib CDLHAMMER.
 */
export const hammer = candlestick({
  key: 'hammer',
  description: '1 for a hammer near the low before',
  lookback: 11,
  sign: (c) => (hangs(c) && isAtMost(c.bottom(0), c.low(1) + c.near(1), WITH_UNIT) ? 1 : 0),
});

/**
 * Hanging man: -1 for the bar of a hammer near the high of the bar before or above. Lookback 11. O(1) per bar. Source:
 * TA-Lib CDLHANGINGMAN.
 */
export const hangingMan = candlestick({
  key: 'hanging_man',
  description: '-1 for a hanging man near the high before',
  lookback: 11,
  sign: (c) => (hangs(c) && isAtLeast(c.bottom(0), c.high(1) - c.near(1), WITH_UNIT) ? -1 : 0),
});

/**
 * Inverted hammer: 1 for a short body at the bottom of its range under a longer upper shadow, below the body before.
 * Lookback 11. O(1) per bar. Source: TA-Lib CDLINVERTEDHAMMER.
 */
export const invertedHammer = candlestick({
  key: 'inverted_hammer',
  description: '1 for an inverted hammer below the body before',
  lookback: 11,
  sign: (c) => (stands(c) && isBelow(c.top(0), c.bottom(1), WITH_UNIT) ? 1 : 0),
});

/**
 * Shooting star: -1 for the bar of an inverted hammer above the body before. Lookback 11. O(1) per bar. Source: TA-Lib
 * CDLSHOOTINGSTAR.
 */
export const shootingStar = candlestick({
  key: 'shooting_star',
  description: '-1 for a shooting star above the body before',
  lookback: 11,
  sign: (c) => (stands(c) && isAbove(c.bottom(0), c.top(1), WITH_UNIT) ? -1 : 0),
});
