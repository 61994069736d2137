import { multiplesOf, TIMEFRAME_MINUTES, type MarketCode, type Timeframe } from '@assay/contracts';
import { sliceBars, type BarColumns } from '@assay/domain';
import fc from 'fast-check';
import { calendarFor } from '../calendars';
import { resampleBars } from './index';

/** Bars whose prices are counted up: the open of bar i is 100 + i, the close 100.5 + i; volumes are whole numbers. */
function barsOn(timeframe: Timeframe, openTimeMs: readonly number[], seed = 1): BarColumns {
  const open = Float64Array.from(openTimeMs, (_, i) => 100 + ((i * 7919 * seed) % 97));
  const close = open.map((value, i) => value + ((i * 31 * seed) % 11) - 5);
  return {
    ...{ symbol: 'X', source: 'test', timeframe, openTimeMs: Float64Array.from(openTimeMs), open, close },
    high: open.map((value, i) => Math.max(value, close[i]!) + (i % 3)),
    low: open.map((value, i) => Math.min(value, close[i]!) - (i % 4)),
    volume: open.map((_, i) => 10 + ((i * 13 * seed) % 29)),
    extra: { trades: open.map((_, i) => i) },
  };
}

const opensOn = (market: MarketCode, timeframe: Timeframe, from: string, to: string): number[] =>
  calendarFor(market)
    .sessions(from, to)
    .flatMap((date) => calendarFor(market).barOpens(date, timeframe));
const resample = (bars: BarColumns, to: Timeframe, market: MarketCode = 'US') =>
  resampleBars(bars, { to, calendar: calendarFor(market) });
const stamps = ({ openTimeMs }: BarColumns): string[] =>
  Array.from(openTimeMs, (ms) => new Date(ms).toISOString().replace(':00.000Z', ''));

describe('bars put together', () => {
  it('to hours begin at the opening and are cut at the close', () => {
    const bars = barsOn('30m', opensOn('US', '30m', '2024-07-02', '2024-07-03'));
    const { bars: hours, notes } = resample(bars, '1h');
    expect(notes).toEqual([]);
    expect(stamps(hours)).toEqual([
      ...['13:30', '14:30', '15:30', '16:30', '17:30', '18:30', '19:30'].map((t) => `2024-07-02T${t}`),
      ...['13:30', '14:30', '15:30', '16:30'].map((t) => `2024-07-03T${t}`),
    ]);
    expect(hours.timeframe).toBe('1h');
    expect([hours.open[0], hours.close[0], hours.volume[0]]).toEqual([
      bars.open[0],
      bars.close[1],
      bars.volume[0]! + bars.volume[1]!,
    ]);
    expect(hours.high[0]).toBe(Math.max(bars.high[0]!, bars.high[1]!));
    expect(hours.low[0]).toBe(Math.min(bars.low[0]!, bars.low[1]!));
    expect(hours.extra.trades![0]).toBe(1);
    // half an hour of a full day, and of the half day that ends at 13:00
    expect([hours.volume[6], hours.volume[10]]).toEqual([bars.volume[12], bars.volume[19]]);
  });

  it('begin anew after a lunch break', () => {
    const bars = barsOn('15m', opensOn('JP', '15m', '2024-11-05', '2024-11-05'));
    expect(stamps(resample(bars, '2h', 'JP').bars)).toEqual(
      ['00:00', '02:00', '03:30', '05:30'].map((t) => `2024-11-05T${t}`),
    );
  });

  it('to days bear the date of the session, which begins on its eve for futures', () => {
    const bars = barsOn('1h', opensOn('CME', '1h', '2024-03-08', '2024-03-12'));
    const { bars: days } = resample(bars, '1d', 'CME');
    expect(stamps(days)).toEqual(['2024-03-08T00:00', '2024-03-11T00:00', '2024-03-12T00:00']);
    expect(days.volume[1]).toBe(bars.volume.subarray(23, 46).reduce((sum, value) => sum + value));
  });

  it('to weeks and months are labelled by the first session and close with the last', () => {
    const bars = barsOn('1d', opensOn('US', '1d', '2024-01-02', '2024-03-28'));
    const { bars: weeks, notes } = resample(bars, '1w');
    expect(stamps(weeks).slice(0, 5)).toEqual(
      ['2024-01-02', '2024-01-08', '2024-01-16', '2024-01-22', '2024-01-29'].map((date) => `${date}T00:00`),
    );
    expect(stamps(weeks).at(-1)).toBe('2024-03-25T00:00');
    expect(notes).toEqual([]);
    expect([weeks.close[0], weeks.close[1]]).toEqual([bars.close[3], bars.close[8]]);
    expect(stamps(resample(bars, '1M').bars)).toEqual(
      ['2024-01-02', '2024-02-01', '2024-03-01'].map((date) => `${date}T00:00`),
    );
    const calendar = calendarFor('US');
    expect(calendar.barCloseMs(weeks.openTimeMs.at(-1)!, '1w')).toBe(calendar.sessionCloseMs('2024-03-28'));
  });

  it('leave out a first and a last bar that is not filled, and say so', () => {
    const opens = opensOn('US', '5m', '2024-03-11', '2024-03-11').slice(3, -2);
    const { bars, notes } = resample(barsOn('5m', opens), '1h');
    expect(stamps(bars)).toEqual(['14:30', '15:30', '16:30', '17:30', '18:30'].map((t) => `2024-03-11T${t}`));
    expect(notes.map(({ code, sample }) => [code, sample])).toEqual([
      ['incomplete_last', ['2024-03-11T19:30:00Z']],
      ['incomplete_first', ['2024-03-11T13:30:00Z']],
    ]);
    expect(notes[0]!.message).toBe('the 1h bar of 2024-03-11T19:30:00Z was left out: the 5m bars end before it closes');
  });

  it('say which bars are missing, and have none where all are', () => {
    const opens = opensOn('US', '30m', '2024-03-11', '2024-03-11');
    const { bars, notes } = resample(
      barsOn(
        '30m',
        opens.filter((_, i) => ![2, 3, 7].includes(i)),
      ),
      '1h',
    );
    expect(stamps(bars)).toHaveLength(6);
    expect(notes).toEqual([
      {
        code: 'missing_bars',
        count: 3,
        sample: ['2024-03-11T14:30:00Z', '2024-03-11T15:00:00Z', '2024-03-11T17:00:00Z'],
        message:
          '3 of 13 30m bars of the sessions are missing, first 2024-03-11T14:30:00Z: a bar is made of those that are there',
      },
    ]);
  });

  it('are on one basis where a split lies within them', () => {
    const bars = {
      ...barsOn('1d', opensOn('US', '1d', '2024-01-08', '2024-01-12')),
      volume: new Float64Array(5).fill(NaN),
    };
    for (const column of [bars.open, bars.high, bars.low, bars.close]) column.fill(100, 0, 2).fill(50, 2);
    const adjFactor = Float64Array.of(0.5, 0.5, 1, 1, 1);
    const week = resampleBars(bars, { to: '1w', calendar: calendarFor('US'), adjFactor });
    expect([week.bars.open[0], week.bars.high[0], week.bars.low[0], week.bars.close[0]]).toEqual([50, 50, 50, 50]);
    expect([...week.adjFactor!]).toEqual([1]);
    expect(week.bars.volume[0]).toBeNaN();
  });

  it('refuse what is no multiple, lies outside of sessions, off the grid, or fills none', () => {
    const bars = barsOn('5m', opensOn('US', '5m', '2024-03-11', '2024-03-11'));
    expect(() => resample(bars, '3m')).toThrow(
      'to must be one of 15m, 30m, 1h, 2h, 4h, 1d, 1w, 1M, multiples of 5m, was 3m',
    );
    expect(() => resample(barsOn('1d', [Date.parse('2024-03-11')]), '4h')).toThrow(
      'to must be one of 1w, 1M, multiples of 1d, was 4h',
    );
    expect(multiplesOf('1w')).toEqual([]);
    const early = barsOn('5m', [Date.parse('2024-03-11T13:00Z'), ...bars.openTimeMs]);
    expect(() => resample(early, '1h')).toThrow(
      'bars must lie in sessions of the market US, 1 of 79 do not, first 2024-03-11T13:00:00Z; state the market they are of, or outside_sessions drop',
    );
    const dropped = resampleBars(early, { to: '1h', calendar: calendarFor('US'), outsideSessions: 'drop' });
    expect(dropped.notes.map(({ code, count }) => [code, count])).toEqual([['outside_sessions', 1]]);
    expect(dropped.bars.volume.length).toBe(7);
    const clock = barsOn(
      '1h',
      [14, 15, 16].map((hour) => Date.parse(`2024-03-11T${hour}:00Z`)),
    );
    expect(() => resample(clock, '4h')).toThrow(
      '1h bars must begin a multiple of 1h after the opening of the market US, 3 of 3 do not',
    );
    expect(() => resample(sliceBars(bars, 0, 5), '1h')).toThrow(
      'bars must fill at least one 1h bar, the 5 5m bars fill none',
    );
  });

  it('say when sessions are not known any more', () => {
    const bars = barsOn('1d', opensOn('US', '1d', '2036-01-07', '2036-01-18'));
    expect(resample(bars, '1w').notes.map(({ code }) => code)).toEqual(['calendar_not_covered']);
  });
});

const MARKETS_WITH_WEEKS: readonly [MarketCode, string, string][] = [
  ['US', '2024-07-02', '2024-07-05'],
  ['GB', '2024-12-20', '2024-12-27'],
  ['JP', '2024-11-01', '2024-11-06'],
  ['CME', '2024-03-08', '2024-03-12'],
  ['FX', '2024-03-08', '2024-03-12'],
  ['CRYPTO', '2024-03-09', '2024-03-11'],
];

/** Which minutes of some sessions there are: all but the first, the last and some between. */
const draft = fc.record({
  week: fc.constantFrom(...MARKETS_WITH_WEEKS),
  skip: fc.integer({ min: 0, max: 90 }),
  cut: fc.integer({ min: 0, max: 90 }),
  holes: fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { maxLength: 60 }),
  seed: fc.integer({ min: 1, max: 50 }),
});
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

function minutesOf({ week: [market, from, to], skip, cut, holes, seed }: Draft): {
  market: MarketCode;
  bars: BarColumns;
} {
  const gone = new Set(holes);
  const opens = opensOn(market, '1m', from, to);
  const kept = opens.slice(skip, opens.length - cut).filter((_, i) => !gone.has(i));
  return { market, bars: barsOn('1m', kept, seed) };
}
const plain = ({ openTimeMs, open, high, low, close, volume, extra }: BarColumns): number[][] =>
  [openTimeMs, open, high, low, close, volume, extra.trades!].map((column) => [...column]);
const FEW = { numRuns: 25 };
const FEWER = { numRuns: 6 };

describe('resampling, whatever the market and the holes', () => {
  it.each<[Timeframe, Timeframe]>([
    ['5m', '1h'],
    ['15m', '4h'],
    ['30m', '1d'],
    ['3m', '30m'],
  ])('by way of %s gives the same %s bars', (between, to) => {
    fc.assert(
      fc.property(draft, (drafted) => {
        const { market, bars } = minutesOf(drafted);
        const once = resample(bars, to, market).bars;
        expect(plain(resample(resample(bars, between, market).bars, to, market).bars)).toEqual(plain(once));
      }),
      FEW,
    );
  });

  it('puts each minute into the bar that closes first after it, and into no other', () => {
    fc.assert(
      fc.property(draft, fc.constantFrom<Timeframe>('5m', '1h', '4h'), (drafted, to) => {
        const { market, bars } = minutesOf(drafted);
        const calendar = calendarFor(market);
        const sums = new Map<number, number>();
        bars.openTimeMs.forEach((ms, i) => {
          const close = calendar.nextBarCloseMs(ms, to);
          sums.set(close, (sums.get(close) ?? 0) + bars.volume[i]!);
        });
        const { bars: longer } = resample(bars, to, market);
        longer.openTimeMs.forEach((ms, i) => {
          const closeMs = calendar.barCloseMs(ms, to);
          expect(closeMs - ms).toBeLessThanOrEqual(TIMEFRAME_MINUTES[to] * 60_000);
          expect(longer.volume[i]).toBe(sums.get(closeMs));
        });
        // at most the first and the last are left out
        expect(sums.size - longer.volume.length).toBeLessThanOrEqual(2);
      }),
      FEWER,
    );
  });

  it('never knows a later bar: what had closed stays as it was when more bars come', () => {
    fc.assert(
      fc.property(draft, fc.double({ min: 0.3, max: 1, noNaN: true }), (drafted, share) => {
        const { market, bars } = minutesOf(drafted);
        const calendar = calendarFor(market);
        const until = Math.ceil(share * bars.open.length);
        const all = resample(bars, '15m', market).bars;
        const early = resample(sliceBars(bars, 0, until), '15m', market).bars;
        expect(plain(early)).toEqual(plain(sliceBars(all, 0, early.open.length)));
        const seenMs = calendar.barCloseMs(bars.openTimeMs[until - 1]!, '1m');
        const late = early.openTimeMs.filter((ms) => calendar.barCloseMs(ms, '15m') > seenMs);
        expect(late).toHaveLength(0);
      }),
      FEW,
    );
  });
});
