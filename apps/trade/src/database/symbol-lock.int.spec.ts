import { setTimeout as sleep } from 'node:timers/promises';
import { Transactions } from '@assay/persistence';
import { createHttpApp } from '@assay/platform';
import * as testing from '@assay/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { VenuePool } from '../adapters/venue-pool';
import { Bench, closesOf } from '../../test/bench';
import { gate, like } from '../../test/broken-venues';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade } from '../../test/trade-stack';
import { TradeModule } from '../trade.module';
import { LockBusyError, SymbolLock } from './symbol-lock';

jest.setTimeout(90_000);

describe('the lock of a symbol', () => {
  let trade: TradeStack;
  let second: NestFastifyApplication;
  const key = (symbol: string) => ({ broker: 'PAPER', accountId: 'a', symbol });

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    second = await createHttpApp(TradeModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
  });
  afterAll(async () => {
    await second?.close();
    await trade?.close();
  });

  /** Runs `body` while the symbol is held by a body that does not end. */
  const whileStuck = async (symbol: string, body: () => Promise<void>): Promise<void> => {
    const stuck = gate();
    const held = trade.http.get(SymbolLock).hold(key(symbol), 'waits for its venue', () => stuck.pass());
    await stuck.reached;
    try {
      await body();
    } finally {
      stuck.open();
      await held;
    }
  };

  it('is waited for within a bound, and the refusal says who has it', () =>
    whileStuck('STUCK', async () => {
      for (const app of [trade.http, second]) {
        const waiting = app.get(SymbolLock).hold(key('STUCK'), 'tries', () => Promise.resolve(), 60);
        await expect(waiting).rejects.toThrow(LockBusyError);
        await expect(waiting).rejects.toThrow(`order:PAPER:a:STUCK is held by process ${process.pid}`);
      }
      const own = trade.http.get(SymbolLock).hold(key('STUCK'), 'tries', () => Promise.resolve(), 0);
      await expect(own).rejects.toThrow('which waits for its venue since');
    }));

  it('keeps nobody from other symbols, however many wait for it', () =>
    whileStuck('STUCK', async () => {
      const lock = trade.http.get(SymbolLock);
      const never = new Map<number, boolean>();
      const waiters = Array.from({ length: 40 }, (_, i) =>
        lock
          .hold(key('STUCK'), 'waits', async () => void never.set(i, true), 1_000)
          .catch((error: Error) => error.name),
      );
      const others = Array.from({ length: 40 }, (_, i) =>
        lock.tryHold(`replay:${i}`, () => lock.hold(key(`FREE${i}`), 'works', () => Promise.resolve(i))),
      );
      expect(await Promise.all(others)).toEqual(Array.from({ length: 40 }, (_, i) => i));
      expect(new Set(await Promise.all(waiters))).toEqual(new Set(['LockBusyError']));
      expect(never.size).toBe(0);
    }));

  it('is free again when its holder fails, and for one holder at a time', async () => {
    const failing = trade.http.get(SymbolLock).hold(key('X'), 'fails', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    let inside = 0;
    const work = async (): Promise<number> => {
      inside += 1;
      const seen = inside;
      await sleep(5);
      inside -= 1;
      return seen;
    };
    const apps = [trade.http, second, trade.http, second, trade.http];
    expect(await Promise.all(apps.map((app) => app.get(SymbolLock).hold(key('X'), 'works', work)))).toEqual([
      1, 1, 1, 1, 1,
    ]);
  });

  describe('and its venue', () => {
    const dates = sessionsBefore('US', '2024-06-01', 5);
    const bench = (symbol: string): Promise<Bench> => Bench.open(trade, { symbol, dates, closes: closesOf('==+==') });

    it('that never answers keeps a flatten waiting within a bound, which says what is in flight', async () => {
      const b = await bench('HANGS');
      await b.sessions(1, 3);
      const { broker } = b;
      const venue = gate();
      b.broker = like(broker, () => ({
        placeOrder: () =>
          venue.pass().then(() => ({ kind: 'unknown', clientOrderId: '', cause: 'the end of the test' })),
      }));
      const sending = b.opens(dates[3]!);
      await venue.reached;
      const { status, body } = await trade.call('POST', `/deployments/${b.id}/flatten`);
      expect([status, body.code, body.symbol]).toEqual([503, 'unavailable', 'HANGS']);
      expect(body.held_by).toContain('which sends');
      expect(body.in_flight).toEqual([
        { client_order_id: expect.any(String), state: 'PENDING_NEW', sending_since: expect.any(String) },
      ]);
      venue.open();
      await sending;
      expect((await trade.call('POST', `/deployments/${b.id}/flatten`)).status).toBe(202);
    });

    it('is taken not to answer after the deadline: an order is unknown, a question fails', async () => {
      const b = await bench('LATE');
      const forever = new Promise<never>(() => undefined);
      const registry = trade.http.get(VenuePool);
      const silent = like(b.broker, () => ({ placeOrder: () => forever, getPositions: () => forever }));
      const quiet = Object.create(registry, { adapterFor: { value: async () => silent } }) as VenuePool;
      const row = await b.row();
      const venue = await quiet.open(row, b.clock, { deadlineMs: 20 });
      await expect(venue.getPositions()).rejects.toThrow('the venue did not answer getPositions within 20 ms');
      const { broker, accountId, ticker: symbol } = row;
      const request = { clientOrderId: 'c', symbol, side: 'BUY', qty: '1', type: 'MARKET' } as const;
      const outcome = await trade.http
        .get(SymbolLock)
        .hold({ broker, accountId, symbol }, 'sends', () => venue.placeOrder(request));
      expect(outcome).toMatchObject({ kind: 'unknown', clientOrderId: 'c' });
    });

    it('is never asked within a transaction, nor changed without the lock', async () => {
      const b = await bench('GUARD');
      const { broker } = b;
      const symbol = 'GUARD';
      const request = { clientOrderId: 'c', symbol, side: 'BUY', qty: '1', type: 'MARKET' } as const;
      await expect(broker.placeOrder(request)).rejects.toThrow("under the symbol's lock only");
      await expect(broker.cancelOrder({ clientOrderId: 'c', symbol })).rejects.toThrow("under the symbol's lock only");
      const within = trade.http.get(Transactions).run(() => broker.health());
      await expect(within).rejects.toThrow(
        'the venue must not be asked for while one of the business transactions is held',
      );
    });
  });
});
