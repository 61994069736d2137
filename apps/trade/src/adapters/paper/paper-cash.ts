import type { OrderSide } from '@assay/domain';
import { Decimal } from '@assay/primitives';
import type { PoolClient } from 'pg';
import type { Quotes } from '../../bars/quotes';

export interface AccountRow {
  account_id: string;
  currency: string;
  initial_cash: string;
  cash: string;
  fee_bps: string;
}

export interface PositionRow {
  symbol: string;
  qty: string;
  average_price: string | null;
}

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

/** What open orders of the account hold of its cash. */
export async function holdsOf(client: PoolClient, accountId: string): Promise<Decimal> {
  const { rows } = await client.query<{ held: string }>(
    `SELECT coalesce(sum(cash_hold), 0)::text AS held FROM paper."order"
     WHERE account_id = $1 AND state IN ('ACCEPTED', 'PARTIALLY_FILLED')`,
    [accountId],
  );
  return new Decimal(rows[0]!.held);
}

/** Signed quantity of the open orders of a symbol and side. */
export async function openQtyOf(
  client: PoolClient,
  accountId: string,
  { symbol, side }: { symbol: string; side: OrderSide },
): Promise<Decimal> {
  const { rows } = await client.query<{ qty: string }>(
    `SELECT coalesce(sum(qty - filled_qty), 0)::text AS qty FROM paper."order"
     WHERE account_id = $1 AND symbol = $2 AND side = $3 AND state IN ('ACCEPTED', 'PARTIALLY_FILLED')`,
    [accountId, symbol, side],
  );
  return signedQty({ side, qty: rows[0]!.qty });
}

/** Cash and what the positions are worth at the prices of `nowMs`, one of them where it is known. @throws where a held symbol has no price */
export async function equityOf(
  client: PoolClient,
  account: AccountRow,
  market: Quotes,
  nowMs: number,
  known?: { symbol: string; price: Decimal },
): Promise<{ equity: Decimal; gross: Decimal }> {
  const { rows } = await client.query<PositionRow>(
    'SELECT symbol, qty, average_price FROM paper.position WHERE account_id = $1 AND qty <> 0',
    [account.account_id],
  );
  let equity = new Decimal(account.cash);
  let gross = new Decimal(0);
  for (const { symbol, qty, average_price: bought } of rows) {
    const price = symbol === known?.symbol ? known.price : ((await market.last(symbol, nowMs))?.price ?? bought);
    if (price === null) throw new Error(`no price of ${symbol} is known`);
    const value = new Decimal(qty).times(price);
    equity = equity.plus(value);
    gross = gross.plus(value.abs());
  }
  return { equity, gross };
}
