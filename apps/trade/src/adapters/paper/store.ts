import type { RejectCode } from '@assay/contracts';
import type { OrderRequest, OrderSide, PlaceOutcome } from '@assay/domain';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { PaperAccount } from '../../accounts/paper-accounts';
import { PaperAccounts } from '../../accounts/paper-accounts';
import { PaperAccountEntity } from './paper-account.entity';
import type { AccountRow, FillRow, OrderRow, PositionRow } from './wire';

const OPEN = `('ACCEPTED', 'PARTIALLY_FILLED')`;

/** A fill, with the position after it. */
export interface Filled {
  order: OrderRow;
  /** Signed change of the position. */
  change: string;
  positionAfter: string;
  price: string;
  fee: string;
  cashAfter: string;
  at: Date;
}

/** The side of an account that the service writes: it is there before the venue is asked for the first time. */
@Injectable()
export class PaperAccountRows implements PaperAccounts {
  async open(em: EntityManager, account: Omit<PaperAccount, 'cash'>, createdAt: Date): Promise<void> {
    await em.insert(PaperAccountEntity, { ...account, cash: account.initialCash, createdAt });
  }

  of(em: EntityManager, accountIds: readonly string[]): Promise<PaperAccount[]> {
    return em.findBy(PaperAccountEntity, { accountId: In([...accountIds]) });
  }
}

/** The book of one account at the paper venue, within one transaction of the venue. */
export class PaperStore {
  constructor(
    private readonly client: PoolClient,
    private readonly accountId: string,
  ) {}

  /** The account, locked: every change of its book is one after the other. */
  async lockAccount(): Promise<AccountRow> {
    const sql = 'SELECT * FROM paper.account WHERE account_id = $1 FOR UPDATE';
    const { rows } = await this.client.query<AccountRow>(sql, [this.accountId]);
    if (!rows[0]) throw new Error(`paper account ${this.accountId} does not exist`);
    return rows[0];
  }

  /** Everything that is held. */
  async positions(): Promise<PositionRow[]> {
    const { rows } = await this.client.query<PositionRow>(
      'SELECT symbol, qty, average_price FROM paper.position WHERE account_id = $1 AND qty <> 0 ORDER BY symbol',
      [this.accountId],
    );
    return rows;
  }

  async held(symbol: string): Promise<string> {
    const { rows } = await this.client.query<PositionRow>(
      'SELECT qty FROM paper.position WHERE account_id = $1 AND symbol = $2',
      [this.accountId, symbol],
    );
    return rows[0]?.qty ?? '0';
  }

  /** What open orders of the account hold of its cash. */
  async cashHeld(): Promise<string> {
    const { rows } = await this.client.query<{ held: string }>(
      `SELECT coalesce(sum(cash_hold), 0)::text AS held FROM paper."order" WHERE account_id = $1 AND state IN ${OPEN}`,
      [this.accountId],
    );
    return rows[0]!.held;
  }

  /** Unsigned quantity of the open orders of a symbol and side. */
  async openQty({ symbol, side }: { symbol: string; side: OrderSide }): Promise<string> {
    const { rows } = await this.client.query<{ qty: string }>(
      `SELECT coalesce(sum(qty - filled_qty), 0)::text AS qty FROM paper."order"
       WHERE account_id = $1 AND symbol = $2 AND side = $3 AND state IN ${OPEN}`,
      [this.accountId, symbol, side],
    );
    return rows[0]!.qty;
  }

  async order(clientOrderId: string): Promise<OrderRow | null> {
    const { rows } = await this.client.query<OrderRow>(
      'SELECT * FROM paper."order" WHERE account_id = $1 AND client_order_id = $2',
      [this.accountId, clientOrderId],
    );
    return rows[0] ?? null;
  }

  /** Orders that wait for their fill, in the order in which they came. */
  async waiting(): Promise<OrderRow[]> {
    const { rows } = await this.client.query<OrderRow>(
      `SELECT * FROM paper."order" WHERE account_id = $1 AND state = 'ACCEPTED' ORDER BY accepted_at, paper_order_id`,
      [this.accountId],
    );
    return rows;
  }

  async orders(since: Date, open: boolean): Promise<OrderRow[]> {
    const { rows } = await this.client.query<OrderRow>(
      `SELECT * FROM paper."order" WHERE account_id = $1 AND updated_at >= $2 AND (NOT $3 OR state IN ${OPEN})
       ORDER BY accepted_at, paper_order_id`,
      [this.accountId, since, open],
    );
    return rows;
  }

  async fills(since: Date): Promise<FillRow[]> {
    const { rows } = await this.client.query<FillRow>(
      `SELECT f.fill_id, f.paper_order_id, o.client_order_id, o.symbol, o.side, f.qty, f.price, f.fee, a.currency, f.filled_at
       FROM paper.fill f JOIN paper."order" o USING (paper_order_id) JOIN paper.account a ON a.account_id = f.account_id
       WHERE f.account_id = $1 AND f.filled_at >= $2 ORDER BY f.filled_at, f.fill_id`,
      [this.accountId, since],
    );
    return rows;
  }

  /** One row per order message that reached the venue. */
  async noteCall(clientOrderId: string, at: Date, outcome: PlaceOutcome['kind']): Promise<void> {
    await this.client.query(
      `INSERT INTO paper.send_call (send_call_id, account_id, client_order_id, called_at, outcome) VALUES ($1, $2, $3, $4, $5)`,
      [newId(), this.accountId, clientOrderId, at, outcome],
    );
  }

  async accept(request: OrderRequest, cashHold: string, at: Date): Promise<void> {
    const { clientOrderId, symbol, side, qty, type, price, reduceOnly = false } = request;
    await this.client.query(
      `INSERT INTO paper."order" (paper_order_id, account_id, client_order_id, symbol, side, order_type, qty, limit_price,
         reduce_only, state, filled_qty, average_price, reject_code, message, cash_hold, accepted_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $10, $6, $11, $7, 'ACCEPTED', 0, NULL, NULL, NULL, $8, $9, $9)`,
      [newId(), this.accountId, clientOrderId, symbol, side, qty, reduceOnly, cashHold, at, type, price ?? null],
    );
  }

  async cancel(clientOrderId: string, at: Date): Promise<void> {
    await this.client.query(
      `UPDATE paper."order" SET state = 'CANCELED', updated_at = $3
       WHERE account_id = $1 AND client_order_id = $2 AND state = 'ACCEPTED'`,
      [this.accountId, clientOrderId, at],
    );
  }

  /** Ends an order without a fill. */
  async end(
    order: OrderRow,
    { state, code, message }: { state: 'CANCELED' | 'REJECTED' | 'EXPIRED'; code: RejectCode | null; message: string },
    at: Date,
  ): Promise<void> {
    await this.client.query(
      'UPDATE paper."order" SET state = $2, reject_code = $3, message = $4, updated_at = $5 WHERE paper_order_id = $1',
      [order.paper_order_id, state, code, message, at],
    );
  }

  async fill({ order, change, positionAfter, price, fee, cashAfter, at }: Filled): Promise<void> {
    const { client, accountId } = this;
    await client.query('UPDATE paper.account SET cash = $2 WHERE account_id = $1', [accountId, cashAfter]);
    await client.query(
      `INSERT INTO paper.fill (fill_id, paper_order_id, account_id, qty, price, fee, filled_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), order.paper_order_id, accountId, order.qty, price, fee, at],
    );
    await client.query(
      `UPDATE paper."order" SET state = 'FILLED', filled_qty = qty, average_price = $2, updated_at = $3 WHERE paper_order_id = $1`,
      [order.paper_order_id, price, at],
    );
    await client.query(
      `INSERT INTO paper.position AS p (account_id, symbol, qty, average_price) VALUES ($1, $2, $3, $4)
       ON CONFLICT (account_id, symbol) DO UPDATE SET qty = excluded.qty, average_price =
         CASE WHEN excluded.qty = 0 THEN NULL
              WHEN sign(p.qty) = sign(excluded.qty) AND abs(excluded.qty) > abs(p.qty)
                THEN (p.qty * p.average_price + $5 * $4) / excluded.qty
              WHEN sign(p.qty) = sign(excluded.qty) THEN p.average_price
              ELSE excluded.average_price END`,
      [accountId, order.symbol, positionAfter, price, change],
    );
  }
}
