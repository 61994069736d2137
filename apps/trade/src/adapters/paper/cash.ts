import type { OrderSide } from '@assay/domain';
import { Decimal } from '@assay/primitives';
import type { Quotes } from '../../bars/quotes';
import type { AccountRow, PositionRow } from './wire';

export const signedQty = ({ side, qty }: { side: OrderSide; qty: string }): Decimal =>
  side === 'BUY' ? new Decimal(qty) : new Decimal(qty).neg();

/** Whether a change takes only from what is held: an exit, which cash never blocks. */
export function isReduced(held: Decimal, change: Decimal): boolean {
  const after = held.plus(change);
  return after.abs().lt(held.abs()) && (after.isZero() || after.s === held.s);
}

/** Cash that an order takes: the value that it adds to the position on either side, and the fee on all of it. */
export function costOf(
  account: Pick<AccountRow, 'fee_bps'>,
  order: { before: Decimal; after: Decimal; qty: Decimal; price: Decimal },
): Decimal {
  const { before, after, qty, price } = order;
  const added = Decimal.max(0, after.abs().minus(before.abs())).times(price);
  return added.plus(qty.times(price).times(account.fee_bps).div(10_000));
}

export const shortOf = (needed: Decimal, free: Decimal): string =>
  `needs ${needed.toFixed(2)} with its fee, has ${Decimal.max(0, free).toFixed(2)}`;

/** Cash and what the positions are worth at the prices of `nowMs`, one of them where it is known. @throws where a held symbol has no price */
export async function equityOf(
  account: Pick<AccountRow, 'cash'>,
  positions: readonly PositionRow[],
  quotes: Quotes,
  nowMs: number,
  known?: { symbol: string; price: Decimal },
): Promise<{ equity: Decimal; gross: Decimal }> {
  let equity = new Decimal(account.cash);
  let gross = new Decimal(0);
  for (const { symbol, qty, average_price: bought } of positions) {
    const price = symbol === known?.symbol ? known.price : ((await quotes.worth(symbol, nowMs))?.price ?? bought);
    if (price === null) throw new Error(`no price of ${symbol} is known`);
    const value = new Decimal(qty).times(price);
    equity = equity.plus(value);
    gross = gross.plus(value.abs());
  }
  return { equity, gross };
}
