import { calendarFor } from '@assay/market-data/calendars';
import * as testing from '@assay/testing';
import type { BenchDraft } from '../../test/bench';
import { Bench, closesOf } from '../../test/bench';
import { reconcileOnce } from '../../test/reconcile-once';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';
import { RunService } from './run.service';

jest.setTimeout(90_000);
// When an order is sent is what is looked at, not how quick the machine is.
process.env.ASSAY_SEND_WINDOW_MS = '20000';

describe('a run whose bar is not stored when it closes', () => {
  const dates = sessionsBefore('US', '2024-06-01', 6);
  let trade: TradeStack;
  let symbols = 0;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterAll(() => trade?.close());

  /** Bars of the first four sessions are stored; the run of the fifth waits for its bar. */
  const waiting = async (moves: string, more: Partial<BenchDraft> = {}, from = 1): Promise<Bench> => {
    const draft = { symbol: `R${(symbols += 1)}`, dates: dates.slice(0, 4), closes: closesOf(moves).slice(0, 4) };
    const b = await Bench.open(trade, { ...draft, ...more });
    await b.sessions(from, 4);
    expect(await b.closes(dates[4]!)).toBe('waiting_for_bars');
    expect((await runs(b)).at(-1)).toBe('05 waiting_for_bars: its bar is not stored yet');
    return b;
  };
  const arrive = (b: Bench, moves: string, from: number, to = from + 1): Promise<void> =>
    storeBars(trade.sql, {
      symbol: b.draft.symbol,
      dates: dates.slice(from, to),
      closes: closesOf(moves).slice(from, to),
    });
  /** Each run by its place among the sessions, oldest first. */
  const runs = async (b: Bench): Promise<string[]> =>
    (await trade.call('GET', `/deployments/${b.id}/runs`)).body.items.map(
      ({ bar_close_time: at, state, reason }: Record<string, string>) =>
        `0${1 + dates.findIndex((date) => calendarFor('US').sessionCloseMs(date) === Date.parse(at!))} ${state}${reason ? `: ${reason}` : ''}`,
    );
  const closeOf = (i: number): string => new Date(calendarFor('US').sessionCloseMs(dates[i]!)).toISOString();

  it('has caught up when it comes with the next one, and only that one is acted on', async () => {
    const moves = '====+=';
    const b = await waiting(moves);
    await arrive(b, moves, 4, 6);
    expect(await b.closes(dates[5]!)).toBe('held');
    expect((await runs(b)).slice(-2)).toEqual([
      `05 caught_up: its bar was evaluated after the one of ${closeOf(5)} had closed: nothing is ordered on it`,
      '06 done',
    ]);
    const signals = await trade.call('GET', `/deployments/${b.id}/signals`);
    expect(signals.body.items.slice(-2).map((row: { signal: number }) => row.signal)).toEqual([1, 0]);
    expect((await b.log()).filter((line) => line.startsWith('BUY'))).toEqual([]);
  });

  it('is missed when the next one closes without it, and stays so when a later bar was taken first', async () => {
    const moves = '====++';
    const b = await waiting(moves);
    await arrive(b, moves, 5);
    expect(await b.closes(dates[5]!)).toBe('intended');
    const expected = [`05 missed: its bar is not stored yet; the bar of ${closeOf(5)} closed first`, '06 done'];
    expect((await runs(b)).slice(-2)).toEqual(expected);
    await arrive(b, moves, 4);
    await b.evaluate(b.clock.nowMs());
    expect((await runs(b)).slice(-2)).toEqual(expected);
  });

  it('is missed while the series stands still, and has caught up once its bars come', async () => {
    const moves = '=====+';
    const b = await waiting(moves);
    expect(await b.closes(dates[5]!)).toBe('waiting_for_bars');
    expect((await runs(b)).slice(-2).map((line) => line.slice(0, 10))).toEqual(['05 missed:', '06 waiting']);
    await arrive(b, moves, 4, 6);
    expect(await b.evaluate(b.clock.nowMs())).toBe('intended');
    expect((await runs(b)).slice(-2).map((line) => line.split(':')[0])).toEqual(['05 caught_up', '06 done']);
  });

  it('is settled by reconciliation too: where nothing is scheduled, and where the deployment was stopped', async () => {
    const b = await waiting('======');
    const c = await waiting('======');
    expect((await trade.call('DELETE', `/deployments/${c.id}`)).status).toBe(200);
    await reconcileOnce(trade);
    expect((await runs(b)).at(-1)).toMatch(/^05 missed: its bar is not stored yet; the bar of .* closed first$/);
    expect((await runs(c)).at(-1)).toBe('05 missed: its bar is not stored yet; the deployment was stopped first');
  });

  it('gets its row afterwards when no worker was there at all', async () => {
    const b = await Bench.open(trade, {
      symbol: `R${(symbols += 1)}`,
      dates,
      closes: closesOf('===+++'),
      deployment: { schedule: 'daily_close' },
    });
    await b.sessions(1, 3);
    await b.closes(dates[5]!);
    expect((await runs(b)).map((line) => line.split(':')[0])).toEqual([
      '02 done',
      '03 done',
      '04 caught_up',
      '05 caught_up',
      '06 done',
    ]);
  });

  it('counts for next_entry though it is caught up: the target changed and came back', async () => {
    const moves = '==++=+';
    const b = await waiting(moves, { deployment: { join: 'next_entry' } }, 3);
    expect((await b.row()).joined).toBe(false);
    await arrive(b, moves, 4, 6);
    await b.closes(dates[5]!);
    expect([(await b.row()).joined, await b.last()]).toEqual([true, 'BUY intended']);
  });

  it('keeps what was joined before', async () => {
    const moves = '==+===';
    const b = await waiting(moves, { deployment: { join: 'next_entry' } });
    expect((await b.row()).joined).toBe(true);
    const run = { deploymentId: b.id, clock: b.clock, trigger: 'bar' as const };
    expect((await trade.http.get(RunService).run(run)).outcome).toBe('waiting_for_bars');
    expect((await b.row()).joined).toBe(true);
  });
});
