import type { RejectCode } from '@assay/contracts';
import { Decimal, newId } from '@assay/primitives';
import type { PoolClient } from 'pg';
import type { AccountRow, PositionRow } from './paper-cash';
import { costOf, equityOf, isReduced, shortOf, signedQty } from './paper-cash';
import type { Quotes } from '../../bars/quotes';
import type { OrderRow } from './paper-rows';

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
  market: Quotes,
  nowMs: number,
): Promise<void> {
  const { rows } = await client.query<OrderRow>(
    `SELECT * FROM paper."order" WHERE account_id = $1 AND state = 'ACCEPTED' ORDER BY accepted_at, paper_order_id`,
    [account.account_id],
  );
  for (const order of rows) {
    const placed = { clientOrderId: order.client_order_id, symbol: order.symbol };
    const quote = await market.firstAfter(placed, order.accepted_at.getTime(), nowMs);
    if (quote) await fill(client, account, market, order, new Decimal(quote.price), new Date(quote.atMs));
  }
}

async function fill(
  client: PoolClient,
  account: AccountRow,
  market: Quotes,
  order: OrderRow,
  price: Decimal,
  at: Date,
): Promise<void> {
  const held = await positionOf(client, account.account_id, order.symbol);
  const signed = signedQty(order);
  const after = held.plus(signed);
  if (order.reduce_only && !isReduced(held, signed)) {
    return end(client, order, { state: 'CANCELED', code: 'REDUCE_ONLY', message: 'would open a position' }, at);
  }
  if (!isReduced(held, signed)) {
    // The price has moved since the order was accepted; what it costs now is what has to be there.
    const { equity, gross } = await equityOf(client, account, market, at.getTime(), { symbol: order.symbol, price });
    const free = equity.minus(gross);
    const needed = costOf(account, { before: held, after, qty: new Decimal(order.qty), price });
    if (needed.gt(free)) {
      return end(client, order, { state: 'REJECTED', code: 'INSUFFICIENT_FUNDS', message: shortOf(needed, free) }, at);
    }
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

/** Ends an order without a fill. */
async function end(
  client: PoolClient,
  order: OrderRow,
  { state, code, message }: { state: 'CANCELED' | 'REJECTED'; code: RejectCode; message: string },
  at: Date,
): Promise<void> {
  await client.query(
    'UPDATE paper."order" SET state = $2, reject_code = $3, message = $4, updated_at = $5 WHERE paper_order_id = $1',
    [order.paper_order_id, state, code, message, at],
  );
}
