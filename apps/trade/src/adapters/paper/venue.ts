import type { RejectCode } from '@assay/contracts';
import type {
  Venue,
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
  OrderType,
  PlaceOutcome,
} from '@assay/domain';
import { Decimal } from '@assay/primitives';
import type { Quotes } from '../../bars/quotes';
import { sendWindowMs } from '../send-window';
import { costOf, equityOf, isReduced, shortOf, signedQty } from './cash';
import type { PaperClient } from './client';
import { fillOf, orderOf, positionOf } from './mapper';
import { matchOpenOrders } from './matching';
import { PaperStore } from './store';
import type { AccountRow } from './wire';

export interface PaperParts {
  accountId: string;
  canShort: boolean;
  clock: Clock;
  client: PaperClient;
  quotes: Quotes;
  instrument(symbol: string): Promise<Instrument>;
}

/** What every paper account takes. */
export const PAPER_ORDER_TYPES: readonly OrderType[] = ['MARKET', 'LIMIT'];

type Refusal = { code: RejectCode; message: string };

/**
 * A venue that fills orders at the first price stored bars know at or after their coming, one at a limit only where that is no worse. It keeps its book apart and speaks through the Venue port alone.
 * Client order ids are refused twice for ever, and a request takes effect within its validity or never.
 */
export class PaperVenue implements Venue {
  readonly capabilities: BrokerCapabilities;

  constructor(private readonly parts: PaperParts) {
    this.capabilities = {
      short: parts.canShort,
      fractional: true,
      paper: true,
      nativeReduceOnly: true,
      orderTypes: PAPER_ORDER_TYPES,
      timesInForce: ['IOC'],
      clientIdScope: 'all',
      // A request that had to wait longer for a connection or for the account is not taken any more: who then looks for its order, under
      // the account's lock, finds it or never will.
      requestValidityMs: sendWindowMs(),
    };
  }

  async health(): Promise<BrokerHealth> {
    try {
      await this.parts.client.ping();
      return { reachable: true, tradable: true, clockSkewMs: 0 };
    } catch {
      return { reachable: false, tradable: false, clockSkewMs: 0 };
    }
  }

  async placeOrder(request: OrderRequest): Promise<PlaceOutcome> {
    const askedMs = performance.now();
    try {
      return await this.within(async (store) => {
        const account = await store.lockAccount();
        const validityMs = this.capabilities.requestValidityMs!;
        if (performance.now() - askedMs >= validityMs) {
          throw new Error(`the request came ${validityMs} ms or more after it was made and was not taken`);
        }
        const outcome = await this.accept(store, account, request);
        await store.noteCall(request.clientOrderId, this.now(), outcome.kind);
        return outcome;
      });
    } catch (error) {
      return { kind: 'unknown', clientOrderId: request.clientOrderId, cause: (error as Error).message };
    }
  }

  async cancelOrder({ clientOrderId }: OrderRef): Promise<PlaceOutcome> {
    return this.settled(async (store) => {
      await store.cancel(clientOrderId, this.now());
      const order = await read(store, clientOrderId);
      return order
        ? { kind: 'accepted', order }
        : { kind: 'rejected', code: 'OTHER', message: `no order ${clientOrderId}` };
    });
  }

  async findOrder({ clientOrderId }: OrderRef): Promise<BrokerOrder | 'not_found'> {
    return this.settled(async (store) => (await read(store, clientOrderId)) ?? 'not_found');
  }

  async getOrders({ open = false, sinceMs = 0 }: { open?: boolean; sinceMs?: number } = {}): Promise<BrokerOrder[]> {
    return this.settled(async (store) => (await store.orders(new Date(sinceMs), open)).map(orderOf));
  }

  async getFills(sinceMs: number): Promise<BrokerFill[]> {
    return this.settled(async (store) => (await store.fills(new Date(sinceMs))).map(fillOf));
  }

  async getPositions(): Promise<BrokerPosition[]> {
    return this.settled(async (store) => (await store.positions()).map(positionOf));
  }

  async getAccountInfo(): Promise<BrokerAccount> {
    return this.settled(async (store, account) => {
      const { equity, free } = await this.worth(store, account);
      const availableCash = Decimal.max(0, free).toFixed();
      const { currency, cash, fee_bps: feeBps } = account;
      return { currency, cash, equity: equity.toFixed(), availableCash, feeBps };
    });
  }

  getInstrument(symbol: string): Promise<Instrument> {
    return this.parts.instrument(symbol);
  }

  async *events(): AsyncIterable<BrokerEvent> {
    // Polling is the only source: nothing happens in this book between two calls.
  }

  private now(): Date {
    return new Date(this.parts.clock.nowMs());
  }

  private within<T>(body: (store: PaperStore) => Promise<T>): Promise<T> {
    return this.parts.client.transaction((client) => body(new PaperStore(client, this.parts.accountId)));
  }

  /** With the account locked and everything filled that can be by now. */
  private settled<T>(body: (store: PaperStore, account: AccountRow) => Promise<T>): Promise<T> {
    return this.within(async (store) => {
      const account = await store.lockAccount();
      await this.match(store, account);
      return body(store, account);
    });
  }

  private match(store: PaperStore, account: AccountRow): Promise<void> {
    return matchOpenOrders(store, account, this.parts.quotes, this.parts.clock.nowMs());
  }

  /** Equity, and the cash in it that neither a position nor an order has taken. */
  private async worth(store: PaperStore, account: AccountRow): Promise<{ equity: Decimal; free: Decimal }> {
    const { quotes, clock } = this.parts;
    const { equity, gross } = await equityOf(account, await store.positions(), quotes, clock.nowMs());
    return { equity, free: equity.minus(gross).minus(await store.cashHeld()) };
  }

  private async accept(store: PaperStore, account: AccountRow, request: OrderRequest): Promise<PlaceOutcome> {
    await this.match(store, account);
    const known = await read(store, request.clientOrderId);
    if (known) return { kind: 'duplicate', order: known };
    const judged = await this.judge(store, account, request);
    if ('code' in judged) return { kind: 'rejected', ...judged };
    await store.accept(request, judged.hold, this.now());
    await this.match(store, account);
    return { kind: 'accepted', order: (await read(store, request.clientOrderId))! };
  }

  /** Why the order is refused, or the cash that is held for it until it is over. */
  private async judge(
    store: PaperStore,
    account: AccountRow,
    request: OrderRequest,
  ): Promise<Refusal | { hold: string }> {
    const { quotes, clock, canShort } = this.parts;
    const asked = judgeType(request);
    if (asked) return asked;
    const qty = new Decimal(request.qty);
    const { lot, minQty } = await this.parts.instrument(request.symbol);
    if (!qty.isFinite() || qty.lte(0) || qty.lt(minQty) || !qty.mod(lot).isZero()) {
      return {
        code: 'INVALID_QTY',
        message: `qty must be a multiple of ${lot} and at least ${minQty}, was ${request.qty}`,
      };
    }
    const quote = await quotes.last(request.symbol, clock.nowMs());
    if (!quote) return { code: 'UNKNOWN_SYMBOL', message: `no bars of ${request.symbol} are stored` };
    const held = new Decimal(await store.held(request.symbol));
    const change = signedQty(request);
    if (isReduced(held, change)) return { hold: '0' };
    if (request.reduceOnly) {
      return { code: 'REDUCE_ONLY', message: `the order would not only reduce the position of ${held.toFixed()}` };
    }
    // Orders on the same side are taken as filled, those on the other side as not: one of them may never be.
    const open = await store.openQty(request);
    const before = held.plus(signedQty({ side: request.side, qty: open }));
    const after = before.plus(change);
    if (after.isNegative() && !canShort) return { code: 'UNSUPPORTED', message: 'the account cannot be short' };
    const { free } = await this.worth(store, account);
    const price = Decimal.max(quote.price, request.price ?? 0);
    const needed = costOf(account, { before, after, qty, price });
    if (needed.gt(free)) return { code: 'INSUFFICIENT_FUNDS', message: shortOf(needed, free) };
    return { hold: needed.toFixed() };
  }
}

/** Limits are filled by the first price or not at all: nothing rests here behind the back of who watches prices. */
function judgeType({ type, price, tif }: OrderRequest): Refusal | null {
  if (type === 'MARKET') return null;
  if (tif !== 'IOC')
    return { code: 'UNSUPPORTED', message: `a LIMIT must be IOC, was ${tif ?? 'of no time in force'}` };
  if (price !== undefined && new Decimal(price).gt(0)) return null;
  return { code: 'INVALID_PRICE', message: `price must be greater than 0, was ${price ?? 'absent'}` };
}

async function read(store: PaperStore, clientOrderId: string): Promise<BrokerOrder | null> {
  const row = await store.order(clientOrderId);
  return row && orderOf(row);
}
