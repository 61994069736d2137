import { isDated, type MarketCode, type Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { parseStrategyDocument } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { runBacktest } from '@assay/pipeline';
import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import { eventually } from '@assay/testing';
import fc from 'fast-check';
import { priceStrategy } from '../../test/documents';
import type { TradeStack } from '../../test/trade-stack';
import { startTrade, storeBars } from '../../test/trade-stack';

jest.setTimeout(240_000);
// When an order is sent is what is looked at, not how quick the machine is.
process.env.ASSAY_SEND_WINDOW_MS = '20000';

/** Tokyo trades in hundreds. */
const qtyOf = (market: MarketCode): number => (market === 'JP' ? 100 : 10);
const SEED = 20_240_603;

interface Layout {
  timeframe: Timeframe;
  market: MarketCode;
  /** The day before is history; these days are replayed. */
  start: string;
  end: string;
  opensMs: number[];
}

/** Bars that open on some days, as a complete series has them: all of a day, its first or its last `count`. */
const on = (market: MarketCode, timeframe: Timeframe, date: string, from = 0, to?: number): number[] =>
  calendarFor(market).barOpens(date, timeframe).slice(from, to);
const days = (market: MarketCode, from: string, to: string): number[] =>
  calendarFor(market)
    .sessions(from, to)
    .map((date) => Date.parse(date));

const LAYOUTS: [what: string, layout: Layout][] = [
  [
    '1m, a market that never closes, from midnight on',
    {
      timeframe: '1m',
      market: 'CRYPTO',
      start: '2024-06-03',
      end: '2024-06-03',
      opensMs: [...on('CRYPTO', '1m', '2024-06-02', -1), ...on('CRYPTO', '1m', '2024-06-03', 0, 14)],
    },
  ],
  [
    '5m, over a weekend with the change to summer time',
    {
      timeframe: '5m',
      market: 'US',
      start: '2024-03-08',
      end: '2024-03-11',
      opensMs: [
        ...on('US', '5m', '2024-03-07', -1),
        ...on('US', '5m', '2024-03-08', -6),
        ...on('US', '5m', '2024-03-11', 0, 7),
      ],
    },
  ],
  [
    '1h, over a lunch break, a half day and a long holiday',
    {
      timeframe: '1h',
      market: 'HK',
      start: '2024-02-08',
      end: '2024-02-14',
      opensMs: [
        ...on('HK', '1h', '2024-02-07', -1),
        ...on('HK', '1h', '2024-02-08'),
        ...on('HK', '1h', '2024-02-09'),
        ...on('HK', '1h', '2024-02-14', 0, 4),
      ],
    },
  ],
  [
    '1d, over a half day, a holiday and weekends',
    {
      timeframe: '1d',
      market: 'US',
      start: '2024-06-28',
      end: '2024-07-16',
      opensMs: days('US', '2024-06-27', '2024-07-16'),
    },
  ],
  [
    '1h in London, over a half day and Christmas',
    {
      timeframe: '1h',
      market: 'GB',
      start: '2024-12-23',
      end: '2024-12-27',
      opensMs: [
        ...on('GB', '1h', '2024-12-20', -1),
        ...on('GB', '1h', '2024-12-23', -4),
        ...on('GB', '1h', '2024-12-24'),
        ...on('GB', '1h', '2024-12-27', 0, 4),
      ],
    },
  ],
  [
    '1h on Xetra, over the half day that ends the year',
    {
      timeframe: '1h',
      market: 'DE',
      start: '2024-12-30',
      end: '2025-01-02',
      opensMs: [
        ...on('DE', '1h', '2024-12-27', -1),
        ...on('DE', '1h', '2024-12-30'),
        ...on('DE', '1h', '2025-01-02', 0, 5),
      ],
    },
  ],
  [
    '1h on Euronext, over the change to winter time',
    {
      timeframe: '1h',
      market: 'EU',
      start: '2024-10-25',
      end: '2024-10-28',
      opensMs: [
        ...on('EU', '1h', '2024-10-24', -1),
        ...on('EU', '1h', '2024-10-25', -5),
        ...on('EU', '1h', '2024-10-28', 0, 6),
      ],
    },
  ],
  [
    '1h in Tokyo, over lunch, a holiday and the later close of November 2024',
    {
      timeframe: '1h',
      market: 'JP',
      start: '2024-11-01',
      end: '2024-11-05',
      opensMs: [...on('JP', '1h', '2024-10-31', -1), ...on('JP', '1h', '2024-11-01'), ...on('JP', '1h', '2024-11-05')],
    },
  ],
  [
    '1h of index futures, over a weekend, a halt on a holiday and the daily pause',
    {
      timeframe: '1h',
      market: 'CME',
      start: '2024-01-12',
      end: '2024-01-16',
      opensMs: [
        ...on('CME', '1h', '2024-01-11', -1),
        ...on('CME', '1h', '2024-01-12', -3),
        ...on('CME', '1h', '2024-01-15'),
        ...on('CME', '1h', '2024-01-16', 0, 3),
      ],
    },
  ],
  [
    '1h of foreign exchange, over a weekend with the change to summer time',
    {
      timeframe: '1h',
      market: 'FX',
      start: '2024-03-08',
      end: '2024-03-11',
      opensMs: [
        ...on('FX', '1h', '2024-03-07', -1),
        ...on('FX', '1h', '2024-03-08', -5),
        ...on('FX', '1h', '2024-03-11', 0, 8),
      ],
    },
  ],
  ...(
    [
      ['US', '1w', '2024-01-02', '2024-04-12'],
      ['CME', '1w', '2024-01-02', '2024-03-28'],
      ['US', '1M', '2023-10-02', '2024-12-31'],
    ] as const
  ).map(([market, timeframe, first, end]): [string, Layout] => {
    const opensMs = calendarFor(market)
      .sessions(first, end)
      .flatMap((date) => on(market, timeframe, date));
    const start = new Date(opensMs[1]!).toISOString().slice(0, 10);
    return [`${timeframe} in market ${market}`, { timeframe, market, start, end, opensMs }];
  }),
  ...(
    [
      ['GB', '2024-12-20', '2025-01-07'],
      ['DE', '2024-12-20', '2025-01-08'],
      ['EU', '2024-12-20', '2025-01-07'],
      ['JP', '2024-04-24', '2024-05-14'],
      ['CME', '2024-06-28', '2024-07-12'],
      ['FX', '2024-03-04', '2024-03-15'],
    ] as const
  ).map(([market, first, end]): [string, Layout] => {
    const opensMs = days(market, first, end);
    const start = new Date(opensMs[1]!).toISOString().slice(0, 10);
    return [`1d in market ${market}`, { timeframe: '1d', market, start, end, opensMs }];
  }),
];

/** Rates are good for some days only. */
const RATE_DATES = [
  ...['2024-02-05', '2024-02-12', '2024-04-22', '2024-04-28', '2024-05-04', '2024-05-10', '2024-10-22', '2024-10-28'],
  ...['2024-11-03', '2024-12-18', '2024-12-24', '2024-12-30', '2025-01-04'],
];

describe('paper trades of a replay against the next_open backtest of the same bars', () => {
  let trade: TradeStack;
  let symbols = 0;

  beforeAll(async () => {
    trade = await startTrade(testing);
    const rates = { HKD: '0.128', GBX: '0.0126', EUR: '1.05', JPY: '0.0066' };
    for (const [currency, usd_per_unit] of Object.entries(rates))
      for (const as_of of RATE_DATES) await trade.call('PUT', '/fx-rates', { currency, as_of, usd_per_unit });
  });
  afterAll(() => trade?.close());

  /** Moves of the close and gaps of the next open, in cents; equal closes make a target of 0. */
  const anyPath = (n: number) =>
    fc.record({
      moves: fc.array(fc.constantFrom(-250, -40, 0, 0, 35, 180), { minLength: n, maxLength: n }),
      gaps: fc.array(fc.constantFrom(-120, -3, 0, 3, 90), { minLength: n, maxLength: n }),
      longOnly: fc.boolean(),
    });

  function barsOf(symbol: string, { timeframe, opensMs }: Layout, moves: number[], gaps: number[]): BarColumns {
    let cents = 10_000;
    const close = Float64Array.from(moves, (move) => (cents += move) / 100);
    const open = Float64Array.from(gaps, (gap, i) => (Math.round((close[i - 1] ?? 100) * 100) + gap) / 100);
    const high = open.map((value, i) => Math.max(value, close[i]!));
    const low = open.map((value, i) => Math.min(value, close[i]!));
    const volume = new Float64Array(close.length).fill(1000);
    const openTimeMs = Float64Array.from(opensMs);
    return { symbol, source: 'test', timeframe, openTimeMs, open, high, low, close, volume, extra: {} };
  }

  /** Fills in time, side, quantity and price, with the sum of the fees. */
  function backtested(bars: BarColumns, document: Record<string, unknown>, market: MarketCode) {
    const { trades } = runBacktest({
      document: parseStrategyDocument(document, { generateId: () => newId() }).document,
      bars,
      options: { mode: 'fixed_qty', fill: 'next_open', engine: 'event', capital: 1e6, sizing: { qty: qtyOf(market) } },
    }).full;
    const fill = (index: number, side: string, quantity: number, price: number): string => {
      const stamp = bars.openTimeMs[index]!;
      const date = new Date(stamp).toISOString();
      const at = isDated(bars.timeframe) ? calendarFor(market).sessionOpenMs(date.slice(0, 10)) : stamp;
      // The engine's price is an average over fills, so the last bits of it are those of a division.
      return `${new Date(at).toISOString()} ${side} ${quantity} ${Number(price.toFixed(9))}`;
    };
    const fills = trades.flatMap((one) => {
      const [enter, leave] = one.side === 'long' ? ['BUY', 'SELL'] : ['SELL', 'BUY'];
      const entry = fill(one.entryIndex, enter!, one.quantity, one.entryPrice);
      return one.exitIndex < 0 ? [entry] : [entry, fill(one.exitIndex, leave!, one.quantity, one.exitPrice)];
    });
    return { fills, fees: trades.reduce((sum, one) => sum + one.fees, 0) };
  }

  async function replayed(symbol: string, layout: Layout, bars: BarColumns, document: Record<string, unknown>) {
    const { market, timeframe, start, end } = layout;
    const dates = layout.opensMs.map((ms) => new Date(ms).toISOString());
    const [closes, opens] = [[...bars.close], [...bars.open]];
    await storeBars(trade.sql, { symbol, market, timeframe, dates, closes, opens });
    const strategy = await trade.call('POST', '/strategies', document);
    const { body, status } = await trade.call('POST', '/deployments', {
      strategy_id: strategy.body.strategy_id,
      broker: 'PAPER',
      ticker: symbol,
      qty: String(qtyOf(market)),
      market,
      risk_limits: { stop_loss_pct: 99, max_daily_trades: 1000, max_position_usd: 1_000_000 },
      replay: { start, end },
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    const path = `/deployments/${body.deployment_id}`;
    const isReplayed = async (): Promise<boolean> => {
      const { replay } = (await trade.call('GET', path)).body;
      if (replay.state === 'failed') throw new Error(JSON.stringify(replay.error));
      return replay.state === 'completed';
    };
    await eventually(`the replay of ${symbol}`, isReplayed, 100_000);
    const { items } = (await trade.call('GET', `${path}/fills?limit=1000`)).body as { items: Record<string, string>[] };
    return {
      fills: items.map((fill) => `${fill.filled_at} ${fill.side} ${Number(fill.qty)} ${Number(fill.price)}`),
      fees: items.reduce((sum, fill) => sum + Number(fill.fee), 0),
    };
  }

  it.each(LAYOUTS)('%s: equal in time, side, quantity and price, and in fees', async (_, layout) => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(anyPath(layout.opensMs.length), async ({ moves, gaps, longOnly }) => {
        const symbol = `N${(symbols += 1)}`;
        const { timeframe, market } = layout;
        const document = priceStrategy(symbol, longOnly, {
          timeframe,
          trading_period: calendarFor(market).barsPerYear('1d'),
        });
        const bars = barsOf(symbol, layout, moves, gaps);
        const expected = backtested(bars, document, market);
        const actual = await replayed(symbol, layout, bars, document);
        expect(actual.fills).toEqual(expected.fills);
        expect(actual.fees).toBeCloseTo(expected.fees, 9);
        compared += expected.fills.length;
      }),
      { numRuns: layout.opensMs.length > 16 ? 1 : 2, seed: SEED, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(6);
  });

  it('no order of any of them was filled before it was sent, nor on a bar that opened before its trigger closed', async () => {
    const { rows } = await trade.sql.query(
      `SELECT count(*)::int AS fills, count(*) FILTER (WHERE f.filled_at < o.sent_at)::int AS before_sending,
         count(*) FILTER (WHERE f.filled_at < i.trigger_key::timestamptz)::int AS before_close
       FROM trade.fill f JOIN trade.orders o USING (order_id) JOIN trade.order_intent i USING (intent_id)`,
    );
    expect(rows[0]).toMatchObject({ before_sending: 0, before_close: 0 });
    expect(rows[0].fills).toBeGreaterThan(30);
  });
});
