import type { MarketCode, Timeframe } from '@assay/contracts';
import { barAt, type BarColumns, type FeatureRuntime } from '@assay/domain';
import { calendarFor } from '@assay/calendars';
import { createRng } from '@assay/quant';
import { resampleBars } from '../../../market-data/src/resampling';
import { sameBits } from '../evaluator';
import { feature } from '../fixtures/documents';
import { StageCache } from '../stages';
import { featureColumns, featureRuntimes } from '.';

/** A complete series of a market from one date to another, with a further column; `keep` leaves bars out. */
function barsOf(
  market: MarketCode,
  timeframe: Timeframe,
  from: string,
  to: string,
  keep = (_i: number) => true,
): BarColumns {
  const calendar = calendarFor(market);
  const opens = calendar
    .sessions(from, to)
    .flatMap((date) => calendar.barOpens(date, timeframe))
    .filter((_, i) => keep(i));
  const rng = createRng(`${market} ${timeframe}`);
  let price = 100;
  const rows = opens.map(() => {
    const open = price;
    price *= 1 + 0.01 * rng.normal();
    const [high, low] = [Math.max(open, price) + rng.next(), Math.min(open, price) - rng.next()];
    return { open, high, low, close: price, volume: rng.int(1000), factor: rng.normal() };
  });
  const column = (name: keyof (typeof rows)[number]): Float64Array => Float64Array.from(rows, (row) => row[name]);
  const [open, high, low, close, volume] = (['open', 'high', 'low', 'close', 'volume'] as const).map(column);
  return {
    ...{ symbol: 'X', source: 'test', timeframe, openTimeMs: Float64Array.from(opens) },
    ...{ open: open!, high: high!, low: low!, close: close!, volume: volume!, extra: { factor: column('factor') } },
  };
}

const runtimeOf = (bars: BarColumns, to: Timeframe, market: MarketCode, expression: string): FeatureRuntime =>
  featureRuntimes([feature('f', 'higher_timeframe', { timeframe: to, market, expression })], bars.timeframe)[0]!;

/** By the resampling of whole series: at each bar the value of the last longer bar that has closed by then. */
function naive(bars: BarColumns, to: Timeframe, market: MarketCode, expression: string): Float64Array {
  const calendar = calendarFor(market);
  const { bars: longer } = resampleBars(bars, { to, calendar });
  const values = featureColumns([feature('f', 'expression', { expression })], longer, new StageCache())[0]!.column;
  const closes = Array.from(longer.openTimeMs, (ms) => calendar.barCloseMs(ms, to));
  return bars.openTimeMs.map((openMs) => {
    const now = calendar.barCloseMs(openMs, bars.timeframe);
    const closed = closes.filter((ms) => ms <= now).length;
    return closed === 0 ? NaN : values[closed - 1]!;
  });
}

const FORMULA = 'rolling_mean(close, 3) + (high - low) / lag(open, 2) + rolling_sum(volume, 2) + factor';

const CASES: [MarketCode, Timeframe, Timeframe, string, string][] = [
  // Thanksgiving with its half day, Christmas Eve, both changes of the clocks of New York and of Europe
  ['US', '5m', '1h', '2024-11-20', '2024-12-03'],
  ['US', '15m', '1d', '2024-11-01', '2024-12-31'],
  ['US', '1h', '4h', '2024-03-01', '2024-04-05'],
  ['US', '1h', '1w', '2024-06-01', '2024-08-10'],
  ['US', '1d', '1w', '2023-11-01', '2024-03-31'],
  ['US', '1d', '1M', '2022-12-01', '2024-03-31'],
  ['HK', '30m', '2h', '2024-02-01', '2024-02-20'],
  ['GB', '15m', '1h', '2024-03-25', '2024-04-05'],
  ['CME', '1h', '1d', '2024-11-20', '2024-12-31'],
  ['FX', '1h', '4h', '2024-03-01', '2024-04-05'],
  ['CRYPTO', '1d', '1M', '2023-11-15', '2024-05-31'],
  ['CRYPTO', '1h', '1d', '2024-03-01', '2024-03-20'],
];

describe.each(CASES)('%s %s bars as %s, %s to %s', (market, from, to, first, last) => {
  const bars = barsOf(market, from, first, last);
  const runtime = runtimeOf(bars, to, market, FORMULA);
  const values = runtime.batch(bars);

  it('have at each bar the value of the last longer bar that has closed', () => {
    expect(sameBits(values, naive(bars, to, market, FORMULA))).toBe(true);
    expect(values.some((value) => !Number.isNaN(value))).toBe(true);
  });

  it('have a first value not after the lookback', () => {
    expect(values.findIndex((value) => !Number.isNaN(value))).toBeLessThanOrEqual(runtime.lookback);
  });

  it('give the same bits bar by bar, from saved states', () => {
    let stream = runtime.stream();
    const streamed = Float64Array.from(bars.close, (_, i) => {
      if (i % 29 === 0) {
        const state = stream.save();
        stream = runtime.stream();
        stream.load(state);
      }
      return stream.update(barAt(bars, i));
    });
    expect(sameBits(streamed, values)).toBe(true);
  });

  it('never show anything of a longer bar that is under way: whatever its bars are, the value stays', () => {
    const calendar = calendarFor(market);
    const closeOf = (i: number): number => calendar.barCloseMs(bars.openTimeMs[i]!, from);
    const closes = Array.from(resampleBars(bars, { to, calendar }).bars.openTimeMs, (ms) =>
      calendar.barCloseMs(ms, to),
    );
    const rng = createRng('cuts');
    let checked = 0;
    for (let k = 0; k < 15; k++) {
      const at = rng.int(bars.close.length);
      const known = Math.max(0, ...closes.filter((ms) => ms <= closeOf(at)));
      const spoil = (column: Float64Array): Float64Array => column.map((x, i) => (closeOf(i) > known ? 3 * x + 1 : x));
      const [open, high, low, close, volume, factor] = [
        ...[bars.open, bars.high, bars.low, bars.close, bars.volume],
        bars.extra.factor!,
      ].map(spoil) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
      const spoilt = runtime.batch({ ...bars, open, high, low, close, volume, extra: { factor } });
      expect(Object.is(spoilt[at], values[at])).toBe(true);
      if (!Number.isNaN(values[at]) && close[at] !== bars.close[at]) checked += 1;
    }
    expect(checked).toBeGreaterThan(0);
  });
});

describe('a longer bar', () => {
  const calendar = calendarFor('US');
  const iso = (bars: BarColumns, i: number): string => new Date(bars.openTimeMs[i]!).toISOString();

  it('of a half day is known at its early close', () => {
    const bars = barsOf('US', '30m', '2024-11-29', '2024-12-02');
    const values = runtimeOf(bars, '1d', 'US', 'close').batch(bars);
    const last = values.findIndex((value) => !Number.isNaN(value));
    // 12:30 in New York, the last half hour of the day after Thanksgiving
    expect([iso(bars, last), values[last]]).toEqual(['2024-11-29T17:30:00.000Z', bars.close[last]]);
  });

  it('of which the closing bar is missing is known with the first bar of the next', () => {
    const whole = barsOf('US', '30m', '2024-12-02', '2024-12-04');
    const bars = barsOf('US', '30m', '2024-12-02', '2024-12-04', (i) => i !== 12);
    expect(calendar.barOpens('2024-12-02', '30m')).toHaveLength(13);
    const values = runtimeOf(bars, '1d', 'US', 'rolling_sum(volume, 1)').batch(bars);
    expect(values.findIndex((value) => !Number.isNaN(value))).toBe(12);
    expect(iso(bars, 12)).toBe(iso(whole, 13));
  });

  it('that the series begins within is passed over', () => {
    const bars = barsOf('US', '30m', '2024-12-02', '2024-12-04', (i) => i > 0);
    const values = runtimeOf(bars, '1d', 'US', 'close').batch(bars);
    expect(values.findIndex((value) => !Number.isNaN(value))).toBe(12 + 12);
  });

  it('has no part in bars outside of sessions', () => {
    const bars = barsOf('US', '30m', '2024-12-02', '2024-12-04');
    const early = { ...bars, openTimeMs: bars.openTimeMs.map((ms, i) => (i === 0 ? ms - 3_600_000 : ms)) };
    const values = runtimeOf(early, '1d', 'US', 'close').batch(early);
    expect(values.findIndex((value) => !Number.isNaN(value))).toBe(25);
  });

  it('needs more bars where some lie outside of sessions, and says how many', () => {
    // around the clock, weekends included: 13 of 48 bars of a weekday are of a session
    const bars = barsOf('CRYPTO', '30m', '2024-11-20', '2024-12-12');
    const specs = [
      feature('daily', 'higher_timeframe', { timeframe: '1d', market: 'US', expression: 'diff(close, 2)' }),
      feature('mean', 'sma', { column: 'daily', window: 4 }),
    ];
    const columns = featureColumns(specs, bars, new StageCache());
    const first = columns.map(({ column }) => column.findIndex((value) => !Number.isNaN(value)));
    // known with the bar of 12:30 on the half day, the third whole session, as its mean three bars later
    expect(iso(bars, first[0]!)).toBe('2024-11-22T20:30:00.000Z');
    columns.forEach(({ lookback, runtime }, i) => {
      expect(runtime.lookback).toBeLessThan(first[i]!);
      expect(lookback).toBeGreaterThanOrEqual(first[i]!);
    });
    // sessions of 20, 21, 22, 25 and what a cut first one may lack: the lookback in bars of sessions
    const inSession = [...bars.openTimeMs].filter((ms) => calendar.isOpen(ms));
    expect(bars.openTimeMs[columns[0]!.lookback]).toBe(inSession[columns[0]!.runtime.lookback]);
    expect(columns[1]!.lookback).toBe(columns[0]!.lookback + 3);
    const whole = barsOf('US', '30m', '2024-11-20', '2024-12-12');
    featureColumns(specs, whole, new StageCache()).forEach(({ lookback, runtime }) =>
      expect(lookback).toBe(runtime.lookback),
    );
  });

  it('keeps the last of a feature listed before', () => {
    const bars = barsOf('US', '1d', '2024-01-01', '2024-06-30');
    const columns = featureColumns(
      [
        feature('fast', 'sma', { window: 5 }),
        feature('weekly', 'higher_timeframe', { timeframe: '1w', market: 'US', expression: 'diff(fast, 1)' }),
      ],
      bars,
      new StageCache(),
    ).map(({ column }) => column);
    const fridays = [...bars.openTimeMs.keys()].filter(
      (i) => calendar.periodOf(iso(bars, i).slice(0, 10), '1w')!.last === iso(bars, i).slice(0, 10),
    );
    const [before, now] = fridays.slice(5, 7);
    expect(columns[1]![now!]).toBe(columns[0]![now!]! - columns[0]![before!]!);
  });

  it('has to be a multiple', () => {
    expect(() => runtimeOf(barsOf('US', '2h', '2024-12-02', '2024-12-04'), '1h', 'US', 'close')).toThrow(
      'features[0].params.timeframe must be one of 4h, 1d, 1w, 1M, multiples of 2h, was 1h',
    );
  });
});
