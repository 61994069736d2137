import { isAtLeast, isAtMost, WITH_UNIT } from '../../comparison/comparison';
import { atrWindows, measured } from './order-rules';
import { reachesEntry, waitsForRise } from './protective-levels';
import type { MeasuredDistance, OrderedLevels, ProtectiveLevels, RestingEntry } from './protective-levels';
import {
  codeOf,
  PROTECTIVE_REASONS,
  type OrderRules,
  type PriceDistance,
  type ProtectionRules,
  type ProtectiveReason,
} from './types';

/** State of `PositionRules`, one double each. */
const SIDE = 0;
const ENTRY = 1;
const BEST_CLOSE = 2;
const BEST_EXTREME = 3;
const BARS_HELD = 4;
/** 1 when the entry was filled in the middle of its bar. */
const BORN_WITHIN = 5;
const AT_BREAKEVEN = 6;
const TRAIL = 7;
/** Side whose signal must have been off before it is entered again. */
const BLOCKED = 8;
/** Closes at which nothing is entered. */
const PAUSE = 9;
/** Target of the last close, for fill `next_open` what its next open fills. */
const WANTED = 10;
/** A resting entry order: its side, level, bars left and the weight that it fills. */
const ORDER_SIDE = 11;
const ORDER_LEVEL = 12;
const ORDER_LEFT = 13;
const ORDER_WEIGHT = 14;
/** Share and amount of stop, target, trail and breakeven, as measured at the close that decided the entry. */
const STOP = 15;
const TARGET = 17;
const TRAILING = 19;
const BREAKEVEN = 21;
const FIELDS = 23;

const STOP_LOSS = codeOf('stop_loss');
const TAKE_PROFIT = codeOf('take_profit');
const TRAILING_STOP = codeOf('trailing_stop');
const AT_ENTRY = codeOf('breakeven');
const TIME_STOP = codeOf('time_stop');

/** Most fills between the open and the close of one bar: an entry and its exit. */
export const MOST_FILLS = 2;

/**
 * The one definition of stops, targets, time stops, re-entry and resting entry orders: what bar after bar of prices and
 * wanted weights makes of the position. Streaming; a batch is the same machine over columns.
 *
 * A bar in order: its open fills the target of the close before (fill `next_open`) or a resting entry that it reaches; a
 * level that it opens beyond is filled at the open; then the stop, then the target are filled at their price; its close
 * moves the trailing stop and decides. So a bar's own extremes never move a stop within it, of a stop and a target in one
 * bar the stop counts, and a target never counts in the bar in whose middle its position was opened. Levels are touched
 * by what equals them but for rounding.
 *
 * Levels are distances from the price of the first fill of a position; a changed weight on the same side moves none.
 * Average true ranges are those of the close that decided the entry. Without one nothing is entered.
 */
export class PositionRules {
  /** Target in force after the last bar. */
  weight = 0;
  /** Code of the reason where the rules decided a target of 0 at the last close, else 0. */
  decided = 0;
  /** Code of the reason of the exit in the last bar, or decided at its close, else 0. */
  exited = 0;
  /** Fills of the last bar beside those of the targets. */
  fills = 0;
  readonly fillPrice = new Float64Array(MOST_FILLS);
  readonly fillWeight = new Float64Array(MOST_FILLS);
  readonly fillReason = new Uint8Array(MOST_FILLS);
  private readonly s = new Float64Array(FIELDS).fill(NaN);
  private readonly windows: readonly number[];
  private readonly protection: ProtectionRules;

  constructor(
    private readonly rules: OrderRules,
    private readonly fillsAtClose: boolean,
  ) {
    this.windows = atrWindows(rules);
    this.protection = rules.protection ?? { reEntry: { rule: 'immediately' } };
    for (const field of [SIDE, BARS_HELD, BORN_WITHIN, AT_BREAKEVEN, BLOCKED, PAUSE, WANTED]) this.s[field] = 0;
    for (const field of [ORDER_SIDE, ORDER_LEFT]) this.s[field] = 0;
  }

  save(): Float64Array {
    return this.s.slice();
  }

  load(state: Float64Array): void {
    this.s.set(state);
    this.weight = this.s[WANTED];
    this.decided = this.exited = this.fills = 0;
  }

  /**
   * Takes a closed bar and the weight that the strategy wants at its close.
   * @param ranges average true range at this close for each of `atrWindows`
   */
  step(open: number, high: number, low: number, close: number, wanted: number, ranges: Float64Array): void {
    const o = open > 0 ? open : close;
    const h = high > 0 ? high : Math.max(o, close);
    const l = low > 0 ? low : Math.min(o, close);
    this.fills = 0;
    this.exited = 0;
    if (!this.fillsAtClose) this.fillTarget(o);
    this.fillOrder(o, h, l);
    if (this.s[SIDE] !== 0) this.watch(o, h, l);
    if (this.s[SIDE] !== 0) this.follow(h, l, close);
    this.decide(close, wanted, ranges);
    if (this.fillsAtClose) this.fillTarget(close);
  }

  /** What protects the position in the next bar; null while nothing is held, waits for its open or rests as an order. */
  levels(): ProtectiveLevels | null {
    const { s } = this;
    const next = Math.sign(s[WANTED]);
    if (next === 0) return s[ORDER_SIDE] === 0 ? null : this.ordered(s[ORDER_SIDE] as -1 | 1, this.resting());
    const side = next as -1 | 1;
    if (next !== s[SIDE]) return this.ordered(side);
    const price = this.stop();
    const target = this.target();
    return {
      side,
      entryPrice: s[ENTRY],
      stop: price === price ? { reason: PROTECTIVE_REASONS[this.stopReason() - 1], price } : null,
      target: target === target ? target : null,
    };
  }

  /** Price of the entry order that the last bar has filled; NaN where it has filled none. */
  get enteredAt(): number {
    return this.fills > 0 && this.fillReason[0] === 0 ? this.fillPrice[0] : NaN;
  }

  private ordered(side: -1 | 1, resting?: RestingEntry): OrderedLevels {
    const stops = [
      ...this.distanceAt(STOP, 'stop_loss' as const),
      ...this.distanceAt(TRAILING, 'trailing_stop' as const),
    ];
    const target = this.distanceAt(TARGET, 'take_profit').at(0) ?? null;
    return { side, entryPrice: null, stops, target, ...(resting && { resting }) };
  }

  private resting(): RestingEntry {
    const { s } = this;
    const { type } = this.rules.entryOrder!;
    return { type, level: s[ORDER_LEVEL], weight: s[ORDER_WEIGHT], barsLeft: s[ORDER_LEFT] };
  }

  private distanceAt<R extends ProtectiveReason>(at: number, reason: R): MeasuredDistance<R>[] {
    const [share, amount] = [this.s[at], this.s[at + 1]];
    return share === share ? [{ reason, share, amount }] : [];
  }

  private fillTarget(price: number): void {
    const { s } = this;
    const next = Math.sign(s[WANTED]);
    if (next === s[SIDE]) return;
    if (next === 0) s[SIDE] = 0;
    else this.enter(next, price, false);
  }

  private enter(side: number, price: number, within: boolean): void {
    const { s } = this;
    s[SIDE] = side;
    s[ENTRY] = s[BEST_CLOSE] = s[BEST_EXTREME] = price;
    s[BARS_HELD] = 0;
    s[BORN_WITHIN] = within ? 1 : 0;
    s[AT_BREAKEVEN] = 0;
    s[TRAIL] = this.protection.trailingStop === undefined ? NaN : this.level(TRAILING, price, -side);
  }

  /** A resting entry order in its bar. */
  private fillOrder(open: number, high: number, low: number): void {
    const { s } = this;
    const side = s[ORDER_SIDE];
    if (side === 0) return;
    const level = s[ORDER_LEVEL];
    const isRise = waitsForRise(this.rules.entryOrder!.type, side);
    const atOpen = reachesEntry(isRise, level, open);
    if (atOpen || reachesEntry(isRise, level, isRise ? high : low)) {
      const price = atOpen ? open : level;
      s[ORDER_SIDE] = 0;
      this.note(price, s[ORDER_WEIGHT], 0);
      this.enter(side, price, !atOpen);
      s[WANTED] = s[ORDER_WEIGHT];
      return;
    }
    s[ORDER_LEFT] -= 1;
    if (s[ORDER_LEFT] > 0) return;
    s[ORDER_SIDE] = 0;
    s[BLOCKED] = side;
  }

  private note(price: number, weight: number, reason: number): void {
    this.fillPrice[this.fills] = price;
    this.fillWeight[this.fills] = weight;
    this.fillReason[this.fills] = reason;
    this.fills += 1;
  }

  /** Stop and target in a bar, after what its open has filled. */
  private watch(open: number, high: number, low: number): void {
    const { s } = this;
    const long = s[SIDE] > 0;
    const stop = this.stop();
    const target = this.target();
    const within = s[BORN_WITHIN] === 1 && s[BARS_HELD] === 0;
    const falls = (price: number): boolean =>
      long ? isAtMost(price, stop, WITH_UNIT) : isAtLeast(price, stop, WITH_UNIT);
    const rises = (price: number): boolean =>
      long ? isAtLeast(price, target, WITH_UNIT) : isAtMost(price, target, WITH_UNIT);
    if (!within && falls(open)) this.exit(open, this.stopReason());
    else if (!within && rises(open)) this.exit(open, TAKE_PROFIT);
    else if (falls(long ? low : high)) this.exit(stop, this.stopReason());
    else if (!within && rises(long ? high : low)) this.exit(target, TAKE_PROFIT);
  }

  private exit(price: number, reason: number): void {
    this.note(price, 0, reason);
    this.block(this.s[SIDE]);
    this.s[SIDE] = 0;
    this.exited = reason;
  }

  private block(side: number): void {
    const { reEntry } = this.protection;
    if (reEntry.rule === 'after_signal_off') this.s[BLOCKED] = side;
    else if (reEntry.rule === 'after_bars') this.s[PAUSE] = reEntry.bars;
  }

  /** What a bar that is over moves. */
  private follow(high: number, low: number, close: number): void {
    const { s } = this;
    const side = s[SIDE];
    const { trailingStop, breakeven } = this.protection;
    const within = s[BORN_WITHIN] === 1 && s[BARS_HELD] === 0;
    s[BARS_HELD] += 1;
    if (side * (close - s[BEST_CLOSE]) > 0) s[BEST_CLOSE] = close;
    const extreme = within ? close : side > 0 ? high : low;
    if (side * (extreme - s[BEST_EXTREME]) > 0) s[BEST_EXTREME] = extreme;
    if (trailingStop !== undefined) {
      const best = trailingStop.follows === 'close' ? s[BEST_CLOSE] : s[BEST_EXTREME];
      const level = this.level(TRAILING, best, -side);
      if (side * (level - s[TRAIL]) > 0) s[TRAIL] = level;
    }
    if (breakeven === undefined || s[AT_BREAKEVEN] === 1) return;
    const moved = this.level(BREAKEVEN, s[ENTRY], side);
    const reached =
      side > 0 ? isAtLeast(s[BEST_EXTREME], moved, WITH_UNIT) : isAtMost(s[BEST_EXTREME], moved, WITH_UNIT);
    if (reached) s[AT_BREAKEVEN] = 1;
  }

  /** The target at a close. */
  private decide(close: number, weight: number, ranges: Float64Array): void {
    const { s } = this;
    this.decided = 0;
    const side = Math.sign(weight);
    if (side !== s[BLOCKED]) s[BLOCKED] = 0;
    const paused = s[PAUSE] > 0;
    if (paused) s[PAUSE] -= 1;
    if (s[ORDER_SIDE] !== 0 && s[ORDER_SIDE] !== side) s[ORDER_SIDE] = 0;
    if (side === 0) this.want(0);
    else if (side === s[SIDE]) this.keep(weight, side);
    else if (s[ORDER_SIDE] === side) {
      s[ORDER_WEIGHT] = weight;
      this.want(0);
    } else if (paused || s[BLOCKED] === side || !this.measure(ranges)) this.want(0);
    else if (this.rules.entryOrder === undefined) this.want(weight);
    else this.rest(close, weight, side, ranges);
  }

  private keep(weight: number, side: number): void {
    const { timeStop } = this.protection;
    if (timeStop === undefined || this.s[BARS_HELD] < timeStop) {
      this.want(weight);
      return;
    }
    this.decided = this.exited = TIME_STOP;
    this.want(0);
    this.block(side);
    // the close of the exit's own bar is the first of the pause
    if (this.fillsAtClose && this.s[PAUSE] > 0) this.s[PAUSE] -= 1;
  }

  private want(weight: number): void {
    this.s[WANTED] = this.weight = weight;
  }

  private rest(close: number, weight: number, side: number, ranges: Float64Array): void {
    const { s } = this;
    const { type, offset, expiresAfterBars } = this.rules.entryOrder!;
    const { share, amount } = measured(offset, this.windows, ranges);
    const toward = type === 'stop' ? side : -side;
    this.want(0);
    const level = close * (1 + toward * share) + toward * amount;
    // no order works at a price that is none
    if (!(level > 0)) return;
    s[ORDER_SIDE] = side;
    s[ORDER_LEVEL] = level;
    s[ORDER_LEFT] = expiresAfterBars;
    s[ORDER_WEIGHT] = weight;
  }

  /** Distances of an entry that is decided now; false while an average true range is unknown. */
  private measure(ranges: Float64Array): boolean {
    const { s } = this;
    const { stopLoss, takeProfit, trailingStop, breakeven } = this.protection;
    if (ranges.some((range) => range !== range)) return false;
    const write = (at: number, distance: PriceDistance | undefined): void => {
      const { share, amount } =
        distance === undefined ? { share: NaN, amount: NaN } : measured(distance, this.windows, ranges);
      s[at] = share;
      s[at + 1] = amount;
    };
    write(STOP, stopLoss);
    write(TARGET, takeProfit);
    write(TRAILING, trailingStop);
    write(BREAKEVEN, breakeven);
    return true;
  }

  private level(at: number, price: number, direction: number): number {
    return price * (1 + direction * this.s[at]) + direction * this.s[at + 1];
  }

  private target(): number {
    return this.level(TARGET, this.s[ENTRY], this.s[SIDE]);
  }

  /** The nearest of the stops; NaN without one. */
  private stop(): number {
    const { s } = this;
    const side = s[SIDE];
    let nearest = this.level(STOP, s[ENTRY], -side);
    if (s[AT_BREAKEVEN] === 1 && !(side * (s[ENTRY] - nearest) <= 0)) nearest = s[ENTRY];
    if (s[TRAIL] === s[TRAIL] && !(side * (s[TRAIL] - nearest) <= 0)) nearest = s[TRAIL];
    return nearest;
  }

  private stopReason(): number {
    const { s } = this;
    const stop = this.stop();
    if (stop !== stop) return 0;
    if (stop === this.level(STOP, s[ENTRY], -s[SIDE])) return STOP_LOSS;
    return s[AT_BREAKEVEN] === 1 && stop === s[ENTRY] ? AT_ENTRY : TRAILING_STOP;
  }
}
