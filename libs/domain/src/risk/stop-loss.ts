import { Decimal } from '@assay/primitives';
import { isAbove, PURE_NUMBER, type ProtectiveReason } from '@assay/quant';

/** Set when the stop fired: the target then in force. It holds the position at 0 until the target is another one. */
export interface StopLatch {
  signal: -1 | 0 | 1;
  atMs: number;
}

export interface StopLossInput {
  /** The target in force; null where nothing is known yet. */
  signal: -1 | 0 | 1 | null;
  position: string;
  averagePrice: string | null;
  lastPrice: string | null;
  /** Fires when the unrealised loss exceeds it; null: no such limit. */
  limitPct: number | null;
  /** The level of the strategy's own that the price has reached. */
  reached?: ReachedLevel | null;
  latch: StopLatch | null;
  nowMs: number;
}

/** A stop or target of the strategy, as a price. */
export interface ReachedLevel {
  reason: ProtectiveReason;
  level: number;
}

export interface StopLossOutcome {
  /** The target is forced to 0. */
  forced: boolean;
  /** The stop fired now, not earlier. */
  fired: boolean;
  latch: StopLatch | null;
  /** Unrealised loss in per cent of the entry, negative for a gain; null when flat or without a price. */
  lossPct: number | null;
  /** The strategy's own level that fired; absent where the limit of the deployment did. */
  reached?: ReachedLevel;
}

/** Unrealised loss in per cent of the average entry price, of a long or a short position. */
export function unrealisedLossPct(
  position: string,
  averagePrice: string | null,
  lastPrice: string | null,
): number | null {
  const quantity = new Decimal(position);
  if (quantity.isZero() || averagePrice === null || lastPrice === null) return null;
  const entry = new Decimal(averagePrice);
  const change = new Decimal(lastPrice).minus(entry).div(entry).times(100);
  return (quantity.isPositive() ? change.negated() : change).toNumber();
}

/** True when the loss is more than the limit; a loss that equals it but for rounding of the average price is not. */
export function exceedsStop(lossPct: number | null, limitPct: number | null): boolean {
  return lossPct !== null && limitPct !== null && isAbove(lossPct, limitPct, PURE_NUMBER);
}

/**
 * Fires where the target would hold the losing position: a target in the other direction or 0 leaves it anyway. A
 * latch of an earlier stop holds on while the target is the one that was stopped.
 */
export function stopLoss(input: StopLossInput): StopLossOutcome {
  const { latch, signal } = input;
  const lossPct = unrealisedLossPct(input.position, input.averagePrice, input.lastPrice);
  if (latch && (signal === null || signal === latch.signal)) return { forced: true, fired: false, latch, lossPct };
  const side = new Decimal(input.position).isPositive() ? 1 : -1;
  const held = signal === null || signal === side;
  const holds = !new Decimal(input.position).isZero();
  if (held && holds && input.reached) {
    return { forced: true, fired: true, latch: { signal: side, atMs: input.nowMs }, lossPct, reached: input.reached };
  }
  if (held && exceedsStop(lossPct, input.limitPct)) {
    return { forced: true, fired: true, latch: { signal: side, atMs: input.nowMs }, lossPct };
  }
  return { forced: false, fired: false, latch: null, lossPct };
}
