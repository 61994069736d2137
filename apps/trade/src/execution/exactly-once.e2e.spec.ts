import * as testing from '@assay/testing';
import type { ServiceProgram } from '@assay/testing';
import { buildOnce, eventually, startService } from '@assay/testing';
import { priceStrategy } from '../../test/documents';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';
import type { CrashPoint } from '../../test/crashing-worker';

jest.setTimeout(240_000);
/** Of a worker process that starts, or takes over from one that was killed, on a busy machine. */
const BUSY_MS = 100_000;

interface Counts {
  /** Order messages that reached the venue. */
  sends: number;
  /** Orders in the venue's book. */
  venueOrders: number;
  ourOrders: number;
  /** States of our orders. */
  states: string[];
  intents: number;
  ledger: number;
}

/** What "exactly one order" means: one message on the wire, one order in the venue's book, and we know of it. */
const isDeliveredOnce = ({ sends, venueOrders, ourOrders, intents }: Counts): boolean =>
  sends === 1 && venueOrders === 1 && ourOrders === 1 && intents === 1;

async function counts(trade: TradeStack): Promise<Counts> {
  const { rows } = await trade.sql.query(
    `SELECT (SELECT count(*)::int FROM paper.send_call) AS sends, (SELECT count(*)::int FROM paper."order") AS "venueOrders",
       (SELECT count(*)::int FROM trade.orders) AS "ourOrders", (SELECT count(*)::int FROM trade.order_intent) AS intents,
       (SELECT coalesce(array_agg(state ORDER BY state), '{}') FROM trade.orders) AS states,
       (SELECT coalesce(sum(qty), 0)::float8 FROM trade.position) AS ledger`,
  );
  return rows[0] as Counts;
}

/** Flat, then one rise that lasts: one entry and nothing after it. */
const dates = sessionsBefore('US', '2024-06-01', 24);
const rising = dates.map((_, i) => (i < 12 ? 100 : 100 + (i - 11) * 2));

/** A limit of 1 % below the first rise is reached on the day after it, in the middle of the bar. */
const dipping = rising.map((close, i) => (i === 13 ? 100 : close - 0.5));
const limit = { entry_order: { type: 'limit', offset: { percent: 1 }, expires_after_bars: 2 } };

async function deployReplay(trade: TradeStack, rules: object = {}): Promise<string> {
  await storeBars(trade.sql, { symbol: 'RISE', dates, closes: rising, opens: rising, lows: dipping });
  const strategy = await trade.call('POST', '/strategies', { ...priceStrategy('RISE'), ...rules });
  const { body, status } = await trade.call('POST', '/deployments', {
    strategy_id: strategy.body.strategy_id,
    broker: 'PAPER',
    ticker: 'RISE',
    qty: '10',
    market: 'US',
    replay: { start: dates[4], end: dates.at(-1) },
  });
  expect(status).toBe(201);
  return body.deployment_id;
}

const isReplayed = (trade: TradeStack, id: string): Promise<true> =>
  eventually(
    'the replay to end',
    async () => {
      const { body } = await trade.call('GET', `/deployments/${id}`);
      if (body.replay.state === 'failed') throw new Error(JSON.stringify(body.replay.error));
      return body.replay.state === 'completed';
    },
    BUSY_MS,
  );

describe('a trade worker killed with SIGKILL', () => {
  let trade: TradeStack;
  let worker: ServiceProgram | undefined;
  let clock: string[] = [];

  beforeAll(buildOnce);
  beforeEach(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterEach(async () => {
    await worker?.kill();
    worker = undefined;
    clock = [];
    jest.restoreAllMocks();
    await trade?.close();
  });

  const startWith = (...points: CrashPoint[]): Promise<ServiceProgram> => {
    const entry = points.length === 0 ? 'apps/trade/src/worker' : 'apps/trade/test/crashing-worker';
    return startService(entry, { ...trade.database.env, ASSAY_CRASH_AT: points.join(',') }, clock);
  };
  const dieWith = async (...points: CrashPoint[]): Promise<void> => {
    worker = await startWith(...points);
    expect((await worker.ended).signal).toBe('SIGKILL');
  };

  it('between intent and send: the next worker sends it, once', async () => {
    const id = await deployReplay(trade);
    await dieWith('after_intent');
    expect(await counts(trade)).toMatchObject({ sends: 0, venueOrders: 0, ourOrders: 1, states: ['PENDING_NEW'] });
    worker = await startWith();
    await isReplayed(trade, id);
    const after = await counts(trade);
    expect(after).toMatchObject({ states: ['FILLED'], ledger: 10 });
    expect(isDeliveredOnce(after)).toBe(true);
  });

  it('between send and store: the next worker finds it by its client id and sends nothing', async () => {
    const id = await deployReplay(trade);
    await dieWith('after_send');
    expect(await counts(trade)).toMatchObject({ sends: 1, venueOrders: 1, states: ['PENDING_NEW'], ledger: 0 });
    worker = await startWith();
    await isReplayed(trade, id);
    const after = await counts(trade);
    expect(after).toMatchObject({ states: ['FILLED'], ledger: 10 });
    expect(isDeliveredOnce(after)).toBe(true);
  });

  it('would send twice if it sent before the order is recorded, which is what these tests are for', async () => {
    const id = await deployReplay(trade);
    await dieWith('send_before_intent', 'after_send');
    expect(await counts(trade)).toMatchObject({ sends: 1, venueOrders: 1, intents: 1, ourOrders: 0 });
    worker = await startWith('send_before_intent');
    await isReplayed(trade, id);
    expect(isDeliveredOnce(await counts(trade))).toBe(false);
    expect((await counts(trade)).sends).toBeGreaterThan(1);
  });

  it.each(['after_intent', 'after_send'] as const)(
    'where the watch of a replay has reached an entry order, %s: one order, at the price at which the bar reached it',
    async (point) => {
      const id = await deployReplay(trade, limit);
      await dieWith(point);
      expect(await counts(trade)).toMatchObject({ ourOrders: 1, states: ['PENDING_NEW'], ledger: 0 });
      worker = await startWith();
      await isReplayed(trade, id);
      const after = await counts(trade);
      expect(after).toMatchObject({ states: ['FILLED'], ledger: 10 });
      expect(isDeliveredOnce(after)).toBe(true);
      const { items } = (await trade.call('GET', `/deployments/${id}/fills`)).body;
      expect(items.map((one: Record<string, string>) => [one.filled_at!.slice(0, 10), Number(one.price)])).toEqual([
        [dates[13], 100.98],
      ]);
    },
  );

  it('in the middle of a replay: the next worker goes on where the clock stood, every session once', async () => {
    const id = await deployReplay(trade);
    worker = await startWith();
    await eventually(
      'some sessions',
      async () => (await trade.call('GET', `/deployments/${id}`)).body.replay.sessions_done >= 3,
      BUSY_MS,
    );
    await worker.kill();
    worker = await startWith();
    await isReplayed(trade, id);
    const signals = await trade.call('GET', `/deployments/${id}/signals`);
    expect(signals.body.items.map((row: { bar_time: string }) => row.bar_time.slice(0, 10))).toEqual(dates.slice(4));
    expect(isDeliveredOnce(await counts(trade))).toBe(true);
  });

  it.each(['after_intent', 'after_send'] as const)(
    '%s of an entry order that was reached in real time: one order, found by reconciliation at start',
    async (point) => {
      clock = testing.setClock('2025-06-04T12:00:00Z');
      const days = sessionsBefore('CRYPTO', '2025-06-04', 6);
      await storeBars(trade.sql, { symbol: 'COIN', market: 'CRYPTO', dates: days, closes: [10, 10, 10, 10, 10, 12] });
      const document = { ...priceStrategy('COIN'), trading_period: 365, ...limit };
      const strategy = await trade.call('POST', '/strategies', document);
      const { body } = await trade.call('POST', '/deployments', {
        ...{ strategy_id: strategy.body.strategy_id, broker: 'PAPER', ticker: 'COIN', qty: '2.5', market: 'CRYPTO' },
      });
      worker = await startWith();
      await trade.call('POST', `/deployments/${body.deployment_id}/run`);
      const rests = async () => (await trade.call('GET', `/deployments/${body.deployment_id}`)).body.resting_entry;
      await eventually('the order to rest in the strategy', async () => (await rests()) !== null, BUSY_MS);
      await worker.kill();
      const bar = { timeframe: '1m' as const, dates: ['2025-06-04T11:50:00Z'], closes: [11.5], opens: [11.5] };
      await storeBars(trade.sql, { symbol: 'COIN', market: 'CRYPTO', ...bar });
      await dieWith(point);
      worker = await startWith();
      const isSent = async (): Promise<boolean> => (await counts(trade)).states[0] === 'ACCEPTED';
      await eventually('the order to be at the venue', isSent, BUSY_MS);
      expect(isDeliveredOnce(await counts(trade))).toBe(true);
      const { rows } = await trade.sql.query('SELECT order_type, limit_price::float8 AS price FROM paper."order"');
      expect(rows).toEqual([{ order_type: 'LIMIT', price: expect.closeTo(11.88, 9) }]);
    },
  );

  it.each(['after_intent', 'after_send'] as const)(
    '%s in real time: one order, found by reconciliation at start',
    async (point) => {
      clock = testing.setClock('2025-06-04T12:00:00Z');
      const days = sessionsBefore('CRYPTO', '2025-06-04', 6);
      await storeBars(trade.sql, { symbol: 'COIN', market: 'CRYPTO', dates: days, closes: [10, 10, 10, 10, 10, 12] });
      const strategy = await trade.call('POST', '/strategies', { ...priceStrategy('COIN'), trading_period: 365 });
      const { body } = await trade.call('POST', '/deployments', {
        strategy_id: strategy.body.strategy_id,
        broker: 'PAPER',
        ticker: 'COIN',
        qty: '2.5',
        market: 'CRYPTO',
      });
      await trade.call('POST', `/deployments/${body.deployment_id}/run`);
      await dieWith(point);
      worker = await startWith();
      // No bar of that day is stored, so the order rests until there is one.
      const rests = async (): Promise<boolean> => (await counts(trade)).states[0] === 'ACCEPTED';
      await eventually('the order to rest at the venue', rests, BUSY_MS);
      expect(isDeliveredOnce(await counts(trade))).toBe(true);
    },
  );
});
