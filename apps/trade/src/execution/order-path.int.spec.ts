import type { Venue } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { HOUR_MS } from '@assay/primitives';
import * as testing from '@assay/testing';
import { DataSource } from 'typeorm';
import { VenuePool } from '../adapters/venue-pool';
import type { BenchDraft } from '../../test/bench';
import { Bench, closesOf } from '../../test/bench';
import { priceStrategy } from '../../test/documents';
import { reconcileOnce } from '../../test/reconcile-once';
import { neverReached, silent, withoutFills } from '../../test/broken-venues';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';
import { RecoveryService } from './recovery.service';
import { RunService } from '../runs/run.service';

jest.setTimeout(90_000);

describe('what lies between an intent and its fills', () => {
  let trade: TradeStack;
  let symbols = 0;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => trade?.close());

  const bench = (moves: string, more: Partial<BenchDraft> = {}): Promise<Bench> => {
    const dates = sessionsBefore('US', '2024-06-01', moves.length);
    return Bench.open(trade, { symbol: `P${(symbols += 1)}`, dates, closes: closesOf(moves), ...more });
  };
  /** Another deployment of the same symbol on the same account. */
  const beside = async (b: Bench): Promise<Bench> =>
    Bench.open(trade, { ...b.draft, deployment: { account_id: (await b.row()).accountId } });
  const sends = async (b: Bench): Promise<number> => {
    const { rows } = await trade.sql.query('SELECT count(*)::int AS n FROM paper.send_call WHERE account_id = $1', [
      (await b.row()).accountId,
    ]);
    return rows[0].n;
  };
  const orders = async (b: Bench): Promise<string[]> =>
    (await trade.call('GET', `/deployments/${b.id}/orders`)).body.items.map(
      (order: Record<string, string>) => `${order.side} ${order.qty} ${order.state}`,
    );
  /** An entry that is recorded, and a process that ended before it was sent. */
  const crashed = async (more: Partial<BenchDraft> = {}): Promise<Bench> => {
    const b = await bench('==+==', more);
    await b.sessions(1, 3);
    const { broker } = b;
    b.broker = neverReached(broker);
    await expect(b.opens(b.draft.dates[3]!)).rejects.toThrow('the process ended');
    b.broker = broker;
    expect(await orders(b)).toEqual(['BUY 10 PENDING_NEW']);
    return b;
  };

  describe('an order that was recorded and never reached the venue', () => {
    it('is sent once by the next worker, and does not count against its own daily limit', async () => {
      const b = await crashed({ deployment: { risk_limits: { max_daily_trades: 1 } } });
      await b.send();
      expect(await orders(b)).toEqual(['BUY 10 FILLED']);
      expect(await sends(b)).toBe(1);
    });

    it('is given up when the deployment was disabled meanwhile', async () => {
      const b = await crashed();
      expect((await b.patch({ enabled: false })).status).toBe(200);
      await b.send();
      expect(await orders(b)).toEqual(['BUY 10 CANCELED']);
      expect(await sends(b)).toBe(0);
      expect(await b.last()).toBe('REJECTED disabled');
    });

    it('is given up when the deployment was stopped meanwhile', async () => {
      const b = await crashed();
      expect((await trade.call('DELETE', `/deployments/${b.id}`)).status).toBe(200);
      await b.send();
      expect(await sends(b)).toBe(0);
      expect(await b.last()).toBe('REJECTED stopped');
    });

    it('is given up when the time of its intent is over', async () => {
      const b = await crashed();
      b.clock.moveTo(b.clock.nowMs() + 2 * HOUR_MS);
      await b.send();
      expect(await sends(b)).toBe(0);
      expect(await b.last()).toBe('REJECTED intent_expired');
    });

    it('blocks entries of other deployments on the account and symbol until it is settled', async () => {
      const b = await crashed();
      const c = await beside(b);
      await c.sessions(1, 3);
      await c.opens(c.draft.dates[3]!);
      expect(await c.last()).toBe('REJECTED frozen');
      expect(await sends(b)).toBe(0);
    });
  });

  describe('an order of unknown fate', () => {
    it('freezes the account and symbol for every deployment at once', async () => {
      const b = await bench('==+==');
      const c = await beside(b);
      await b.sessions(1, 3);
      await c.sessions(1, 3);
      b.broker = silent(b.broker);
      await b.opens(b.draft.dates[3]!);
      expect(await b.row()).toMatchObject({ sync: 'frozen' });
      expect(await c.row()).toMatchObject({ sync: 'frozen' });
      await c.opens(c.draft.dates[3]!);
      expect(await c.last()).toBe('REJECTED frozen');
      expect(await sends(b)).toBe(1);
    });

    it('freezes a deployment that is made after it', async () => {
      const b = await bench('==+==');
      await b.sessions(1, 3);
      b.broker = silent(b.broker);
      await b.opens(b.draft.dates[3]!);
      const c = await beside(b);
      await c.sessions(1, 3);
      expect(await c.last()).toBe('REJECTED frozen');
    });

    it('does not keep us from leaving what we do hold', async () => {
      const b = await bench('==++=');
      await b.sessions(1, 3);
      const { dates } = b.draft;
      await b.opens(dates[3]!);
      const { version } = (await trade.call('GET', `/deployments/${b.id}`)).body;
      expect((await b.patch({ qty: '20', version })).status).toBe(200);
      await b.closes(dates[3]!);
      b.broker = silent(b.broker);
      await b.opens(dates[4]!);
      expect(await orders(b)).toEqual(['BUY 10 FILLED', 'BUY 10 UNKNOWN']);
      await b.closes(dates[4]!);
      expect(await b.last()).toBe('SELL intended');
    });
  });

  it('an order stays open until the ledger has all of its fills', async () => {
    const b = await bench('==+==');
    await b.sessions(1, 3);
    const { broker } = b;
    b.broker = withoutFills(broker);
    await b.opens(b.draft.dates[3]!);
    expect(await orders(b)).toEqual(['BUY 10 PARTIALLY_FILLED']);
    b.broker = broker;
    await b.send();
    await b.send();
    expect(await orders(b)).toEqual(['BUY 10 FILLED']);
    expect(await b.position()).toBe(10);
  });

  it('an exit goes through though another deployment is on the other side of the account', async () => {
    const b = await bench('==+==');
    const c = await beside(b);
    await b.sessions(1, 4);
    const { accountId } = await b.row();
    await trade.sql.query(
      `INSERT INTO trade.position (deployment_id, account_id, symbol, qty, average_price, realised_pnl, fees, updated_at)
       VALUES ($1, $2, $3, -10, 100, 0, 0, now())`,
      [c.id, accountId, b.draft.symbol],
    );
    await trade.sql.query('UPDATE paper.position SET qty = 0 WHERE account_id = $1', [accountId]);
    expect(await b.last()).toBe('SELL intended');
    await b.opens(b.draft.dates[4]!);
    expect(await orders(b)).toEqual(['BUY 10 FILLED', 'SELL 10 FILLED']);
    expect(await b.position()).toBe(0);
  });

  it('an entry that rests at the venue is taken back when its deployment was stopped', async () => {
    const b = await bench('==+');
    await b.sessions(1, 3);
    b.clock.moveTo(calendarFor('US').nextOpenMs(b.clock.nowMs()));
    await b.send();
    expect(await orders(b)).toEqual(['BUY 10 ACCEPTED']);
    expect((await trade.call('DELETE', `/deployments/${b.id}`)).status).toBe(200);
    await b.send();
    expect(await orders(b)).toEqual(['BUY 10 CANCELED']);
  });

  describe('a flatten', () => {
    it('takes back an entry that rests at the venue', async () => {
      const b = await bench('==+');
      await b.sessions(1, 3);
      const next = calendarFor('US').nextOpenMs(b.clock.nowMs());
      b.clock.moveTo(next);
      await b.send();
      expect(await orders(b)).toEqual(['BUY 10 ACCEPTED']);
      const { status, body } = await trade.call('DELETE', `/deployments/${b.id}?flatten=true`);
      expect(status).toBe(200);
      expect(body.status).toBe('stopped');
      expect(await orders(b)).toEqual(['BUY 10 CANCELED']);
    });

    /** An entry whose answer was lost; the venue has filled it. */
    const lostEntry = async (): Promise<{ b: Bench; broker: Venue }> => {
      const b = await bench('==+==');
      await b.sessions(1, 3);
      const { broker } = b;
      b.broker = silent(broker);
      await b.opens(b.draft.dates[3]!);
      expect([await orders(b), await b.position()]).toEqual([['BUY 10 UNKNOWN'], 0]);
      return { b, broker };
    };
    const pending = async (b: Bench): Promise<number> => {
      const { rows } = await trade.sql.query('SELECT 1 FROM trade.flatten_request WHERE deployment_id = $1', [b.id]);
      return rows.length;
    };

    it('also closes what an order of unknown fate turns out to have filled, once', async () => {
      const { b, broker } = await lostEntry();
      const { status, body } = await trade.call('POST', `/deployments/${b.id}/flatten`);
      expect([status, body.flatten, body.flatten_awaits]).toEqual([202, null, 1]);
      await trade.call('POST', `/deployments/${b.id}/flatten`);
      await b.send();
      expect([await orders(b), await pending(b)]).toEqual([['BUY 10 UNKNOWN'], 1]);

      b.broker = broker;
      const recover = async (): Promise<void> =>
        trade.http.get(RecoveryService).recover(trade.http.get(DataSource).manager, await b.row(), broker, b.clock);
      await Promise.all([recover(), recover()]);
      expect([await b.last(), await b.position(), await pending(b)]).toEqual(['SELL intended', 10, 0]);
      await Promise.all([b.send(), b.send()]);
      expect([await orders(b), await b.position()]).toEqual([['BUY 10 FILLED', 'SELL 10 FILLED'], 0]);
      expect(await sends(b)).toBe(2);
      await b.send();
      expect([await sends(b), (await b.row()).sync]).toEqual([2, 'in_sync']);
    });

    it('takes back later what it could not take back when it was asked for', async () => {
      const b = await bench('==+');
      await b.sessions(1, 3);
      b.clock.moveTo(calendarFor('US').nextOpenMs(b.clock.nowMs()));
      await b.send();
      const open = jest.spyOn(trade.http.get(VenuePool), 'open').mockRejectedValueOnce(new Error('no answer'));
      const { body } = await trade.call('POST', `/deployments/${b.id}/flatten`);
      open.mockRestore();
      expect([body.flatten, body.flatten_awaits, await orders(b)]).toEqual([null, 1, ['BUY 10 ACCEPTED']]);
      await b.send();
      expect([await orders(b), await b.position(), await pending(b)]).toEqual([['BUY 10 CANCELED'], 0, 0]);
    });

    it('of a deployment that is stopped with it does so too, without being asked a second time', async () => {
      const { b, broker } = await lostEntry();
      expect((await trade.call('DELETE', `/deployments/${b.id}?flatten=true`)).status).toBe(200);
      b.broker = broker;
      await b.send();
      expect([await orders(b), await b.position()]).toEqual([['BUY 10 FILLED', 'SELL 10 FILLED'], 0]);
    });

    it('ends with nothing to close when the order proves never to have been taken', async () => {
      const b = await crashed();
      expect((await trade.call('POST', `/deployments/${b.id}/flatten`)).body.flatten_awaits).toBe(1);
      await b.send();
      expect(await sends(b)).toBe(0);
      expect([await orders(b), await pending(b), await b.position()]).toEqual([['BUY 10 CANCELED'], 0, 0]);
    });

    it('closes what is held when it is sent, not what was held when it was asked for', async () => {
      const b = await bench('==++');
      await b.sessions(1, 4);
      await trade.call('POST', `/deployments/${b.id}/flatten`);
      const held = [4, (await b.row()).accountId];
      await trade.sql.query('UPDATE trade.position SET qty = $1 WHERE account_id = $2', held);
      await trade.sql.query('UPDATE paper.position SET qty = $1 WHERE account_id = $2', held);
      await trade.sql.query(
        `UPDATE trade.order_intent SET send_after = $1, expires_at = $1 WHERE deployment_id = $2 AND trigger = 'flatten'`,
        [new Date(b.clock.nowMs()), b.id],
      );
      await b.send();
      expect((await orders(b)).at(-1)).toMatch(/^SELL 4 (ACCEPTED|FILLED)$/);
    });
  });

  it('an evaluation that is refused is logged with its reason, and the bar is tried again', async () => {
    const b = await bench('==+++');
    await b.sessions(1, 3);
    await trade.sql.query(`UPDATE trade.deployment SET adjustment = 'none' WHERE deployment_id = $1`, [b.id]);
    await trade.sql.query('UPDATE trade.evaluator_state SET last_close = 50 WHERE deployment_id = $1', [b.id]);
    b.clock.moveTo(calendarFor('US').sessionCloseMs(b.draft.dates[3]!));
    const run = { deploymentId: b.id, clock: b.clock, trigger: 'bar' as const };
    const runs = trade.http.get(RunService);
    expect((await runs.run(run)).outcome).toBe('waiting_for_bars');
    expect(await b.last()).toBe('HOLD history_changed');
    await trade.sql.query('UPDATE trade.evaluator_state SET last_close = 101 WHERE deployment_id = $1', [b.id]);
    expect((await runs.run(run)).outcome).not.toBe('waiting_for_bars');
  });

  it('a bar that is stored after its close is evaluated when it is there', async () => {
    testing.setClock('2025-06-04T12:00:00Z');
    const dates = sessionsBefore('CRYPTO', '2025-06-04', 6);
    const symbol = `P${(symbols += 1)}`;
    const closes = [10, 10, 10, 10, 10, 12];
    await storeBars(trade.sql, { symbol, market: 'CRYPTO', dates: dates.slice(0, 5), closes: closes.slice(0, 5) });
    const strategy = await trade.call('POST', '/strategies', { ...priceStrategy(symbol), trading_period: 365 });
    const account = await trade.call('POST', '/accounts', { broker: 'PAPER' });
    const { body } = await trade.call('POST', '/deployments', {
      account_id: account.body.account_id,
      strategy_id: strategy.body.strategy_id,
      broker: 'PAPER',
      ticker: symbol,
      qty: '1',
      market: 'CRYPTO',
    });
    const id: string = body.deployment_id;
    const runs = trade.http.get(RunService);
    const clock = { nowMs: () => Date.now() };
    expect((await runs.run({ deploymentId: id, clock, trigger: 'bar' })).outcome).toBe('waiting_for_bars');
    await storeBars(trade.sql, { symbol, market: 'CRYPTO', dates, closes });
    await reconcileOnce(trade);
    const log = await trade.call('GET', `/deployments/${id}/trades`);
    expect(log.body.items.at(-1)).toMatchObject({ action: 'BUY' });
  });
});
