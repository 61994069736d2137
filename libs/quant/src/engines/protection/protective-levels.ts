import { isAtLeast, isAtMost, WITH_UNIT } from '../../comparison/comparison';
import type { ProtectiveReason } from './types';

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
}

/** Of one whose entry waits for the next open: its levels are known with the price of its fill. */
export interface OrderedLevels {
  readonly side: -1 | 1;
  readonly entryPrice: null;
  readonly stops: readonly MeasuredDistance[];
  readonly target: MeasuredDistance | null;
}

/** What protects a position in the bar after the last one that was taken; plain JSON. */
export type ProtectiveLevels = HeldLevels | OrderedLevels;

/** The levels in force once the entry is filled at `fillPrice`; it counts only where the entry was still to come. */
export function levelsFrom(levels: ProtectiveLevels, fillPrice: number): HeldLevels {
  if (levels.entryPrice !== null) return levels;
  const { side, stops, target } = levels;
  let stop: HeldLevels['stop'] = null;
  for (const { reason, share, amount } of stops) {
    const price = fillPrice * (1 - side * share) - side * amount;
    if (stop === null || side * (price - stop.price) > 0) stop = { reason, price };
  }
  const at = target && fillPrice * (1 + side * target.share) + side * target.amount;
  return { side, entryPrice: fillPrice, stop, target: at };
}

/** The level that a price has reached, the stop before the target; null where there is none. */
export function reachedBy(
  { side, stop, target }: HeldLevels,
  price: number,
): { reason: ProtectiveReason; level: number } | null {
  const [falls, rises] = side > 0 ? [isAtMost, isAtLeast] : [isAtLeast, isAtMost];
  if (stop && falls(price, stop.price, WITH_UNIT)) return { reason: stop.reason, level: stop.price };
  if (target !== null && rises(price, target, WITH_UNIT)) return { reason: 'take_profit', level: target };
  return null;
}

/** What of the levels a bar fills after its open has filled what waited, and at which price: as `PositionRules` does. */
export function filledWithin(
  levels: HeldLevels,
  { open, high, low }: { open: number; high: number; low: number },
): { reason: ProtectiveReason; price: number; atOpen: boolean } | null {
  const opened = reachedBy(levels, open);
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
    return { ...levels, stops: levels.stops.map(scaled), target: levels.target && scaled(levels.target) };
  }
  const { side, entryPrice, stop, target } = levels;
  return {
    side,
    entryPrice: entryPrice * ratio,
    stop: stop && { ...stop, price: stop.price * ratio },
    target: target === null ? null : target * ratio,
  };
}
