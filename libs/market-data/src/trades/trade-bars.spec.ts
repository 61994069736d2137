import fc from 'fast-check';
import { rejectionOf } from '../../../testing/src/domain/refusal';
import { calendarFor } from '../calendars';
import { readBarsText } from '../files';
import { resampleBars } from '../resampling';
import { BarBuilder } from './bar-builder';
import { cutBars, type TradeBars } from './bar-columns';
import { barRuleOf, type BarRule } from './bar-rule';
import { SessionGrid } from './session-grid';
import { barsOfTrades, seriesOfTrades, type TradeBarsOptions } from './trade-bars';
import { tradeBarRows, tradeBarsToCsv } from './trade-bars-text';
import { tradeBlock, type TradeBlock } from './trade-block';

interface Trade {
  ms: number;
  ns: number;
  price: number;
  size: number;
  side: 1 | -1;
}

const BEGIN = Date.parse('2024-01-02T00:00:00Z');

/** Prices and sizes on a grid of powers of two: every sum of theirs is exact, so a naive one is the truth. */
const trades = fc
  .array(
    fc.record({
      gapMs: fc.constantFrom(0, 0, 1, 400, 30_000, 61_000, 4_000_000),
      ns: fc.nat(999_999),
      price: fc.integer({ min: 1, max: 4000 }).map((n) => n / 16),
      size: fc.integer({ min: 1, max: 400 }).map((n) => n / 8),
      side: fc.constantFrom(1 as const, -1 as const),
    }),
    { minLength: 1, maxLength: 200 },
  )
  .map((rows) => {
    let ms = BEGIN;
    return rows
      .map(({ gapMs, ...row }): Trade => ({ ...row, ms: (ms += gapMs) }))
      .sort((a, b) => a.ms - b.ms || a.ns - b.ns);
  });
const rules = fc.oneof(
  fc.integer({ min: 1, max: 50 }).map((n): BarRule => ({ kind: 'ticks', threshold: n })),
  fc.integer({ min: 1, max: 8000 }).map((n): BarRule => ({ kind: 'volume', threshold: n / 8 })),
  fc.integer({ min: 1, max: 500_000 }).map((n): BarRule => ({ kind: 'dollar', threshold: n / 128 })),
  fc
    .constantFrom('1m' as const, '5m' as const, '1h' as const, '1d' as const)
    .map((timeframe): BarRule => ({ kind: 'time', timeframe, market: 'CRYPTO' })),
);

/** Groups of trades by the rule as one would say it; the last one may be short. */
function groupsOf(rows: readonly Trade[], rule: BarRule): Trade[][] {
  const groups: Trade[][] = [];
  if (rule.kind === 'time') {
    const step = { '1m': 60, '5m': 300, '1h': 3600, '1d': 86_400 }[rule.timeframe as '1m']! * 1000;
    for (const row of rows) {
      const open = groups.at(-1);
      if (open && Math.floor(open[0].ms / step) === Math.floor(row.ms / step)) open.push(row);
      else groups.push([row]);
    }
    return groups;
  }
  const weight = {
    ticks: () => 1,
    volume: ({ size }: Trade) => size,
    dollar: ({ price, size }: Trade) => price * size,
  };
  const total = (group: readonly Trade[]): number => group.map(weight[rule.kind]).reduce((a, b) => a + b, 0);
  for (const row of rows) {
    const open = groups.at(-1);
    if (open && total(open) < rule.threshold) open.push(row);
    else groups.push([row]);
  }
  return groups;
}

function blocksOf(rows: readonly Trade[], cuts: readonly number[]): TradeBlock[] {
  const bounds = [0, ...[...cuts].map((cut) => cut % (rows.length + 1)).sort((a, b) => a - b), rows.length];
  return bounds.slice(1).map((to, c) => {
    const part = rows.slice(bounds[c], to);
    const block = { ...tradeBlock(Math.max(1, part.length)), count: part.length };
    part.forEach(({ ms, ns, price, size, side }, i) => {
      [block.timeMs[i], block.ns[i], block.price[i], block.size[i], block.side[i]] = [ms, ns, price, size, side];
    });
    return block;
  });
}

function built(rows: readonly Trade[], rule: BarRule, cuts: readonly number[] = []): TradeBars {
  const grid = rule.kind === 'time' ? new SessionGrid(calendarFor(rule.market), rule.timeframe) : null;
  const builder = new BarBuilder(rule, grid);
  for (const block of blocksOf(rows, cuts)) builder.add(block);
  builder.closeOpen();
  return cutBars(builder.bars, 0, builder.bars.count);
}

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

describe('bars of trades', () => {
  it('are those of a naive reading of the rule', () => {
    fc.assert(
      fc.property(trades, rules, (rows, rule) => {
        const bars = built(rows, rule);
        const groups = groupsOf(rows, rule);
        expect(bars.count).toBe(groups.length);
        groups.forEach((group, i) => {
          const prices = group.map(({ price }) => price);
          const sizes = group.map(({ size }) => size);
          const dollar = sum(group.map(({ price, size }) => price * size));
          const last = group.at(-1)!;
          expect({
            ...{ open: bars.open[i], high: bars.high[i], low: bars.low[i], close: bars.close[i] },
            ...{ volume: bars.volume[i], trades: bars.trades[i], buys: bars.buyVolume[i], dollar: bars.dollar[i] },
            ...{ vwap: bars.vwap[i], end: [bars.closeMs[i], bars.closeNs[i]] },
          }).toEqual({
            ...{ open: prices[0], high: Math.max(...prices), low: Math.min(...prices), close: last.price },
            ...{ volume: sum(sizes), trades: group.length, dollar, vwap: dollar / sum(sizes) },
            buys: sum(group.filter(({ side }) => side === 1).map(({ size }) => size)),
            end: [last.ms, last.ns],
          });
          if (rule.kind !== 'time') expect([bars.openMs[i], bars.openNs[i]]).toEqual([group[0].ms, group[0].ns]);
        });
      }),
    );
  });

  it('are the same bit for bit however the trades are cut into blocks, and lose none', () => {
    const cuts = fc.array(fc.nat(1000), { maxLength: 20 });
    const decimals = trades.map((rows) => rows.map((row) => ({ ...row, price: row.price / 10, size: row.size / 7 })));
    fc.assert(
      fc.property(decimals, rules, cuts, (rows, rule, at) => {
        const bars = built(rows, rule, at);
        expect(bars).toEqual(built(rows, rule));
        expect(sum(bars.trades)).toBe(rows.length);
        const volume = sum(rows.map(({ size }) => size));
        expect(Math.abs(sum(bars.volume) - volume)).toBeLessThanOrEqual(1e-12 * volume);
      }),
    );
  });

  it('end where the decimals of a threshold are met, though doubles fall short', () => {
    const row = { ms: BEGIN, ns: 0, price: 1, size: 0.1, side: 1 as const };
    const bars = built(
      Array.from({ length: 30 }, () => row),
      { kind: 'volume', threshold: 1 },
    );
    expect([...bars.trades]).toEqual([10, 10, 10]);
    expect([...bars.volume]).toEqual([1, 1, 1]);
  });
});

const line = (time: string, price: number, size: number, side = 'buy'): string => `${time},${price},${size},${side}`;
const file = (...lines: string[]): Buffer => Buffer.from(`time,price,size,side\n${lines.join('\n')}\n`);
const made = (content: Buffer, by: string, more: Partial<TradeBarsOptions> & { market?: string } = {}) =>
  barsOfTrades(content, { ...more, rule: barRuleOf(by, more.market) });

describe('bars of time', () => {
  const day = calendarFor('US');
  const openMs = day.sessionOpenMs('2024-07-03');
  const at = (ms: number): string => new Date(ms).toISOString();
  /** One trade every twenty seconds of a half day. */
  const rows = Array.from({ length: (3.5 * 3600) / 20 }, (_, i) =>
    line(at(openMs + i * 20_000 + 7), 100 + (i % 17), 1 + (i % 5)),
  );
  const whole = { wholeFromMs: openMs, wholeUntilMs: day.sessionCloseMs('2024-07-03') };

  it('are on the grid of resampling, of which longer ones can be made', async () => {
    const minutes = seriesOfTrades(await made(file(...rows), 'time:1m', { market: 'US', ...whole }), 'X', 'made');
    const { bars } = resampleBars(minutes, { to: '1h', calendar: day });
    const hours = seriesOfTrades(await made(file(...rows), 'time:1h', { market: 'US', ...whole }), 'X', 'made');
    expect([...hours.openTimeMs]).toEqual(day.barOpens('2024-07-03', '1h'));
    for (const name of ['openTimeMs', 'open', 'high', 'low', 'close', 'volume'] as const)
      expect(hours[name]).toEqual(bars[name]);
    const dated = await made(file(...rows), 'time:1d', { market: 'US', ...whole });
    expect([dated.bars.count, dated.bars.openMs[0]]).toEqual([1, Date.parse('2024-07-03')]);
  });

  it('are left out at both ends unless the file is whole there', async () => {
    const { bars, notes } = await made(file(...rows), 'time:1h', { market: 'US' });
    expect(bars.count).toBe(2);
    expect(notes.map(({ code, sample }) => [code, ...sample])).toEqual([
      ['incomplete_last', '2024-07-03T16:30:00.000Z'],
      ['incomplete_first', '2024-07-03T13:30:00.000Z'],
    ]);
    const atOpening = file(line(at(openMs), 1, 1), ...rows);
    expect((await made(atOpening, 'time:1h', { market: 'US' })).notes).toHaveLength(1);
  });

  it('have none where nothing was traded', async () => {
    const { bars } = await made(
      file(line('2024-01-02T00:00:00Z', 1, 1), line('2024-01-02T00:05:00Z', 2, 1), line('2024-01-02T00:06:00Z', 2, 1)),
      'time:1m',
      { market: 'CRYPTO' },
    );
    expect(Array.from(bars.openMs, at)).toEqual(['2024-01-02T00:00:00.000Z', '2024-01-02T00:05:00.000Z']);
  });

  it('refuse trades outside of sessions, or leave them out', async () => {
    const content = file(line(at(openMs - 1), 1, 1), ...rows, line(at(whole.wholeUntilMs), 1, 1));
    const { errors } = await rejectionOf(made(content, 'time:1h', { market: 'US', ...whole }));
    expect(errors).toMatchObject([{ field: 'trades', rule: 'session_times' }]);
    const { bars, notes } = await made(content, 'time:1h', { market: 'US', ...whole, outsideSessions: 'drop' });
    expect([bars.count, notes[0]]).toMatchObject([4, { code: 'outside_sessions', count: 2 }]);
  });

  it('are a file that is read back to the same bits', async () => {
    const answer = await made(file(...rows), 'time:5m', { market: 'US', ...whole });
    const { bars } = readBarsText(tradeBarsToCsv(answer), { timeframe: '5m' });
    const series = seriesOfTrades(answer, '', 'csv');
    expect(bars).toEqual(series);
    expect(Object.keys(bars.extra)).toEqual(['trades', 'buy_volume', 'vwap', 'dollar']);
  });
});

describe('bars of ticks, volume and dollars', () => {
  const rows = file(
    line('1704187800250000007', 10, 3),
    line('1704187800250000008', 11, 4, 'sell'),
    line('1704187801', 12, 5),
  );

  it('end with the trade that reaches the threshold, which is not split', async () => {
    const answer = await made(rows, 'volume:7');
    expect([...tradeBarRows(answer)]).toEqual([
      {
        open_time: '2024-01-02T09:30:00.250000007Z',
        close_time: '2024-01-02T09:30:00.250000008Z',
        ...{ open: 10, high: 11, low: 10, close: 11, volume: 7, trades: 2, buy_volume: 3, vwap: 74 / 7, dollar: 74 },
      },
    ]);
    expect(answer.notes).toMatchObject([{ code: 'incomplete_last', count: 1 }]);
    expect(tradeBarsToCsv(answer).split('\n')[0]).toBe(
      'open_time,close_time,open,high,low,close,volume,trades,buy_volume,vwap,dollar',
    );
    expect((await made(rows, 'dollar:60')).bars.count).toBe(2);
    expect((await made(rows, 'ticks:1')).notes).toEqual([]);
  });

  it('have no buy volume where the file has no sides, and a missing one where a trade has none', async () => {
    const answer = await made(Buffer.from('time,price,size\n1704187800,1,1\n1704187801,1,1\n'), 'ticks:2');
    expect([[...tradeBarRows(answer)][0].buy_volume, tradeBarsToCsv(answer)]).toEqual([
      null,
      expect.not.stringContaining('buy'),
    ]);
    const some = await made(
      file(line('1704187800', 1, 1), line('1704187801', 1, 1, 'n'), line('1704187802', 1, 2)),
      'ticks:1',
    );
    expect([...tradeBarRows(some)].map(({ buy_volume }) => buy_volume)).toEqual([1, null, 2]);
  });

  it('are refused where the trades fill none', async () => {
    const { errors } = await rejectionOf(made(rows, 'ticks:4'));
    expect(errors).toMatchObject([{ field: 'trades', rule: 'whole_bar', value: 3 }]);
  });
});

describe('a rule of bars', () => {
  it.each([
    'ticks:0',
    'ticks:1.5',
    'volume:0',
    'dollar:-1',
    'dollar:1e999',
    'dollar:',
    'time:7m',
    'imbalance:5',
    'ticks',
  ])('is refused: %s', (by) => {
    expect(() => barRuleOf(by, 'US')).toThrow(new RegExp(`^by must be .*, was ${by}$`));
  });

  it('of time needs a market', () => {
    expect(() => barRuleOf('time:1m', undefined)).toThrow('market must be given for bars of time');
    expect(barRuleOf('time:1m', 'US')).toEqual({ kind: 'time', timeframe: '1m', market: 'US' });
    expect(barRuleOf('dollar:1e6', undefined)).toEqual({ kind: 'dollar', threshold: 1_000_000 });
  });
});
