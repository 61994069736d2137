import { Decimal, toWire } from '@assay/primitives';
import { type OpenOrder, type OrderLeg } from '../../orders';
import { exempt, failed, passed, type CheckResult } from '../check-result';

/** Dollars per unit of the instrument's currency, with the instant it was observed. */
export interface FxRate {
  rate: string;
  asOfMs: number;
}

export interface MaxPositionInput {
  leg: OrderLeg | null;
  position: string;
  openOrders: readonly OpenOrder[];
  lastPrice: string | null;
  maxPositionUsd: string;
  /** `usd` when the instrument is quoted in dollars; null when no rate is known. */
  fx: 'usd' | FxRate | null;
  /** Older rates are stale. */
  maxFxAgeMs: number;
  nowMs: number;
}

/** Value in dollars of the resulting position with all open orders, at the last price. */
export function checkMaxPosition(input: MaxPositionInput): CheckResult {
  const { leg, lastPrice, maxPositionUsd: limit, fx } = input;
  if (!leg || leg.reducing) return exempt('max_position', limit, leg !== null);
  if (lastPrice === null) return failed('max_position', 'price_unknown', null, limit);
  if (fx === null) return failed('max_position', 'fx_missing', null, limit);
  if (fx !== 'usd' && input.nowMs - fx.asOfMs > input.maxFxAgeMs) {
    return failed('max_position', 'fx_stale', new Date(fx.asOfMs).toISOString(), limit);
  }
  const value = largestPosition(input, leg)
    .times(lastPrice)
    .times(fx === 'usd' ? 1 : fx.rate);
  return value.greaterThan(limit)
    ? failed('max_position', 'max_position', toWire(value), limit)
    : passed('max_position', toWire(value), limit);
}

/** Orders on the other side may never fill, so only those that add to the order's side are counted. */
function largestPosition(input: MaxPositionInput, leg: OrderLeg): Decimal {
  const sign = leg.side === 'BUY' ? 1 : -1;
  return input.openOrders
    .filter((order) => order.side === leg.side)
    .reduce((sum, order) => sum.plus(new Decimal(order.remainingQty).times(sign)), new Decimal(input.position))
    .plus(new Decimal(leg.qty).times(sign))
    .abs();
}
