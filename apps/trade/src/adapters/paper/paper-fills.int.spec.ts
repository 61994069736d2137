import { setTimeout as sleep } from 'node:timers/promises';
import * as testing from '@assay/testing';
import type { BenchDraft } from '../../../test/bench';
import { Bench } from '../../../test/bench';
import type { TradeStack } from '../../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../../test/trade-stack';
import { reconcileOnce } from '../../../test/reconcile-once';

jest.setTimeout(90_000);
// When an order is sent is what is looked at, not how quick the machine is.
process.env.ASSAY_SEND_WINDOW_MS = '5000';

const MINUTE = 60_000;

/** Instants from `start`, one a step. */
const stamps = (start: string, count: number, minutes: number): string[] =>
  Array.from({ length: count }, (_, i) => new Date(Date.parse(start) + i * minutes * MINUTE).toISOString());

describe('when the paper venue fills, and at what price', () => {
  let trade: TradeStack;
  let symbols = 0;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterAll(() => trade?.close());

  const fills = async (b: Bench): Promise<string[]> =>
    (await trade.call('GET', `/deployments/${b.id}/fills?limit=100`)).body.items.map(
      (fill: Record<string, string>) => `${fill.filled_at} ${fill.side} ${Number(fill.price)}`,
    );
  /** Round-the-clock bars whose target turns to +1 at the close of bar 3; each opens at 200 and its index. */
  const crypto = (timeframe: '1m' | '5m' | '1h' | '1d', start: string, minutes: number): Promise<Bench> => {
    const dates = stamps(start, 8, minutes);
    const closes = [100, 100, 100, 110, 110, 110, 110, 110];
    const draft: BenchDraft = {
      symbol: `F${(symbols += 1)}`,
      market: 'CRYPTO',
      timeframe,
      dates,
      closes,
      opens: dates.map((_, i) => 200 + i),
      deployment: { risk_limits: { stop_loss_pct: 90 } },
    };
    return Bench.open(trade, draft);
  };

  it.each<['1m' | '5m' | '1h' | '1d', number]>([
    ['1m', 1],
    ['5m', 5],
    ['1h', 60],
    ['1d', 1440],
  ])(
    '%s bars: sent with the open it is filled there, sent 39 s later at the open after it',
    async (timeframe, step) => {
      const start = timeframe === '1d' ? '2024-06-03T00:00:00Z' : '2024-06-03T20:00:00Z';
      const closeMs = Date.parse(start) + 4 * step * MINUTE;
      for (const [lateMs, bar] of [
        [0, 4],
        [39_000, 5],
      ] as const) {
        const b = await crypto(timeframe, start, step);
        await b.evaluate(closeMs + lateMs);
        await b.send();
        b.clock.moveTo(closeMs + 3 * step * MINUTE);
        await b.send();
        expect(await fills(b)).toEqual([`${b.draft.dates[bar]} BUY ${200 + bar}`]);
      }
    },
  );

  it('is not filled before the venue can know the price, and never before it was sent', async () => {
    const b = await crypto('5m', '2024-06-03T20:00:00Z', 5);
    const closeMs = Date.parse('2024-06-03T20:20:00Z');
    await b.evaluate(closeMs + 39_000);
    await b.send();
    b.clock.moveTo(closeMs + 5 * MINUTE - 1);
    await b.send();
    expect(await fills(b)).toEqual([]);
    b.clock.moveTo(closeMs + 5 * MINUTE);
    await b.send();
    expect(await fills(b)).toEqual(['2024-06-03T20:25:00.000Z BUY 205']);
    const { rows } = await trade.sql.query(
      `SELECT count(*)::int AS n FROM trade.orders o JOIN trade.fill f USING (order_id) WHERE f.filled_at < o.sent_at`,
    );
    expect(rows[0].n).toBe(0);
  });

  it('a finer series of the same source gives the price in between, from its first open after the sending', async () => {
    const b = await crypto('1h', '2024-06-03T16:00:00Z', 60);
    const closeMs = Date.parse('2024-06-03T20:00:00Z');
    const dates = stamps('2024-06-03T19:55:00Z', 20, 1);
    const opens = dates.map((_, i) => 300 + i);
    await storeBars(trade.sql, {
      symbol: b.draft.symbol,
      market: 'CRYPTO',
      timeframe: '1m',
      dates,
      closes: opens,
      opens,
    });
    await b.evaluate(closeMs + 39_000);
    await b.send();
    b.clock.moveTo(closeMs + 2 * MINUTE);
    await b.send();
    expect(await fills(b)).toEqual(['2024-06-03T20:01:00.000Z BUY 306']);
  });

  it('a deployment of long bars without a finer series is told that it is filled a bar later', async () => {
    const codes = async (b: Bench): Promise<string[]> =>
      (await trade.call('GET', `/deployments/${b.id}`)).body.warnings.map((warning: { code: string }) => warning.code);
    expect(await codes(await crypto('1h', '2024-06-03T16:00:00Z', 60))).toContain('fills_at_next_bar');
    expect(await codes(await crypto('5m', '2024-06-03T16:00:00Z', 5))).not.toContain('fills_at_next_bar');
    const symbol = `F${symbols + 1}`;
    const dates = stamps('2024-06-03T16:00:00Z', 3, 1);
    await storeBars(trade.sql, { symbol, market: 'CRYPTO', timeframe: '1m', dates, closes: [1, 1, 1] });
    expect(await codes(await crypto('1h', '2024-06-03T16:00:00Z', 60))).not.toContain('fills_at_next_bar');
  });

  it('with the open of its own series the finer one has no say', async () => {
    const b = await crypto('1h', '2024-06-03T16:00:00Z', 60);
    const dates = stamps('2024-06-03T19:55:00Z', 20, 1);
    const closes = dates.map(() => 300);
    await storeBars(trade.sql, { symbol: b.draft.symbol, market: 'CRYPTO', timeframe: '1m', dates, closes });
    await b.evaluate(Date.parse('2024-06-03T20:00:00Z'));
    await b.send();
    expect(await fills(b)).toEqual(['2024-06-03T20:00:00.000Z BUY 204']);
  });

  it('a request that waits for the account longer than its validity is not taken, then or later', async () => {
    const b = await crypto('5m', '2024-06-03T20:00:00Z', 5);
    const { accountId, ticker: symbol } = await b.row();
    b.clock.moveTo(Date.parse('2024-06-03T20:20:39Z'));
    const request = { clientOrderId: 'late', symbol, side: 'BUY', qty: '1', type: 'MARKET' } as const;
    await trade.sql.query('BEGIN');
    await trade.sql.query('SELECT 1 FROM paper.account WHERE account_id = $1 FOR UPDATE', [accountId]);
    const placing = b.venue.placeOrder(request);
    await sleep(b.venue.capabilities.requestValidityMs! + 50);
    await trade.sql.query('COMMIT');
    expect(await placing).toMatchObject({ kind: 'unknown', cause: expect.stringContaining('was not taken') });
    expect(await b.venue.findOrder({ clientOrderId: 'late', symbol })).toBe('not_found');
    expect((await b.venue.placeOrder(request)).kind).toBe('accepted');
  });

  it('an order is filled on the series of the deployment that sent it, whoever looks first', async () => {
    const b = await crypto('5m', '2024-06-03T20:00:00Z', 5);
    const { symbol } = b.draft;
    const days = stamps('2024-06-01T00:00:00Z', 5, 1440);
    const beside = await Bench.open(trade, {
      symbol,
      market: 'CRYPTO',
      dates: days,
      closes: days.map(() => 100),
      opens: days.map(() => 500),
      deployment: { account_id: (await b.row()).accountId },
    });
    await b.evaluate(Date.parse('2024-06-03T20:20:39Z'));
    await b.send();
    beside.clock.moveTo(Date.parse('2024-06-05T01:00:00Z'));
    await beside.broker.getPositions();
    b.clock.moveTo(beside.clock.nowMs());
    await b.send();
    expect(await fills(b)).toEqual(['2024-06-03T20:25:00.000Z BUY 205']);
  });

  it('daily bars of a market with sessions: the order is at the venue before the open and is filled with it', async () => {
    const dates = sessionsBefore('US', '2024-06-01', 5);
    const b = await Bench.open(trade, { symbol: `F${(symbols += 1)}`, dates, closes: [100, 100, 101, 101, 101] });
    await b.closes(dates[2]!);
    const openMs = Date.parse(`${dates[3]}T13:30:00Z`);
    b.clock.moveTo(openMs - 4 * MINUTE);
    await b.send();
    expect(await fills(b)).toEqual([]);
    b.clock.moveTo(openMs + 9 * 60 * MINUTE);
    await b.send();
    expect(await fills(b)).toEqual([`${dates[3]}T13:30:00.000Z BUY 101`]);
  });

  it('a stop of an intraday position is filled at the first open after its sending', async () => {
    const dates = stamps('2024-06-03T20:00:00Z', 9, 5);
    const closes = [100, 100, 100, 110, 111, 100, 99, 98, 97];
    const opens = [100, 100, 100, 100, 110, 111, 90, 89, 88];
    const draft = { symbol: `F${(symbols += 1)}`, market: 'CRYPTO', timeframe: '5m', dates, closes, opens } as const;
    const b = await Bench.open(trade, {
      ...draft,
      dates,
      closes,
      opens,
      deployment: { risk_limits: { stop_loss_pct: 5 } },
    });
    const at = (bar: number, seconds = 0): number => Date.parse(dates[bar]!) + seconds * 1000;
    await b.evaluate(at(4));
    await b.send();
    b.clock.moveTo(at(6, 20));
    const now = jest.spyOn(Date, 'now').mockImplementation(() => b.clock.nowMs());
    try {
      await reconcileOnce(trade);
    } finally {
      now.mockRestore();
    }
    b.clock.moveTo(at(8));
    await b.send();
    expect(await fills(b)).toEqual([`${dates[4]} BUY 110`, `${dates[7]} SELL 89`]);
  });

  it('an entry that rests over night counts on the day of its fill', async () => {
    const dates = sessionsBefore('US', '2024-06-01', 6);
    const b = await Bench.open(trade, {
      symbol: `F${(symbols += 1)}`,
      dates,
      closes: [100, 100, 101, 100, 101, 101],
      deployment: { risk_limits: { max_daily_trades: 1 } },
    });
    await b.closes(dates[2]!);
    await b.opens(dates[3]!);
    // Filled on day 3, left on day 4; the entry that is decided at the close of day 4 belongs to day 5.
    await b.closes(dates[3]!);
    await b.opens(dates[4]!);
    await b.closes(dates[4]!);
    await b.opens(dates[5]!);
    expect((await fills(b)).map((fill) => fill.slice(0, 10))).toEqual([dates[3], dates[4], dates[5]]);
  });
});
