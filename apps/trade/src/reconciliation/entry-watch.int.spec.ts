import { ActionStore, MarketStore } from '@assay/market-data';
import { calendarFor } from '@assay/market-data/calendars';
import { MINUTE_MS } from '@assay/primitives';
import * as testing from '@assay/testing';
import { Bench, type BenchDraft } from '../../test/bench';
import { sessionsBefore, startTrade, storeBars, type TradeStack } from '../../test/trade-stack';
import { workerProvider } from '../../test/worker-provider';
import { SeriesStore } from '../bars/series-store';
import { EntryWatch } from './entry-watch';
import { StopLossMonitor } from './stop-loss-monitor';

jest.setTimeout(120_000);
process.env.ASSAY_SEND_WINDOW_MS = '20000';

const dates = sessionsBefore('US', '2024-06-01', 8);
/** The target is +1 from the 4th close on, whose limit of 1 % is at 99.99. */
const closes = [100, 100, 100, 101, 102, 103, 104, 105];
const limit = { entry_order: { type: 'limit', offset: { percent: 1 }, expires_after_bars: 2 } };
const stop = { entry_order: { type: 'stop', offset: { percent: 1 }, expires_after_bars: 2 } };
const ENTRY_DAY = 4;

interface Intent {
  trigger: string;
  trigger_key: string;
  leg: string;
  attempt: number;
  side: string;
  qty: number;
  limit_price: number | null;
  state: string;
}

describe('an entry order of a strategy, watched between two closes', () => {
  let trade: TradeStack;
  let symbols = 0;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterAll(() => trade?.close());

  /** Evaluated up to the close that has set the order. */
  const waiting = async (draft: Partial<BenchDraft> = {}): Promise<Bench> => {
    const b = await Bench.open(trade, { symbol: `E${(symbols += 1)}`, dates, closes, rules: limit, ...draft });
    await b.sessions(2, ENTRY_DAY);
    await b.opens(dates[ENTRY_DAY]!);
    expect(await b.position()).toBe(0);
    return b;
  };
  const at = (day: number, time: string): number => Date.parse(`${dates[day]}T${time}:00Z`);
  /** A minute bar of one price, which has closed by now. */
  const trades = async (b: Bench, time: string, price: number, day = ENTRY_DAY): Promise<void> => {
    const stamp = at(day, time);
    const bar = { dates: [new Date(stamp).toISOString()], closes: [price], opens: [price] };
    await storeBars(trade.sql, { symbol: b.draft.symbol, timeframe: '1m', ...bar });
    trade.http.get(SeriesStore, { strict: false }).forgetRecent();
    b.clock.moveTo(stamp + MINUTE_MS);
  };
  /** One round of what reconciliation does of it. */
  const watch = async (b: Bench, broker = b.broker): Promise<void> => {
    await workerProvider(trade.http, EntryWatch).watch(await b.row(), broker, b.clock);
    await workerProvider(trade.http, StopLossMonitor).watch(await b.row(), broker, b.clock);
  };
  /** The market is at the price in that minute, and the watch has looked; what it sent before is settled. */
  const sees = async (b: Bench, time: string, price: number, day = ENTRY_DAY): Promise<void> => {
    await trades(b, time, price, day);
    await b.send();
    await watch(b);
  };
  const intents = async (b: Bench): Promise<Intent[]> =>
    (
      await trade.sql.query(
        `SELECT trigger, trigger_key, leg, attempt, side, qty::float8 AS qty, limit_price::float8 AS limit_price, state
         FROM trade.order_intent WHERE deployment_id = $1 ORDER BY created_at, intent_id`,
        [b.id],
      )
    ).rows;
  const fills = async (b: Bench): Promise<[side: string, qty: number, price: number][]> =>
    (await trade.call('GET', `/deployments/${b.id}/fills`)).body.items.map((one: Record<string, string>) => [
      one.side,
      Number(one.qty),
      Number(one.price),
    ]);
  const words = async (b: Bench): Promise<string> =>
    (await trade.call('GET', `/deployments/${b.id}/trades?limit=1000`)).body.items
      .map(({ message }: { message: string | null }) => message ?? '')
      .join('\n');
  /** The session closes, and the venue has had no price since the order. */
  const noPriceSince = async (b: Bench): Promise<void> => {
    b.clock.moveTo(calendarFor('US').sessionCloseMs(dates[ENTRY_DAY]!));
    await trade.sql.query(`UPDATE paper."order" SET accepted_at = $2 WHERE account_id = $1`, [
      (await b.row()).accountId,
      new Date(b.clock.nowMs()),
    ]);
  };
  const resting = async (b: Bench) => (await trade.call('GET', `/deployments/${b.id}`)).body.resting_entry;

  it('is told, sent once as a limit when its level is reached, and filled no worse', async () => {
    const lows = closes.map((close, i) => (i === ENTRY_DAY ? 99.2 : close - 0.1));
    const b = await waiting({ lows, opens: closes });
    const closeOf = (day: number): number => calendarFor('US').sessionCloseMs(dates[day]!);
    expect(await resting(b)).toEqual({
      ...{ side: 'BUY', type: 'limit', level: '99.99', bars_left: 2 },
      expires_at: new Date(closeOf(ENTRY_DAY + 1)).toISOString(),
    });
    await sees(b, '15:00', 100.2);
    expect(await intents(b)).toEqual([]);
    await sees(b, '15:01', 99.5);
    const sent = {
      ...{ trigger: 'entry', trigger_key: new Date(closeOf(ENTRY_DAY - 1)).toISOString() },
      ...{ leg: 'open', attempt: 1, side: 'BUY', qty: 10, limit_price: 99.99 },
    };
    expect(await intents(b)).toEqual([{ ...sent, state: 'working' }]);
    expect(await words(b)).toContain('open BUY 10');
    expect(await words(b)).toContain('entry limit at 99.99 reached at 99.5');
    await sees(b, '15:02', 99.4);
    await sees(b, '15:03', 99.3);
    expect(await intents(b)).toEqual([{ ...sent, state: 'done' }]);
    expect(await fills(b)).toEqual([['BUY', 10, 99.4]]);
    expect(await resting(b)).toBeNull();
    await b.closes(dates[ENTRY_DAY]!);
    expect(await b.last()).toBe('HOLD already_held');
    expect(await b.position()).toBe(10);
  });

  it('that is not filled at its limit ends, and the next price that reaches it is another attempt', async () => {
    const b = await waiting();
    await sees(b, '15:00', 99.9);
    await sees(b, '15:01', 100.5);
    expect((await intents(b)).map(({ attempt, state }) => [attempt, state])).toEqual([[1, 'expired']]);
    expect(await b.position()).toBe(0);
    await sees(b, '15:02', 99.8);
    await sees(b, '15:03', 99.8);
    expect((await intents(b)).map(({ attempt, state }) => [attempt, state])).toEqual([
      [1, 'expired'],
      [2, 'done'],
    ]);
    expect(await fills(b)).toEqual([['BUY', 10, 99.8]]);
  });

  it('a stop entry goes at the market', async () => {
    const b = await waiting({ rules: stop, opens: closes.map((close) => close - 0.5) });
    await sees(b, '15:00', 102.1);
    expect(await words(b)).toContain('entry stop at 102.01 reached at 102.1');
    await sees(b, '15:01', 102.6);
    expect((await intents(b)).map((one) => [one.trigger, one.limit_price, one.state])).toEqual([
      ['entry', null, 'done'],
    ]);
    expect(await fills(b)).toEqual([['BUY', 10, 102.6]]);
  });

  it('is one order, however many watch', async () => {
    const b = await waiting();
    await trades(b, '15:00', 99.5);
    await Promise.all([watch(b), watch(b), watch(b)]);
    const count = async (table: string) =>
      (
        await trade.sql.query(`SELECT count(*)::int AS n FROM ${table} WHERE account_id = $1`, [
          (await b.row()).accountId,
        ])
      ).rows[0].n;
    expect([(await intents(b)).length, await count('paper.send_call'), await count('trade.orders')]).toEqual([1, 1, 1]);
  });

  it('has its stop at once, its target from the next bar on, and is not entered twice in a bar', async () => {
    const protection = { stop_loss: { percent: 2 }, take_profit: { percent: 1 }, re_entry: { rule: 'immediately' } };
    const lows = closes.map((close, i) => (i === ENTRY_DAY ? 97 : close - 0.1));
    const b = await waiting({ rules: { ...limit, protection }, lows, opens: closes });
    await sees(b, '15:00', 99.9);
    await sees(b, '15:01', 99.9);
    expect(await b.position()).toBe(10);
    await sees(b, '15:02', 101.5);
    expect(await b.position()).toBe(10);
    await sees(b, '15:03', 97.8);
    await sees(b, '15:04', 97.7);
    expect(await fills(b)).toEqual([
      ['BUY', 10, 99.9],
      ['SELL', 10, 97.7],
    ]);
    await sees(b, '15:05', 97.6);
    await sees(b, '15:06', 97.6);
    expect((await intents(b)).map(({ trigger }) => trigger)).toEqual(['entry', 'stop']);
    // the bar shows both: the strategy rests its next order
    await b.closes(dates[ENTRY_DAY]!);
    expect(await b.last()).toBe('HOLD already_flat');
    expect(await resting(b)).toMatchObject({ level: '100.98', bars_left: 2 });
  });

  it('that the closed bar does not show is left at the next run, in words', async () => {
    const b = await waiting({ opens: closes });
    await sees(b, '15:00', 99.9);
    await sees(b, '15:01', 99.9);
    await b.closes(dates[ENTRY_DAY]!);
    expect(await words(b)).toContain(
      'close SELL 10 ' + b.draft.symbol + ', the closed bar does not show that its entry limit at 99.99 was filled',
    );
    await b.opens(dates[ENTRY_DAY + 1]!);
    expect(await b.position()).toBe(0);
  });

  it('that the watch did not see and the closed bar has filled is entered at the next open, in words', async () => {
    const lows = closes.map((close, i) => (i === ENTRY_DAY ? 99 : close - 0.1));
    const b = await waiting({ lows, opens: closes });
    await b.closes(dates[ENTRY_DAY]!);
    expect(await words(b)).toContain(
      'its entry order was filled at 99.99 in a bar that has closed, and no order of the watch was',
    );
    expect((await intents(b)).map((one) => [one.trigger, one.limit_price])).toEqual([['bar', null]]);
    await b.opens(dates[ENTRY_DAY + 1]!);
    expect(await fills(b)).toEqual([['BUY', 10, 103]]);
  });

  it('that is still at the venue when its bar has closed is taken back, and made up at the next open where the bar has filled it', async () => {
    const lows = closes.map((close, i) => (i === ENTRY_DAY ? 99 : close - 0.1));
    const b = await waiting({ lows, opens: closes });
    await sees(b, '15:00', 99.9);
    await noPriceSince(b);
    await b.closes(dates[ENTRY_DAY]!);
    expect((await intents(b)).map((one) => [one.trigger, one.limit_price, one.state])).toEqual([
      ['entry', 99.99, 'canceled'],
      ['bar', null, 'waiting'],
    ]);
    await b.opens(dates[ENTRY_DAY + 1]!);
    expect(await fills(b)).toEqual([['BUY', 10, 103]]);
    await b.closes(dates[ENTRY_DAY + 1]!);
    expect([await b.last(), (await intents(b)).length]).toEqual(['HOLD already_held', 2]);
  });

  it('that a person flattens, resting or sent, is not sent again before the next close', async () => {
    const flatten = async (b: Bench): Promise<void> => {
      expect((await trade.call('POST', `/deployments/${b.id}/flatten`)).status).toBe(202);
      expect(await resting(b)).toBeNull();
    };
    const sent = await waiting({ opens: closes });
    await sees(sent, '15:00', 99.9);
    await flatten(sent);
    const before = await waiting({ opens: closes });
    await flatten(before);
    for (const b of [sent, before]) {
      await sees(b, '15:05', 99.8);
      await sees(b, '15:06', 99.8);
      expect(await b.position()).toBe(0);
      await b.closes(dates[ENTRY_DAY]!);
      expect(await resting(b)).toMatchObject({ level: '99.99', bars_left: 1 });
    }
    expect([(await intents(sent)).length, (await intents(before)).length]).toEqual([1, 0]);
  });

  it('that a stop or a flatten gives up stands in the execution log, once', async () => {
    const said = async (b: Bench): Promise<[string, string][]> =>
      (await trade.call('GET', `/deployments/${b.id}/trades?limit=1000`)).body.items
        .filter(({ reason_code: code }: { reason_code: string }) => code === 'entry_given_up')
        .map((row: { action: string; message: string }) => [row.action, row.message]);
    const stop = (b: Bench, query = '') => trade.call('DELETE', `/deployments/${b.id}${query}`);
    const stopped = await waiting();
    for (let i = 0; i < 2; i += 1) expect((await stop(stopped)).status).toBe(200);
    const why = 'the entry limit BUY at 99.99 was given up: ';
    expect(await said(stopped)).toEqual([['HOLD', `${why}the deployment was stopped`]]);
    await sees(stopped, '15:00', 99.5);
    expect([await intents(stopped), (await said(stopped)).length]).toEqual([[], 1]);
    const both = await waiting();
    for (let i = 0; i < 2; i += 1) expect((await stop(both, '?flatten=true')).status).toBe(200);
    expect(await said(both)).toEqual([['HOLD', `${why}the deployment was stopped`]]);
    const flattened = await waiting();
    for (let i = 0; i < 2; i += 1)
      expect((await trade.call('POST', `/deployments/${flattened.id}/flatten`)).status).toBe(202);
    expect(await said(flattened)).toEqual([['HOLD', `${why}the position was flattened by a person`]]);
    // what was sent is told of by its order
    const sent = await waiting({ opens: closes });
    await sees(sent, '15:00', 99.9);
    await stop(sent);
    expect(await said(sent)).toEqual([]);
  });

  it('that is too small for a lot is not sent, and says so once', async () => {
    const sizing = { kind: 'percent_of_equity', fraction: 0.05 };
    const b = await waiting({ rules: { ...limit, sizing } });
    await sees(b, '15:00', 99.9);
    await sees(b, '15:01', 99.8);
    expect((await b.log()).filter((line) => line === 'HOLD below_lot')).toHaveLength(1);
    expect(await intents(b)).toEqual([]);
  });

  it('is sent once its deployment is active again', async () => {
    const b = await waiting();
    await b.patch({ status: 'paused' });
    await sees(b, '15:00', 99.9);
    await b.patch({ status: 'active', version: (await b.row()).version });
    await sees(b, '15:01', 99.9);
    await sees(b, '15:02', 99.9);
    expect(await fills(b)).toEqual([['BUY', 10, 99.9]]);
  });

  it('is gone when its bars have passed, and is not sent while a closed bar is not evaluated', async () => {
    const b = await waiting({ opens: closes });
    b.clock.moveTo(calendarFor('US').sessionOpenMs(dates[ENTRY_DAY + 1]!));
    // the bar before is not evaluated yet: what rests now is not known
    await sees(b, '15:00', 99.5, ENTRY_DAY + 1);
    expect(await intents(b)).toEqual([]);
    await b.closes(dates[ENTRY_DAY + 1]!);
    expect(await resting(b)).toBeNull();
    await sees(b, '15:00', 99.5, ENTRY_DAY + 2);
    expect(await intents(b)).toEqual([]);
  });

  it('is gone when the signal goes off, and taken back where it rests at the venue', async () => {
    const falling = [100, 100, 100, 101, 100.5, 100, 99, 98];
    const b = await waiting({ closes: falling, opens: falling });
    await sees(b, '15:00', 99.9);
    expect((await intents(b)).map(({ state }) => state)).toEqual(['working']);
    await noPriceSince(b);
    await b.closes(dates[ENTRY_DAY]!);
    expect((await intents(b)).map(({ state }) => state)).toEqual(['canceled']);
    expect(await resting(b)).toBeNull();
    await sees(b, '15:00', 99.5, ENTRY_DAY + 1);
    expect(await b.position()).toBe(0);
  });

  it.each([
    ['paused', 'REJECTED paused', (b: Bench) => b.patch({ status: 'paused' })],
    ['disabled', 'REJECTED disabled', (b: Bench) => b.patch({ enabled: false })],
    [
      'halted',
      'REJECTED halted',
      async (b: Bench) =>
        trade.call('POST', `/accounts/${(await b.row()).accountId}/trading-state`, {
          trading_state: 'HALTED',
          reason: 'a test',
        }),
    ],
  ])('of a deployment that is %s enters nothing, and says so once', async (_, line, halt) => {
    const b = await waiting();
    const answer = await halt(b);
    expect(answer.status).toBe(200);
    await sees(b, '15:00', 99.5);
    await sees(b, '15:01', 99.4);
    await sees(b, '15:02', 99.4);
    expect((await b.log()).filter((one) => one === line)).toHaveLength(1);
    expect([await intents(b), await b.position()]).toEqual([[], 0]);
  });

  it('counts as a trade of the day', async () => {
    const b = await waiting({ deployment: { risk_limits: { max_daily_trades: 0 } } });
    await sees(b, '15:00', 99.5);
    expect([await b.last(), await intents(b)]).toEqual(['REJECTED max_daily_trades', []]);
  });

  it('is a next entry', async () => {
    const b = await waiting({ deployment: { join: 'next_entry' } });
    await sees(b, '15:00', 99.9);
    await sees(b, '15:01', 99.9);
    expect([await b.position(), (await b.row()).joined]).toEqual([10, true]);
  });

  it('is warned of where no finer bars are stored', async () => {
    const b = await waiting();
    const codes = async (change: object): Promise<string[]> => {
      const { symbol: ticker } = b.draft;
      const { strategyId: strategy_id, accountId: account_id } = await b.row();
      const fresh = { strategy_id, account_id, broker: 'PAPER', ticker, qty: '10', market: 'US', schedule: 'manual' };
      const { body } = await trade.call('POST', '/deployments', { ...fresh, ...change });
      return body.warnings.map(({ code }: { code: string }) => code);
    };
    expect(await codes({})).toContain('entry_watched_at_opens');
    expect(await codes({ account_id: undefined, replay: { start: dates[3], end: dates[7] } })).not.toContain(
      'entry_watched_at_opens',
    );
    await trades(b, '15:00', 101);
    expect(await codes({})).not.toContain('entry_watched_at_opens');
  });

  it('is not watched over a split, which is said once', async () => {
    const b = await waiting();
    const query = async (sql: string, params?: unknown[]) => (await trade.sql.query(sql, params)).rows as unknown;
    const put = [{ exDate: dates[ENTRY_DAY]!, kind: 'split' as const, value: 2, availableAtMs: null }];
    const change = { put, nowMs: Date.now(), addOnly: false };
    const series = { source: 'test', symbol: b.draft.symbol };
    await new ActionStore(query, new MarketStore(query)).change(series, change);
    await sees(b, '15:00', 50.5);
    await sees(b, '15:01', 50.4);
    expect((await b.log()).filter((line) => line === 'HOLD corporate_action')).toHaveLength(1);
    expect(await intents(b)).toEqual([]);
  });
});
