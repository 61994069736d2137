import { ActionStore, MarketStore } from '@assay/market-data';
import { calendarFor } from '@assay/market-data/calendars';
import * as testing from '@assay/testing';
import { Bench } from '../../test/bench';
import { sessionsBefore, startTrade, type TradeStack } from '../../test/trade-stack';
import { workerProvider } from '../../test/worker-provider';
import { SeriesStore } from '../bars/series-store';
import { StopLossMonitor } from '../reconciliation/stop-loss-monitor';
import { RunService } from '../runs/run.service';

jest.setTimeout(90_000);

describe('a deployment whose symbol is split', () => {
  let trade: TradeStack;
  let symbols = 0;
  const dates = sessionsBefore('US', '2024-06-01', 7);
  /** Two for one on the 5th day. */
  const closes = [100, 100, 101, 102, 51.5, 52, 52.5];

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterAll(() => trade?.close());

  /** Holds 10 shares from the 4th day on. */
  const held = async (adjustment: 'none' | 'adj_close', limits = {}): Promise<Bench> => {
    const deployment = { risk_limits: { stop_loss_pct: 5 } };
    const draft = { symbol: `SPLIT${(symbols += 1)}`, dates, closes, account: { limits }, deployment };
    const b = await Bench.open(trade, draft);
    await trade.sql.query('UPDATE trade.deployment SET adjustment = $1 WHERE deployment_id = $2', [adjustment, b.id]);
    await b.sessions(1, 4);
    expect(await b.position()).toBe(10);
    return b;
  };
  const declare = async ({ draft: { symbol } }: Bench, exDate = dates[4]!): Promise<void> => {
    const query = async (sql: string, params?: unknown[]) => (await trade.sql.query(sql, params)).rows as unknown;
    const put = [{ exDate, kind: 'split' as const, value: 2, availableAtMs: null }];
    const change = { put, nowMs: Date.now(), addOnly: false };
    await new ActionStore(query, new MarketStore(query)).change({ source: 'test', symbol }, change);
    trade.http.get(SeriesStore, { strict: false }).forgetRecent();
  };
  const run = async (b: Bench, day: number): Promise<[outcome: string, logged: string | undefined]> => {
    b.clock.moveTo(calendarFor('US').sessionCloseMs(dates[day]!));
    const { outcome } = await trade.http.get(RunService).run({ deploymentId: b.id, clock: b.clock, trigger: 'bar' });
    return [outcome, await b.last()];
  };
  const flatten = (b: Bench): Promise<unknown> =>
    trade.sql.query('UPDATE trade.position SET qty = 0 WHERE deployment_id = $1', [b.id]);

  /** One watch between runs, at the end of a session. */
  const watch = async (b: Bench, day: number): Promise<void> => {
    b.clock.moveTo(calendarFor('US').sessionCloseMs(dates[day]!));
    await workerProvider(trade.http, StopLossMonitor).watch(await b.row(), b.broker, b.clock);
  };
  const sold = async (b: Bench): Promise<number[]> =>
    (await trade.call('GET', `/deployments/${b.id}/fills`)).body.items
      .filter(({ side }: Record<string, string>) => side === 'SELL')
      .map(({ price }: Record<string, string>) => Number(price));
  const equity = async (b: Bench): Promise<number> => Number((await b.broker.getAccountInfo()).equity);

  describe.each(['adj_close', 'none'] as const)('on %s, between two runs', (adjustment) => {
    it('does not fall for the price of new shares, says so once, and loses nothing by it', async () => {
      const b = await held(adjustment, { max_daily_loss_pct: 10, max_drawdown_pct: 10 });
      const before = await equity(b);
      await declare(b);
      await watch(b, 4);
      await watch(b, 4);
      expect((await b.log()).filter((line) => line === 'HOLD corporate_action')).toHaveLength(1);
      expect([await sold(b), await b.position()]).toEqual([[], 10]);
      // ten shares at 102 are twenty at 51.5
      expect((await equity(b)) - before).toBeCloseTo(10, 9);
    });

    it('is sold by a person as what the shares have become', async () => {
      const b = await held(adjustment);
      const before = await equity(b);
      await declare(b);
      b.clock.moveTo(calendarFor('US').sessionCloseMs(dates[4]!));
      expect((await trade.call('POST', `/deployments/${b.id}/flatten`)).status).toBe(202);
      // it was asked for by the clock of today
      const due = [b.id, new Date(b.clock.nowMs())];
      await trade.sql.query('UPDATE trade.order_intent SET send_after = $2 WHERE deployment_id = $1', due);
      await b.opens(dates[5]!);
      await b.send();
      expect([await b.position(), await sold(b)]).toEqual([0, [2 * 51.5]]);
      expect((await equity(b)) - before).toBeCloseTo(10, 9);
    });

    it('is stopped out by a fall that no split explains', async () => {
      const b = await held(adjustment);
      await watch(b, 4);
      await b.send();
      await b.opens(dates[5]!);
      expect([await b.position(), (await sold(b)).length]).toEqual([0, 1]);
    });

    it('does not send what was decided on old shares', async () => {
      const draft = { symbol: `SPLIT${(symbols += 1)}`, dates: dates.slice(0, 3), closes: closes.slice(0, 3) };
      const b = await Bench.open(trade, draft);
      await trade.sql.query('UPDATE trade.deployment SET adjustment = $1 WHERE deployment_id = $2', [adjustment, b.id]);
      await b.sessions(1, 3);
      expect(await b.last()).toBe('BUY intended');
      await declare(b, dates[3]!);
      await b.opens(dates[3]!);
      expect([await b.last(), await b.position()]).toEqual(['REJECTED corporate_action', 0]);
    });
  });

  it('does not trade on what it holds of old shares, and goes on when it is flat', async () => {
    const b = await held('adj_close');
    await declare(b);
    expect(await run(b, 4)).toEqual(['waiting_for_bars', 'HOLD corporate_action']);
    expect((await run(b, 5))[1]).toBe('HOLD corporate_action');
    await flatten(b);
    expect((await run(b, 6))[0]).not.toBe('waiting_for_bars');
  });

  it('does not take the step of raw prices for a move, flat or not', async () => {
    const b = await held('none');
    await declare(b);
    await flatten(b);
    expect(await run(b, 4)).toEqual(['waiting_for_bars', 'HOLD corporate_action']);
  });

  it('goes on where its bars were adjusted for the split from the first', async () => {
    const b = await Bench.open(trade, { symbol: `SPLIT${(symbols += 1)}`, dates, closes });
    await declare(b);
    await trade.sql.query(`UPDATE trade.deployment SET adjustment = 'adj_close' WHERE deployment_id = $1`, [b.id]);
    await b.sessions(1, 7);
    expect((await b.log()).filter((line) => line.includes('corporate_action'))).toEqual([]);
    expect(await b.position()).toBe(10);
  });
});
