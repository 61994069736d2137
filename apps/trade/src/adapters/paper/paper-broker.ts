import type { RejectCode } from '@assay/contracts';
import type {
  BarColumns,
  Broker,
  BrokerAccount,
  BrokerCapabilities,
  BrokerEvent,
  BrokerFill,
  BrokerHealth,
  BrokerOrder,
  BrokerPosition,
  Clock,
  Instrument,
  OrderRef,
  OrderRequest,
  PlaceOutcome,
} from '@assay/domain';
import { Decimal, newId } from '@assay/primitives';
import type { PoolClient } from 'pg';
import { sendWindowMs } from '../send-window';
import type { PaperBook } from './paper-book';
import type { Quotes } from '../../bars/quotes';
import { costOf, equityOf, holdsOf, isReduced, openQtyOf, shortOf, signedQty } from './paper-cash';
import { lockAccount, matchOpenOrders, positionOf } from './paper-matching';
import type { FillRow, OrderRow } from './paper-rows';
import { fillOf, orderOf } from './paper-rows';

export interface PaperBrokerParts {
  accountId: string;
  canShort: boolean;
  clock: Clock;
  book: PaperBook;
  market: Quotes;
  instrument(symbol: string): Promise<Instrument>;
}

type Refusal = { code: RejectCode; message: string };

/**
 * A venue that fills market orders at the first price stored bars know at or after their coming. It keeps its book apart and speaks through the Broker port alone.
 * Client order ids are refused twice for ever, and a request takes effect within its validity or never.
 */
export class PaperBroker implements Broker {
  readonly capabilities: BrokerCapabilities;

  constructor(private readonly parts: PaperBrokerParts) {
    this.capabilities = {
      short: parts.canShort,
      fractional: true,
      paper: true,
      nativeReduceOnly: true,
      orderTypes: ['MARKET'],
      clientIdScope: 'all',
      // A request that had to wait longer for a connection or for the account is not taken any more: who then looks for its order, under
      // the account's lock, finds it or never will.
      requestValidityMs: sendWindowMs(),
    };
  }

  async connect(): Promise<void> {}

  async disconnect(): Promise<void> {}

  async health(): Promise<BrokerHealth> {
    try {
      await this.parts.book.ping();
      return { reachable: true, tradable: true, clockSkewMs: 0 };
    } catch {
      return { reachable: false, tradable: false, clockSkewMs: 0 };
    }
  }

  async placeOrder(request: OrderRequest): Promise<PlaceOutcome> {
    const { book, accountId, clock } = this.parts;
    const askedMs = performance.now();
    try {
      return await book.transaction(async (client) => {
        await lockAccount(client, accountId);
        const validityMs = this.capabilities.requestValidityMs!;
        if (performance.now() - askedMs >= validityMs) {
          throw new Error(`the request came ${validityMs} ms or more after it was made and was not taken`);
        }
        const outcome = await this.accept(client, request);
        await client.query(
          `INSERT INTO paper.send_call (send_call_id, account_id, client_order_id, called_at, outcome) VALUES ($1, $2, $3, $4, $5)`,
          [newId(), accountId, request.clientOrderId, new Date(clock.nowMs()), outcome.kind],
        );
        return outcome;
      });
    } catch (error) {
      return { kind: 'unknown', clientOrderId: request.clientOrderId, cause: (error as Error).message };
    }
  }

  async cancelOrder(ref: OrderRef): Promise<PlaceOutcome> {
    return this.parts.book.transaction(async (client) => {
      await this.settle(client);
      await client.query(
        `UPDATE paper."order" SET state = 'CANCELED', updated_at = $3
         WHERE account_id = $1 AND client_order_id = $2 AND state = 'ACCEPTED'`,
        [this.parts.accountId, ref.clientOrderId, new Date(this.parts.clock.nowMs())],
      );
      const order = await this.read(client, ref.clientOrderId);
      return order
        ? { kind: 'accepted', order }
        : { kind: 'rejected', code: 'OTHER', message: `no order ${ref.clientOrderId}` };
    });
  }

  async findOrder(ref: OrderRef): Promise<BrokerOrder | 'not_found'> {
    return this.parts.book.transaction(async (client) => {
      await this.settle(client);
      return (await this.read(client, ref.clientOrderId)) ?? 'not_found';
    });
  }

  async getOrders({ open = false, sinceMs = 0 }: { open?: boolean; sinceMs?: number } = {}): Promise<BrokerOrder[]> {
    return this.parts.book.transaction(async (client) => {
      await this.settle(client);
      const { rows } = await client.query<OrderRow>(
        `SELECT * FROM paper."order" WHERE account_id = $1 AND updated_at >= $2 AND (NOT $3 OR state IN ('ACCEPTED', 'PARTIALLY_FILLED'))
         ORDER BY accepted_at, paper_order_id`,
        [this.parts.accountId, new Date(sinceMs), open],
      );
      return rows.map(orderOf);
    });
  }

  async getFills(sinceMs: number): Promise<BrokerFill[]> {
    return this.parts.book.transaction(async (client) => {
      await this.settle(client);
      const { rows } = await client.query<FillRow>(
        `SELECT f.fill_id, f.paper_order_id, o.client_order_id, o.symbol, o.side, f.qty, f.price, f.fee, a.currency, f.filled_at
         FROM paper.fill f JOIN paper."order" o USING (paper_order_id) JOIN paper.account a ON a.account_id = f.account_id
         WHERE f.account_id = $1 AND f.filled_at >= $2 ORDER BY f.filled_at, f.fill_id`,
        [this.parts.accountId, new Date(sinceMs)],
      );
      return rows.map(fillOf);
    });
  }

  async getPositions(): Promise<BrokerPosition[]> {
    return this.parts.book.transaction(async (client) => {
      await this.settle(client);
      const { rows } = await client.query<{ symbol: string; qty: string; average_price: string | null }>(
        'SELECT symbol, qty, average_price FROM paper.position WHERE account_id = $1 AND qty <> 0 ORDER BY symbol',
        [this.parts.accountId],
      );
      return rows.map((row) => ({ symbol: row.symbol, qty: row.qty, averagePrice: row.average_price }));
    });
  }

  async getAccountInfo(): Promise<BrokerAccount> {
    const { market, clock } = this.parts;
    return this.parts.book.transaction(async (client) => {
      const account = await this.settle(client);
      const { equity, gross } = await equityOf(client, account, market, clock.nowMs());
      const held = await holdsOf(client, account.account_id);
      return {
        currency: account.currency,
        cash: account.cash,
        availableCash: Decimal.max(0, equity.minus(gross).minus(held)).toFixed(),
        equity: equity.toFixed(),
        feeBps: account.fee_bps,
      };
    });
  }

  getInstrument(symbol: string): Promise<Instrument> {
    return this.parts.instrument(symbol);
  }

  getBars(): Promise<BarColumns> {
    return Promise.reject(new Error('the paper venue publishes no bars: read the stored series'));
  }

  async *events(): AsyncIterable<BrokerEvent> {
    // Polling is the only source: nothing happens in this book between two calls.
  }

  private async settle(client: PoolClient) {
    const { accountId, market, clock } = this.parts;
    const account = await lockAccount(client, accountId);
    await matchOpenOrders(client, account, market, clock.nowMs());
    return account;
  }

  private async accept(client: PoolClient, request: OrderRequest): Promise<PlaceOutcome> {
    const { accountId, clock } = this.parts;
    await this.settle(client);
    const known = await this.read(client, request.clientOrderId);
    if (known) return { kind: 'duplicate', order: known };
    const judged = await this.judge(client, request);
    if ('code' in judged) return { kind: 'rejected', ...judged };
    const now = new Date(clock.nowMs());
    await client.query(
      `INSERT INTO paper."order" (paper_order_id, account_id, client_order_id, symbol, side, order_type, qty, limit_price,
         reduce_only, state, filled_qty, average_price, reject_code, message, cash_hold, accepted_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, 'MARKET', $6, NULL, $7, 'ACCEPTED', 0, NULL, NULL, NULL, $8, $9, $9)`,
      [
        newId(),
        accountId,
        request.clientOrderId,
        request.symbol,
        request.side,
        request.qty,
        request.reduceOnly ?? false,
        judged.hold,
        now,
      ],
    );
    await this.settle(client);
    return { kind: 'accepted', order: (await this.read(client, request.clientOrderId))! };
  }

  /** Why the order is refused, or the cash that is held for it until it is over. */
  private async judge(client: PoolClient, request: OrderRequest): Promise<Refusal | { hold: string }> {
    const { accountId, market, clock, canShort } = this.parts;
    if (request.type !== 'MARKET')
      return { code: 'UNSUPPORTED', message: `order type ${request.type} is not supported` };
    const qty = new Decimal(request.qty);
    const { lot, minQty } = await this.parts.instrument(request.symbol);
    if (!qty.isFinite() || qty.lte(0) || qty.lt(minQty) || !qty.mod(lot).isZero()) {
      return {
        code: 'INVALID_QTY',
        message: `qty must be a multiple of ${lot} and at least ${minQty}, was ${request.qty}`,
      };
    }
    const quote = await market.last(request.symbol, clock.nowMs());
    if (!quote) return { code: 'UNKNOWN_SYMBOL', message: `no bars of ${request.symbol} are stored` };
    const held = await positionOf(client, accountId, request.symbol);
    if (isReduced(held, signedQty(request))) return { hold: '0' };
    if (request.reduceOnly) {
      return { code: 'REDUCE_ONLY', message: `the order would not only reduce the position of ${held.toFixed()}` };
    }
    // Orders on the same side are taken as filled, those on the other side as not: one of them may never be.
    const before = held.plus(await openQtyOf(client, accountId, request));
    const after = before.plus(signedQty(request));
    if (after.isNegative() && !canShort) return { code: 'UNSUPPORTED', message: 'the account cannot be short' };
    const account = await lockAccount(client, accountId);
    const { equity, gross } = await equityOf(client, account, market, clock.nowMs());
    const free = equity.minus(gross).minus(await holdsOf(client, accountId));
    const needed = costOf(account, { before, after, qty, price: new Decimal(quote.price) });
    if (needed.gt(free)) return { code: 'INSUFFICIENT_FUNDS', message: shortOf(needed, free) };
    return { hold: needed.toFixed() };
  }

  private async read(client: PoolClient, clientOrderId: string): Promise<BrokerOrder | null> {
    const { rows } = await client.query<OrderRow>(
      'SELECT * FROM paper."order" WHERE account_id = $1 AND client_order_id = $2',
      [this.parts.accountId, clientOrderId],
    );
    return rows[0] ? orderOf(rows[0]) : null;
  }
}
