import { isAtLeast, isAtMost, WITH_UNIT } from '../../comparison/comparison';
import type { EntryOrder, ProtectiveReason } from './types';

/** A distance from the entry price: price x share + amount. */
export interface MeasuredDistance<R extends ProtectiveReason = ProtectiveReason> {
  readonly reason: R;
  readonly share: number;
  readonly amount: number;
}

/** Levels of a position that is held. */
export interface HeldLevels {
  readonly side: -1 | 1;
  readonly entryPrice: number;
  readonly stop: { readonly reason: ProtectiveReason; readonly price: number } | null;
  readonly target: number | null;
  /** The position was opened in the middle of the bar: of that bar the open and the target do not count. */
  readonly bornWithin?: boolean;
}

/** An entry order that works in the next bar. */
export interface RestingEntry {
  readonly type: EntryOrder['type'];
  readonly level: number;
  /** Signed weight of the position that it enters. */
  readonly weight: number;
  /** Bars in which it still works, the next one included. */
  readonly barsLeft: number;
}

/** Of one whose entry waits for the next open, or rests as an order: its levels are known with the price of its fill. */
export interface OrderedLevels {
  readonly side: -1 | 1;
  readonly entryPrice: null;
  readonly stops: readonly MeasuredDistance[];
  readonly target: MeasuredDistance | null;
  /** The order that enters it; absent where the next open does. */
  readonly resting?: RestingEntry;
}

/** What protects a position in the bar after the last one that was taken; plain JSON. */
export type ProtectiveLevels = HeldLevels | OrderedLevels;

/**
 * The levels in force once the entry is filled at `fillPrice`; both count only where the entry was still to come.
 * @param bornWithin whether it was filled in the middle of its bar
 */
export function levelsFrom(levels: ProtectiveLevels, fillPrice: number, bornWithin = false): HeldLevels {
  if (levels.entryPrice !== null) return levels;
  const { side, stops, target } = levels;
  let stop: HeldLevels['stop'] = null;
  for (const { reason, share, amount } of stops) {
    const price = fillPrice * (1 - side * share) - side * amount;
    if (stop === null || side * (price - stop.price) > 0) stop = { reason, price };
  }
  const at = target && fillPrice * (1 + side * target.share) + side * target.amount;
  return { side, entryPrice: fillPrice, stop, target: at, ...(bornWithin ? { bornWithin } : {}) };
}

/** Whether an entry order waits for a price that has risen to its level, and not for one that has fallen. */
export const waitsForRise = (type: EntryOrder['type'], side: number): boolean => (type === 'stop') === side > 0;

/** Whether the price fills an entry order; what equals its level but for rounding does. */
export function reachesEntry(isRise: boolean, level: number, price: number): boolean {
  return isRise ? isAtLeast(price, level, WITH_UNIT) : isAtMost(price, level, WITH_UNIT);
}

/** Where a bar fills an entry order that rests in it; null where it does not. */
export function entryWithin(
  { type, level, weight }: Pick<RestingEntry, 'type' | 'level' | 'weight'>,
  { open, high, low }: { open: number; high: number; low: number },
): { price: number; atOpen: boolean } | null {
  const isRise = waitsForRise(type, weight);
  if (reachesEntry(isRise, level, open)) return { price: open, atOpen: true };
  return reachesEntry(isRise, level, isRise ? high : low) ? { price: level, atOpen: false } : null;
}

/** The level that a price has reached, the stop before the target; null where there is none. */
export function reachedBy(
  { side, stop, target, bornWithin }: HeldLevels,
  price: number,
): { reason: ProtectiveReason; level: number } | null {
  const [falls, rises] = side > 0 ? [isAtMost, isAtLeast] : [isAtLeast, isAtMost];
  if (stop && falls(price, stop.price, WITH_UNIT)) return { reason: stop.reason, level: stop.price };
  if (target !== null && !bornWithin && rises(price, target, WITH_UNIT))
    return { reason: 'take_profit', level: target };
  return null;
}

/** What of the levels a bar fills after its open has filled what waited, and at which price: as `PositionRules` does. */
export function filledWithin(
  levels: HeldLevels,
  { open, high, low }: { open: number; high: number; low: number },
): { reason: ProtectiveReason; price: number; atOpen: boolean } | null {
  const opened = levels.bornWithin ? null : reachedBy(levels, open);
  if (opened) return { reason: opened.reason, price: open, atOpen: true };
  const [worst, best] = levels.side > 0 ? [low, high] : [high, low];
  const reached = reachedBy({ ...levels, target: null }, worst) ?? reachedBy({ ...levels, stop: null }, best);
  return reached && { reason: reached.reason, price: reached.level, atOpen: false };
}

/** The same levels where every price is `ratio` times as high. */
export function levelsOnBasis(levels: ProtectiveLevels, ratio: number): ProtectiveLevels {
  if (ratio === 1) return levels;
  if (levels.entryPrice === null) {
    const scaled = <R extends ProtectiveReason>(d: MeasuredDistance<R>): MeasuredDistance<R> => ({
      ...d,
      amount: d.amount * ratio,
    });
    const { stops, target, resting } = levels;
    return {
      ...levels,
      stops: stops.map(scaled),
      target: target && scaled(target),
      ...(resting && { resting: { ...resting, level: resting.level * ratio } }),
    };
  }
  const { side, entryPrice, stop, target } = levels;
  return {
    side,
    entryPrice: entryPrice * ratio,
    stop: stop && { ...stop, price: stop.price * ratio },
    target: target === null ? null : target * ratio,
  };
}
