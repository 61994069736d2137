import { Decimal, toWire } from '@assay/primitives';

export interface LedgerPosition {
  /** Signed; negative is short. */
  qty: string;
  averagePrice: string | null;
  /** Of closed quantity, before fees. */
  realisedPnl: string;
  fees: string;
}

export interface LedgerFill {
  side: 'BUY' | 'SELL';
  qty: string;
  price: string;
  fee: string;
}

export const FLAT: LedgerPosition = { qty: '0', averagePrice: null, realisedPnl: '0', fees: '0' };

/** The position after a fill at average cost: what closes realises its profit, what flips opens anew at the fill's price. */
export function applyFill(position: LedgerPosition, fill: LedgerFill): LedgerPosition {
  const before = new Decimal(position.qty);
  const change = fill.side === 'BUY' ? new Decimal(fill.qty) : new Decimal(fill.qty).negated();
  const after = before.plus(change);
  const price = new Decimal(fill.price);
  const average = position.averagePrice === null ? price : new Decimal(position.averagePrice);
  const adds = before.isZero() || before.isPositive() === change.isPositive();
  const closed = adds ? new Decimal(0) : Decimal.min(before.abs(), change.abs());
  const profit = price
    .minus(average)
    .times(closed)
    .times(before.isNegative() ? -1 : 1);
  const cost = before.abs().times(average).plus(change.abs().times(price));
  const flipped = !adds && change.abs().greaterThan(before.abs());
  const averagePrice = adds ? cost.div(after.abs()) : flipped ? price : average;
  return {
    qty: toWire(after),
    averagePrice: after.isZero() ? null : toWire(averagePrice),
    realisedPnl: toWire(new Decimal(position.realisedPnl).plus(profit)),
    fees: toWire(new Decimal(position.fees).plus(fill.fee)),
  };
}

/** Profit of the deployment so far: realised and open, after fees. */
export function ownProfit(position: LedgerPosition, lastPrice: string | null): string {
  const open =
    position.averagePrice === null || lastPrice === null
      ? new Decimal(0)
      : new Decimal(lastPrice).minus(position.averagePrice).times(position.qty);
  return toWire(new Decimal(position.realisedPnl).plus(open).minus(position.fees));
}
