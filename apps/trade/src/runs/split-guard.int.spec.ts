import { ActionStore, MarketStore } from '@assay/market-data';
import { calendarFor } from '@assay/market-data/calendars';
import * as testing from '@assay/testing';
import { Bench } from '../../test/bench';
import { sessionsBefore, startTrade, type TradeStack } from '../../test/trade-stack';
import { SeriesStore } from '../bars/series-store';
import { RunService } from './run.service';

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
  const held = async (adjustment: 'none' | 'adj_close'): Promise<Bench> => {
    const b = await Bench.open(trade, { symbol: `SPLIT${(symbols += 1)}`, dates, closes });
    await trade.sql.query('UPDATE trade.deployment SET adjustment = $1 WHERE deployment_id = $2', [adjustment, b.id]);
    await b.sessions(1, 4);
    expect(await b.position()).toBe(10);
    return b;
  };
  const declare = async ({ draft: { symbol } }: Bench): Promise<void> => {
    const query = async (sql: string, params?: unknown[]) => (await trade.sql.query(sql, params)).rows as unknown;
    const put = [{ exDate: dates[4]!, kind: 'split' as const, value: 2, availableAtMs: null }];
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
