import type { BarColumns } from '@assay/domain';
import { parseStrategyDocument } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { runBacktest } from '@assay/pipeline';
import { newId } from '@assay/primitives/ids';
import { createRng } from '@assay/quant';
import * as testing from '@assay/testing';
import { eventually } from '@assay/testing';
import { priceStrategy } from '../../test/documents';
import type { TradeStack } from '../../test/trade-stack';
import { startTrade, storeBars } from '../../test/trade-stack';

jest.setTimeout(300_000);
process.env.ASSAY_SEND_WINDOW_MS = '20000';

const [START, END] = ['2024-03-04', '2024-04-26'];
const dates = calendarFor('US').sessions('2024-03-01', END);

function barsOf(symbol: string, seed: number): BarColumns {
  const rng = createRng(seed);
  let last = 100;
  const rows = dates.map(() => {
    const cents = (x: number): number => Math.round(x * 100) / 100;
    const open = cents(last * (1 + (rng.next() - 0.5) / 40));
    const close = rng.next() < 0.2 ? open : cents(open * (1 + (rng.next() - 0.5) / 20));
    last = close;
    return [
      open,
      cents(Math.max(open, close) * (1 + rng.next() / 60)),
      cents(Math.min(open, close) * (1 - rng.next() / 60)),
      close,
    ];
  });
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]!);
  const [open, high, low, close] = [column(0), column(1), column(2), column(3)];
  const openTimeMs = Float64Array.from(dates, (date) => Date.parse(date));
  const volume = new Float64Array(dates.length).fill(1000);
  return { symbol, source: 'test', timeframe: '1d', openTimeMs, open, high, low, close, volume, extra: {} };
}

const line = (at: string, side: string, qty: number, price: number): string =>
  `${at.slice(0, 10)} ${side} ${qty} ${price.toFixed(6)}`;

/** Fills of the `next_open` backtest, and the reasons of its exits. */
function backtested(bars: BarColumns, document: Record<string, unknown>) {
  const { trades } = runBacktest({
    document: parseStrategyDocument(document, { generateId: () => newId() }).document,
    bars,
    options: { mode: 'fixed_qty', fill: 'next_open', engine: 'event', capital: 1e6, sizing: { qty: 10 } },
  }).full;
  const at = (index: number): string => new Date(bars.openTimeMs[index]!).toISOString();
  const fills = trades.flatMap((one) => {
    const [enter, leave] = one.side === 'long' ? ['BUY', 'SELL'] : ['SELL', 'BUY'];
    const entry = line(at(one.entryIndex), enter!, one.quantity, one.entryPrice);
    return one.exitIndex < 0 ? [entry] : [entry, line(at(one.exitIndex), leave!, one.quantity, one.exitPrice)];
  });
  return { fills, reasons: trades.map(({ reason }) => reason) };
}

/** How often a position was entered and left on one day. */
const inAndOut = (fills: readonly string[]): number =>
  fills.filter((fill, i) => i % 2 === 0 && fills[i + 1]?.slice(0, 10) === fill.slice(0, 10)).length;

const order = (type: 'limit' | 'stop', offset: object, expires_after_bars: number) => ({
  entry_order: { type, offset, expires_after_bars },
});
const narrow = { stop_loss: { percent: 0.8 }, take_profit: { percent: 1 }, re_entry: { rule: 'immediately' } };

/** `exits`: how many exits by its own rules a case has at least. */
const CASES: [what: string, longOnly: boolean, rules: Record<string, unknown>, exits: number][] = [
  ['stop and target, long', true, { protection: { stop_loss: { percent: 1.5 }, take_profit: { percent: 2 } } }, 5],
  [
    'trailing stop by extremes and breakeven, both sides, entered again at once',
    false,
    {
      protection: {
        trailing_stop: { percent: 2, follows: 'extreme' },
        breakeven: { percent: 1 },
        re_entry: { rule: 'immediately' },
      },
    },
    5,
  ],
  [
    'average true ranges, a time stop and a pause, both sides',
    false,
    {
      protection: {
        stop_loss: { atr: 1, window: 3 },
        take_profit: { atr: 1.5, window: 5 },
        time_stop: { bars: 2 },
        re_entry: { rule: 'after_bars', bars: 2 },
      },
    },
    5,
  ],
  ['a limit entry alone, long', true, order('limit', { percent: 0.3 }, 2), 0],
  ['a stop entry alone, both sides', false, order('stop', { percent: 0.3 }, 1), 0],
  ['a limit entry by average true ranges, both sides', false, order('limit', { atr: 0.2, window: 3 }, 3), 0],
  [
    'a limit entry with stop and target, both sides, in and out within a bar',
    false,
    { ...order('limit', { percent: 0.5 }, 2), protection: narrow },
    5,
  ],
  [
    'a stop entry with stop and target, both sides, in and out within a bar',
    false,
    { ...order('stop', { percent: 0.4 }, 2), protection: narrow },
    5,
  ],
];

describe('paper trades of a replayed strategy with stops, targets and entry orders', () => {
  let trade: TradeStack;

  beforeAll(async () => {
    trade = await startTrade(testing);
  });
  afterAll(() => trade?.close());

  it.each(CASES)(
    '%s: equal those of the backtest in time, side, quantity and price',
    async (_, longOnly, rules, exits) => {
      const symbol = `P${CASES.findIndex(([, , one]) => one === rules)}`;
      const bars = barsOf(symbol, 31 + symbol.charCodeAt(1));
      const document = { ...priceStrategy(symbol, longOnly), ...rules };
      const expected = backtested(bars, document);
      const columns = { closes: [...bars.close], opens: [...bars.open], highs: [...bars.high], lows: [...bars.low] };
      await storeBars(trade.sql, { symbol, market: 'US', timeframe: '1d', dates, ...columns });
      const strategy = await trade.call('POST', '/strategies', document);
      const { body, status } = await trade.call('POST', '/deployments', {
        ...{ strategy_id: strategy.body.strategy_id, broker: 'PAPER', ticker: symbol, qty: '10', market: 'US' },
        risk_limits: { max_daily_trades: 1000, max_position_usd: 1_000_000 },
        replay: { start: START, end: END },
      });
      if (status !== 201) throw new Error(JSON.stringify(body));
      expect(body.risk_limits.stop_loss_pct).toBeNull();
      const path = `/deployments/${body.deployment_id}`;
      await eventually(
        `the replay of ${symbol}`,
        async () => {
          const { replay } = (await trade.call('GET', path)).body;
          if (replay.state === 'failed') throw new Error(JSON.stringify(replay.error));
          return replay.state === 'completed';
        },
        200_000,
      );
      const { items } = (await trade.call('GET', `${path}/fills?limit=1000`)).body as {
        items: Record<string, string>[];
      };
      const actual = items.map((one) => line(one.filled_at!, one.side!, Number(one.qty), Number(one.price)));
      expect(actual).toEqual(expected.fills);
      expect(actual.length).toBeGreaterThan(10);
      const { items: logs } = (await trade.call('GET', `${path}/trades?limit=1000`)).body as {
        items: Record<string, string>[];
      };
      const told = logs.map(({ message }) => message ?? '').join();
      for (const reason of new Set(expected.reasons))
        if (!['signal', 'flip', 'open'].includes(reason)) expect(told).toContain(reason);
      const own = expected.reasons.filter((reason) => !['signal', 'flip', 'open'].includes(reason));
      expect(own.length).toBeGreaterThanOrEqual(exits);
      if (!('entry_order' in rules)) return;
      expect(told).toMatch(/entry (limit|stop) at [\d.]+ reached at [\d.]+/);
      expect(told).not.toMatch(/did not see|does not show/);
      // some of the orders were never reached
      const { entry_order: _entry, ...atMarket } = document as Record<string, unknown>;
      expect(expected.reasons.length).toBeLessThan(backtested(bars, atMarket).reasons.length + own.length);
      if (exits > 0) expect(inAndOut(expected.fills)).toBeGreaterThan(0);
    },
  );
});
