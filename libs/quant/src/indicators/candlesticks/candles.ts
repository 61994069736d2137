import { isAtLeast, TIE, WITH_UNIT } from '../../comparison/comparison';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';

/**
 * What "long", "short" and "near" mean, for all patterns: `factor` x a mean over the `bars` before the bar that is judged,
 * which is not among them. The defaults of TA-Lib's candle settings; its ShadowLong is the bar's own body.
 */
export const candleSettings = {
  /** Of the mean body: BodyLong, BodyShort. */
  body: { bars: 10, factor: 1 },
  /** Of the mean range, high - low: BodyDoji. */
  doji: { bars: 10, factor: 0.1 },
  /** Of the mean range: ShadowVeryShort. */
  veryShortShadow: { bars: 10, factor: 0.1 },
  /** Of the mean range: Near. */
  near: { bars: 5, factor: 0.2 },
  /** Of the mean range: Far. */
  far: { bars: 5, factor: 0.6 },
} as const;

/** The most bars that a pattern has: a power of 2, whose ring is a mask. */
const DEPTH = 4;
/** [open, high, low, close, mean body, mean range, mean range of the short window], the means of the bars before. */
const RECORD = 7;
const [BODY, RANGE, SHORT_RANGE] = [4, 5, 6];

const long = candleSettings.body.bars;
const short = candleSettings.near.bars;
const RANGES = rollingMeanSize(long);
const SHORT_RANGES = RANGES + rollingMeanSize(long);
const MEANS = SHORT_RANGES + rollingMeanSize(short);
/** Number of bars, then their ring. */
const COUNT = MEANS + 3;
const RECORDS = COUNT + 1;

/**
 * The newest bars of a state, `k` bars ago, and how they compare. Prices that equal but for rounding tie, and so do
 * lengths that differ by less than the rounding of the prices whose differences they are.
 */
export class Candles {
  static readonly size = RECORDS + DEPTH * RECORD;
  private s: Float64Array = new Float64Array(0);

  /** Takes a bar into the state and looks at it. Returns the number of bars taken. */
  push(s: Float64Array, bar: Float64Array): number {
    this.s = s;
    const body = Math.abs(bar[3] - bar[0]);
    const range = bar[1] - bar[2];
    const at = RECORDS + (s[COUNT] & (DEPTH - 1)) * RECORD;
    for (let c = 0; c < 4; c++) s[at + c] = bar[c];
    for (let m = 0; m < 3; m++) s[at + BODY + m] = s[MEANS + m];
    s[COUNT]++;
    // a mean that is not there yet is not judged by, and a state holds numbers only
    s[MEANS] = rollingMeanStep(s, 0, long, body) || 0;
    s[MEANS + 1] = rollingMeanStep(s, RANGES, long, range) || 0;
    s[MEANS + 2] = rollingMeanStep(s, SHORT_RANGES, short, range) || 0;
    return s[COUNT];
  }

  open(k: number): number {
    return this.s[this.at(k)];
  }
  high(k: number): number {
    return this.s[this.at(k) + 1];
  }
  low(k: number): number {
    return this.s[this.at(k) + 2];
  }
  close(k: number): number {
    return this.s[this.at(k) + 3];
  }
  /** Higher end of the body. */
  top(k: number): number {
    return Math.max(this.open(k), this.close(k));
  }
  /** Lower end of the body. */
  bottom(k: number): number {
    return Math.min(this.open(k), this.close(k));
  }
  body(k: number): number {
    return this.top(k) - this.bottom(k);
  }
  near(k: number): number {
    return candleSettings.near.factor * this.s[this.at(k) + SHORT_RANGE];
  }
  far(k: number): number {
    return candleSettings.far.factor * this.s[this.at(k) + SHORT_RANGE];
  }

  /** 1 for a close at or above the open, else -1. */
  colour(k: number): number {
    return isAtLeast(this.close(k), this.open(k), WITH_UNIT) ? 1 : -1;
  }

  /** -1, 0 or 1: the body against a long one. */
  bodyOrder(k: number): number {
    return this.order(k, this.body(k), candleSettings.body.factor * this.s[this.at(k) + BODY]);
  }
  isDoji(k: number): boolean {
    return this.order(k, this.body(k), candleSettings.doji.factor * this.s[this.at(k) + RANGE]) <= 0;
  }
  /** -1, 0 or 1: the upper shadow against a very short one. */
  upperOrder(k: number): number {
    return this.order(k, this.high(k) - this.top(k), this.veryShort(k));
  }
  /** -1, 0 or 1: the lower shadow against a very short one. */
  lowerOrder(k: number): number {
    return this.order(k, this.bottom(k) - this.low(k), this.veryShort(k));
  }
  upperIsLong(k: number): boolean {
    return this.order(k, this.high(k) - this.top(k), this.body(k)) > 0;
  }
  lowerIsLong(k: number): boolean {
    return this.order(k, this.bottom(k) - this.low(k), this.body(k)) > 0;
  }

  /** -1, 0 or 1 as length a is below, equal to or above b, at the prices of bar k. */
  order(k: number, a: number, b: number): number {
    const rounding = TIE * Math.max(Math.abs(this.high(k)), Math.abs(this.low(k)));
    return a > b + rounding ? 1 : a < b - rounding ? -1 : 0;
  }

  /** Place of the record of bar k. */
  private at(k: number): number {
    return RECORDS + ((this.s[COUNT] - 1 - k) & (DEPTH - 1)) * RECORD;
  }

  private veryShort(k: number): number {
    return candleSettings.veryShortShadow.factor * this.s[this.at(k) + RANGE];
  }
}
