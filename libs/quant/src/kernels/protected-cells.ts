import { isAtLeast, isAtMost, WITH_UNIT } from '../comparison/comparison';
import { costFactors } from './cell-ledger';
import { BOOK, EQUITY, PEAK, SQUARE, SUM, WORST } from './segment-books';

/**
 * Values per bar: close, low, high, open. Low and high are those that touch a level: the lowest price that equals the
 * low, the highest that equals the high.
 */
export const BAR = 4;
export const LOW_PRICE = 1;
export const HIGH_PRICE = 2;
export const OPEN_PRICE = 3;

/** Values per cell beside its book: cash and units held (0: flat) for an equity that began at 1, stop and target price. */
export const POSITION = 4;
const UNITS = 1;
const STOP = 2;
const TARGET = 3;

/** Values per rule, all factors: of the entry close for the stop, of any close for the trail, of the entry close for the target; of equity for the size. */
export const RULE = 4;
const TRAIL = 1;
const PROFIT = 2;
const SIZE = 3;

/** What a position is protected by and how large it is, as fractions; NaN: not at all. */
export interface ProtectionRule {
  /** Stop below the entry price. */
  readonly stopLoss: number;
  /** Target above the entry price. */
  readonly takeProfit: number;
  /** Stop below the best close since the entry, that close included. */
  readonly trailingStop: number;
  /** Of equity at the entry, fee included. */
  readonly size: number;
}

export function writeRule(rules: Float64Array, at: number, rule: ProtectionRule): void {
  const trail = rule.trailingStop >= 0 ? 1 - rule.trailingStop : 0;
  rules[at] = rule.stopLoss >= 0 ? Math.max(1 - rule.stopLoss, trail) : trail;
  rules[at + TRAIL] = trail;
  rules[at + PROFIT] = rule.takeProfit >= 0 ? 1 + rule.takeProfit : Infinity;
  rules[at + SIZE] = rule.size;
}

/** Cost factors of entries, of exits at a close or a stop, and of exits at a resting target. */
export interface ProtectedCosts {
  readonly enter: number;
  readonly exit: number;
  readonly exitAtTarget: number;
}

export function protectedCosts(feeBps: number, targetFeeBps: number): ProtectedCosts {
  return { ...costFactors(feeBps), exitAtTarget: costFactors(targetFeeBps).exit };
}

/** Bars at which the signal of a template cell turns within a tile, in order. */
export interface SignalTurns {
  /** On at the close before the tile. */
  on: boolean;
  count: number;
  readonly bars: Int32Array;
}

/**
 * One pass over the bars of a tile for cells that hold a protected or partial long position while a signal is on. The
 * specification of the compiled kernel, which gives the same bits.
 *
 * Entry at the close of the bar at which the signal turns on, exit at the close at which it turns off. Stop and target
 * live from the bar after the entry: a bar that opens beyond one fills at its open, else the stop comes before the
 * target, each at its price. A position so ended is not taken again before the signal has been off. The trailing stop
 * follows the closes: a bar is judged by the level of the close before it.
 *
 * Entry with the size p at price F and equity E: units p E / (F (1 + c)), cash (1 - p) E. Returns are those of the
 * equity from close to close; drawdown is that of the equity at the closes.
 */
export class ProtectedCells {
  constructor(
    /** `BAR` values a bar. */
    private readonly bars: Float64Array,
    /** `RULE` values a rule. */
    private readonly rules: Float64Array,
    /** `BOOK` values a cell. */
    private readonly books: Float64Array,
    /** `POSITION` values a cell. */
    private readonly positions: Float64Array,
    private readonly costs: ProtectedCosts,
  ) {}

  /** The cells [cell, end) of one signal, with consecutive rules, over a tile that ends before bar `to`. */
  runAll(cell: number, end: number, rule: number, turns: SignalTurns, from: number, to: number): void {
    for (; cell < end; cell++, rule++) this.run(cell * BOOK, cell * POSITION, rule * RULE, turns, from, to);
  }

  private run(book: number, position: number, rule: number, turns: SignalTurns, from: number, to: number): void {
    const { positions } = this;
    let { on } = turns;
    let t = from;
    for (let k = 0; k <= turns.count; k++) {
      const next = k < turns.count ? turns.bars[k] : to;
      if (!on) {
        if (next < to) this.enter(book, position, rule, next);
      } else if (positions[position + UNITS] > 0) this.hold(book, position, this.rules[rule + TRAIL], t, next, to);
      on = !on;
      t = next + 1;
    }
  }

  private enter(book: number, position: number, rule: number, bar: number): void {
    const { books, positions, rules } = this;
    const close = this.bars[bar * BAR];
    const equity = books[book + EQUITY];
    const invested = equity * rules[rule + SIZE];
    const cash = equity - invested;
    const units = (invested * this.costs.enter) / close;
    positions[position] = cash;
    positions[position + UNITS] = units;
    positions[position + STOP] = close * rules[rule];
    positions[position + TARGET] = close * rules[rule + PROFIT];
    this.settle(book, cash + units * close);
  }

  /** Bars from `t` up to the one at which the signal turns off, or up to the end of the tile. */
  private hold(book: number, position: number, trail: number, t: number, next: number, to: number): void {
    const { bars, books, positions } = this;
    const cash = positions[position];
    const units = positions[position + UNITS];
    const target = positions[position + TARGET];
    let stop = positions[position + STOP];
    let equity = books[book + EQUITY];
    let worst = books[book + WORST];
    let peak = books[book + PEAK];
    let sum = books[book + SUM];
    let square = books[book + SQUARE];
    let at = t * BAR;
    for (; t < next; t++, at += BAR) {
      if (bars[at + LOW_PRICE] <= stop || bars[at + HIGH_PRICE] >= target) break;
      const close = bars[at];
      const value = cash + units * close;
      const r = value / equity - 1;
      sum += r;
      square += r * r;
      equity = value;
      if (value > peak) peak = value;
      if (value < worst * peak) worst = value / peak;
      const level = close * trail;
      if (level > stop) stop = level;
    }
    books[book + EQUITY] = equity;
    books[book + WORST] = worst;
    books[book + PEAK] = peak;
    books[book + SUM] = sum;
    books[book + SQUARE] = square;
    positions[position + STOP] = stop;
    if (t === to) return;
    positions[position + UNITS] = 0;
    this.settle(book, cash + units * this.proceeds(at, stop, target));
  }

  /** What a unit brings on the bar at which a position ends. */
  private proceeds(at: number, stop: number, target: number): number {
    const { bars, costs } = this;
    const open = bars[at + OPEN_PRICE];
    if (isAtMost(open, stop, WITH_UNIT)) return open * costs.exit;
    if (isAtLeast(open, target, WITH_UNIT)) return open * costs.exitAtTarget;
    if (bars[at + LOW_PRICE] <= stop) return stop * costs.exit;
    if (bars[at + HIGH_PRICE] >= target) return target * costs.exitAtTarget;
    return bars[at] * costs.exit;
  }

  private settle(book: number, value: number): void {
    const { books } = this;
    const r = value / books[book + EQUITY] - 1;
    books[book + SUM] += r;
    books[book + SQUARE] += r * r;
    books[book + EQUITY] = value;
    if (value > books[book + PEAK]) books[book + PEAK] = value;
    if (value < books[book + WORST] * books[book + PEAK]) books[book + WORST] = value / books[book + PEAK];
  }
}
