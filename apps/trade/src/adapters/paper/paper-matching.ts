import { newId } from '@assay/persistence';
import Decimal from 'decimal.js';
import type { PoolClient } from 'pg';
import type { PaperMarket } from './paper-market';
import type { OrderRow } from './paper-rows';

export interface AccountRow {
  account_id: string;
  currency: string;
  initial_cash: string;
  cash: string;
  fee_bps: string;
}

interface PositionRow {
  symbol: string;
  qty: string;
  average_price: string | null;
}

/** The account, locked: every change of its book is one after the other. */
export async function lockAccount(client: PoolClient, accountId: string): Promise<AccountRow> {
  const { rows } = await client.query<AccountRow>('SELECT * FROM paper.account WHERE account_id = $1 FOR UPDATE', [
    accountId,
  ]);
  if (!rows[0]) throw new Error(`paper account ${accountId} does not exist`);
  return rows[0];
}

export async function positionOf(client: PoolClient, accountId: string, symbol: string): Promise<Decimal> {
  const { rows } = await client.query<PositionRow>(
    'SELECT qty FROM paper.position WHERE account_id = $1 AND symbol = $2',
    [accountId, symbol],
  );
  return new Decimal(rows[0]?.qty ?? 0);
}

/** Fills what can be filled by now; the caller holds the account's lock. */
export async function matchOpenOrders(
  client: PoolClient,
  account: AccountRow,
  market: PaperMarket,
  nowMs: number,
): Promise<void> {
  const { rows } = await client.query<OrderRow>(
    `SELECT * FROM paper."order" WHERE account_id = $1 AND state = 'ACCEPTED' ORDER BY accepted_at, paper_order_id`,
    [account.account_id],
  );
  for (const order of rows) {
    const quote = await market.openAfter(order.symbol, order.accepted_at.getTime(), nowMs);
    if (quote) await fill(client, account, order, new Decimal(quote.price), new Date(quote.atMs));
  }
}

async function fill(client: PoolClient, account: AccountRow, order: OrderRow, price: Decimal, at: Date): Promise<void> {
  const held = await positionOf(client, account.account_id, order.symbol);
  const signed = order.side === 'BUY' ? new Decimal(order.qty) : new Decimal(order.qty).neg();
  const after = held.plus(signed);
  if (order.reduce_only && (held.isZero() || after.abs().gt(held.abs()) || (!after.isZero() && after.s !== held.s))) {
    await client.query(
      `UPDATE paper."order" SET state = 'CANCELED', reject_code = 'REDUCE_ONLY', message = 'would open a position', updated_at = $2
       WHERE paper_order_id = $1`,
      [order.paper_order_id, at],
    );
    return;
  }
  const notional = price.times(order.qty);
  const fee = notional.times(account.fee_bps).div(10_000);
  account.cash = new Decimal(account.cash).minus(signed.times(price)).minus(fee).toFixed();
  await client.query('UPDATE paper.account SET cash = $2 WHERE account_id = $1', [account.account_id, account.cash]);
  await client.query(
    `INSERT INTO paper.fill (fill_id, paper_order_id, account_id, qty, price, fee, filled_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), order.paper_order_id, account.account_id, order.qty, price.toFixed(), fee.toFixed(), at],
  );
  await client.query(
    `UPDATE paper."order" SET state = 'FILLED', filled_qty = qty, average_price = $2, updated_at = $3 WHERE paper_order_id = $1`,
    [order.paper_order_id, price.toFixed(), at],
  );
  await client.query(
    `INSERT INTO paper.position AS p (account_id, symbol, qty, average_price) VALUES ($1, $2, $3, $4)
     ON CONFLICT (account_id, symbol) DO UPDATE SET qty = excluded.qty, average_price =
       CASE WHEN excluded.qty = 0 THEN NULL
            WHEN sign(p.qty) = sign(excluded.qty) AND abs(excluded.qty) > abs(p.qty)
              THEN (p.qty * p.average_price + $5 * $4) / excluded.qty
            WHEN sign(p.qty) = sign(excluded.qty) THEN p.average_price
            ELSE excluded.average_price END`,
    [account.account_id, order.symbol, after.toFixed(), price.toFixed(), signed.toFixed()],
  );
}

/** Cash and what the positions are worth at the newest prices. @throws where a held symbol has no price */
export async function equityOf(
  client: PoolClient,
  account: AccountRow,
  market: PaperMarket,
  nowMs: number,
): Promise<{ equity: Decimal; gross: Decimal }> {
  const { rows } = await client.query<PositionRow>(
    'SELECT symbol, qty, average_price FROM paper.position WHERE account_id = $1 AND qty <> 0',
    [account.account_id],
  );
  let equity = new Decimal(account.cash);
  let gross = new Decimal(0);
  for (const { symbol, qty, average_price: bought } of rows) {
    const price = (await market.last(symbol, nowMs))?.price ?? bought;
    if (price === null) throw new Error(`no price of ${symbol} is known`);
    const value = new Decimal(qty).times(price);
    equity = equity.plus(value);
    gross = gross.plus(value.abs());
  }
  return { equity, gross };
}
