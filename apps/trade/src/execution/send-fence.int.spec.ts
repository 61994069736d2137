import { setTimeout as sleep } from 'node:timers/promises';
import type { Venue } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { createHttpApp } from '@assay/platform';
import * as testing from '@assay/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { sendWindowMs } from '../adapters/send-window';
import type { BenchDraft } from '../../test/bench';
import { Bench, closesOf } from '../../test/bench';
import { gate, like, overfilling } from '../../test/broken-venues';
import { loseLocks } from '../../test/lose-locks';
import { reconcileOnce } from '../../test/reconcile-once';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade } from '../../test/trade-stack';
import { TradeModule } from '../trade.module';
import { IntentSender } from './intent-sender';
import { OrderEntity } from '../records/orders/order.entity';
import { OrderOutcomes } from './order-outcomes';
import { RecoveryService } from './recovery.service';
import { SendFence } from './send-fence';
import { SymbolLock } from '../database/symbol-lock';

jest.setTimeout(90_000);

describe('an order whose sender has lost its lock', () => {
  let trade: TradeStack;
  /** Another process: locks, pools and services of its own. */
  let second: NestFastifyApplication;
  let symbols = 0;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    second = await createHttpApp(TradeModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
  });
  afterAll(async () => {
    await second?.close();
    await trade?.close();
  });
  afterEach(() => jest.restoreAllMocks());

  /** A deployment at the open at which its entry is due. */
  const due = async (more: Partial<BenchDraft> = {}): Promise<Bench> => {
    const dates = sessionsBefore('US', '2024-06-01', 5);
    const b = await Bench.open(trade, { symbol: `F${(symbols += 1)}`, dates, closes: closesOf('==+=='), ...more });
    await b.sessions(1, 3);
    return b;
  };
  const open = (b: Bench): Promise<unknown> =>
    b.opens(b.draft.dates[3]!).then(
      () => 'sent',
      (error: Error) => error.name,
    );
  const recoverElsewhere = async (b: Bench): Promise<void> =>
    second.get(RecoveryService).recover(second.get(DataSource).manager, await b.row(), b.broker, b.clock);
  const wire = async (b: Bench): Promise<{ posts: number; orders: number }> => {
    const { rows } = await trade.sql.query(
      `SELECT (SELECT count(*)::int FROM paper.send_call WHERE account_id = $1) AS posts,
         (SELECT count(*)::int FROM paper."order" WHERE account_id = $1) AS orders`,
      [(await b.row()).accountId],
    );
    return rows[0];
  };
  const orders = async (b: Bench): Promise<string[]> =>
    (await trade.call('GET', `/deployments/${b.id}/orders`)).body.items.map(
      (order: Record<string, string>) => `${order.side} ${order.qty} ${order.state}`,
    );
  const order = async (b: Bench): Promise<OrderEntity> =>
    trade.http.get(DataSource).manager.findOneByOrFail(OrderEntity, { deploymentId: b.id });

  it('after the venue took it: the sender is told at once and stores nothing, the next one finds it', async () => {
    const b = await due();
    const { broker } = b;
    const answer = gate();
    b.broker = like(broker, (target) => ({
      placeOrder: async (request: Parameters<Venue['placeOrder']>[0]) => {
        const outcome = await target.placeOrder(request);
        await answer.pass();
        return outcome;
      },
    }));
    const sending = open(b);
    await answer.reached;
    expect(await loseLocks(trade.sql)).toBe(1);
    expect(await sending).toBe('LockLostError');
    b.broker = broker;
    await recoverElsewhere(b);
    const stored = await order(b);
    expect(stored).toMatchObject({ state: 'FILLED', filledQty: '10' });
    answer.open();
    await testing.eventually('the first body to end', async () => (await wire(b)).posts === 1);
    expect(await order(b)).toEqual(stored);
    expect([await wire(b), await b.position()]).toEqual([{ posts: 1, orders: 1 }, 10]);
  });

  describe('before it began to send', () => {
    /** The sender stands between its record and its right to send; the lock is gone, and it does not know. */
    const stalled = async (): Promise<{ b: Bench; goOn(): Promise<unknown> }> => {
      const b = await due();
      const fence = trade.http.get(SendFence);
      const take = fence.take.bind(fence);
      const pause = gate();
      jest.spyOn(fence, 'take').mockImplementationOnce(async (row) => {
        await pause.pass();
        return take(row);
      });
      const lock = trade.http.get(SymbolLock);
      const hold = lock.hold.bind(lock);
      let body: Promise<unknown> = Promise.resolve();
      jest
        .spyOn(lock, 'hold')
        .mockImplementationOnce((key, purpose, work) =>
          hold(key, purpose, (held) => (body = work(held)) as ReturnType<typeof work>),
        );
      const sending = open(b);
      await pause.reached;
      expect(await loseLocks(trade.sql)).toBe(1);
      expect(await sending).toBe('LockLostError');
      return {
        b,
        goOn: async () => {
          pause.open();
          await body.catch(() => undefined);
        },
      };
    };

    it('sends nothing once another worker has sent it', async () => {
      const { b, goOn } = await stalled();
      await recoverElsewhere(b);
      await goOn();
      expect([await orders(b), await wire(b)]).toEqual([['BUY 10 FILLED'], { posts: 1, orders: 1 }]);
    });

    it('sends nothing once another worker has taken it over, though it does not know that its lock is lost', async () => {
      const { b, goOn } = await stalled();
      const row = await order(b);
      expect(await second.get(SendFence).takeOver(row.orderId)).toMatchObject({ sinceMs: null });
      const blind = { signal: new AbortController().signal, check: () => undefined };
      expect(await trade.http.get(IntentSender).dispatch(row, b.venue, b.clock, blind)).toBe(false);
      await goOn();
      expect([await orders(b), await wire(b)]).toEqual([['BUY 10 PENDING_NEW'], { posts: 0, orders: 0 }]);
    });

    it('sends nothing once another worker has given it up', async () => {
      const { b, goOn } = await stalled();
      expect((await b.patch({ enabled: false })).status).toBe(200);
      await recoverElsewhere(b);
      await goOn();
      expect([await orders(b), await wire(b)]).toEqual([['BUY 10 CANCELED'], { posts: 0, orders: 0 }]);
    });
  });

  it('that comes to the sending too late for its right sends nothing; the order is looked up and sent then', async () => {
    const b = await due();
    const fence = trade.http.get(SendFence);
    const take = fence.take.bind(fence);
    jest.spyOn(fence, 'take').mockImplementationOnce(async (row) => {
      const right = await take(row);
      await sleep(sendWindowMs() + 50);
      return right;
    });
    await expect(b.opens(b.draft.dates[3]!)).rejects.toThrow('must begin to be sent within');
    expect([await orders(b), await wire(b)]).toEqual([['BUY 10 PENDING_NEW'], { posts: 0, orders: 0 }]);
    await b.send();
    expect([await orders(b), await wire(b)]).toEqual([['BUY 10 FILLED'], { posts: 1, orders: 1 }]);
  });

  describe('while its request is on the way', () => {
    const delayed = async (requestValidityMs: number): Promise<{ b: Bench; arrive(): Promise<void> }> => {
      const b = await due();
      const { broker } = b;
      const way = gate();
      let arrived: Promise<unknown> = Promise.resolve();
      const capabilities = { ...broker.capabilities, requestValidityMs };
      b.broker = like(broker, () => ({
        capabilities,
        placeOrder: (request: Parameters<Venue['placeOrder']>[0]) => {
          // What is on the wire arrives whatever the sender learns meanwhile.
          arrived = way.pass().then(() => b.venue.placeOrder(request));
          return arrived;
        },
      }));
      const sending = open(b);
      await way.reached;
      expect(await loseLocks(trade.sql)).toBe(1);
      expect(await sending).toBe('LockLostError');
      b.broker = like(broker, () => ({ capabilities }));
      return { b, arrive: () => (way.open(), arrived.then(() => undefined)) };
    };

    it('is not sent again while the venue may still take it', async () => {
      const { b, arrive } = await delayed(60_000);
      await recoverElsewhere(b);
      expect([await orders(b), await wire(b)]).toEqual([['BUY 10 UNKNOWN'], { posts: 0, orders: 0 }]);
      await arrive();
      await recoverElsewhere(b);
      expect([await orders(b), await wire(b)]).toEqual([['BUY 10 FILLED'], { posts: 1, orders: 1 }]);
    });

    it('is not waited for with its lock until the end of a long time to send', async () => {
      const given = process.env.ASSAY_SEND_WINDOW_MS;
      process.env.ASSAY_SEND_WINDOW_MS = '60000';
      try {
        const { b, arrive } = await delayed(0);
        const begun = performance.now();
        await recoverElsewhere(b);
        // A bound of seconds against a window of a minute.
        expect(performance.now() - begun).toBeLessThan(30_000);
        expect([await orders(b), await wire(b)]).toEqual([['BUY 10 UNKNOWN'], { posts: 0, orders: 0 }]);
        await arrive();
        await recoverElsewhere(b);
        expect([await orders(b), await wire(b)]).toEqual([['BUY 10 FILLED'], { posts: 1, orders: 1 }]);
      } finally {
        if (given === undefined) delete process.env.ASSAY_SEND_WINDOW_MS;
        else process.env.ASSAY_SEND_WINDOW_MS = given;
      }
    });

    it('is sent again with its client id by the next worker, and is one order at the venue', async () => {
      const { b, arrive } = await delayed(0);
      await recoverElsewhere(b);
      await arrive();
      expect([await orders(b), await wire(b)]).toEqual([['BUY 10 FILLED'], { posts: 2, orders: 1 }]);
      expect(await b.position()).toBe(10);
    });
  });

  it('what is concluded under an older right is not stored, what the venue says is', async () => {
    const b = await due();
    await b.opens(b.draft.dates[3]!);
    await trade.sql.query(
      `UPDATE trade.orders SET state = 'UNKNOWN', filled_qty = 0, send_token = 7 WHERE deployment_id = $1`,
      [b.id],
    );
    const { orderId } = await order(b);
    const store = (token: number): Promise<void> =>
      trade.http
        .get(Transactions)
        .run((em) =>
          trade.http
            .get(OrderOutcomes)
            .store(
              em,
              { orderId, sendToken: token },
              { kind: 'rejected', code: 'OTHER', message: 'no' },
              b.clock.nowMs(),
            ),
        );
    await store(6);
    expect(await order(b)).toMatchObject({ state: 'UNKNOWN', rejectCode: null });
    await store(7);
    expect(await order(b)).toMatchObject({ state: 'REJECTED', rejectCode: 'OTHER' });
  });

  it('an overfill is drift that is logged once, and reconciliation goes on', async () => {
    const b = await due();
    b.broker = overfilling(b.broker, '5');
    await b.opens(b.draft.dates[3]!);
    await trade.sql.query('UPDATE paper.position SET qty = 15 WHERE account_id = $1', [(await b.row()).accountId]);
    expect([await orders(b), await b.position()]).toEqual([['BUY 10 FILLED'], 10]);
    expect(await b.row()).toMatchObject({ sync: 'drifted', syncReason: expect.stringContaining('filled 15') });
    await b.send();
    await reconcileOnce(trade);
    expect(await b.row()).toMatchObject({ sync: 'drifted', syncReason: 'the venue holds 15, our ledgers 10' });
    expect((await b.log()).filter((line) => line === 'BUY overfill')).toHaveLength(1);
  });
});
