import type { Timeframe } from '@assay/contracts';
import { barAt, type BarColumns } from '@assay/domain';
import { feature } from '../fixtures/documents';
import { StageCache } from '../stages';
import { featureColumns, featureRuntimes } from '.';

const barsAt = (timeframe: Timeframe, times: readonly string[]): BarColumns => {
  const prices = Float64Array.from(times, (_, i) => 100 + i);
  return {
    ...{ symbol: 'X', source: 'test', timeframe, openTimeMs: Float64Array.from(times, (time) => Date.parse(time)) },
    ...{ open: prices, high: prices, low: prices, close: prices, volume: prices, extra: {} },
  };
};
const told = (bars: BarColumns, of: string, market = 'US'): number[] => {
  const runtime = featureRuntimes([feature('f', 'calendar', { of, market })], bars.timeframe)[0]!;
  const values = Array.from(runtime.batch(bars));
  const stream = runtime.stream();
  expect(bars.openTimeMs.length).toBe(values.length);
  values.forEach((value, i) => expect(Object.is(stream.update(barAt(bars, i)), value)).toBe(true));
  return values;
};

describe('calendar features', () => {
  // the Monday and Friday around Thanksgiving 2024, Christmas Eve, the last session of the year, one of the next
  const days = barsAt(
    '1d',
    ['2024-11-25', '2024-11-27', '2024-11-29', '2024-12-24', '2024-12-31', '2025-01-02'].map((d) => `${d}T00:00:00Z`),
  );

  it.each([
    ['year', [2024, 2024, 2024, 2024, 2024, 2025]],
    ['quarter', [4, 4, 4, 4, 4, 1]],
    ['month', [11, 11, 11, 12, 12, 1]],
    ['day_of_month', [25, 27, 29, 24, 31, 2]],
    ['day_of_week', [1, 3, 5, 2, 2, 4]],
    ['days_to_month_end', [5, 3, 1, 7, 0, 29]],
    ['session_of_week', [1, 3, 4, 2, 2, 3]],
    ['sessions_to_week_end', [3, 1, 0, 2, 2, 1]],
    ['session_of_month', [17, 19, 20, 17, 21, 1]],
    ['sessions_to_month_end', [3, 1, 0, 4, 0, 19]],
    ['session_minutes', [390, 390, 210, 210, 390, 390]],
    ['month_number', [24298, 24298, 24298, 24299, 24299, 24300]],
  ])('%s', (of, expected) => expect(told(days, of)).toEqual(expected));

  // before and after the clocks of New York go forward, and before the opening
  const hours = barsAt('30m', [
    '2024-03-08T14:30:00Z',
    '2024-03-08T20:30:00Z',
    '2024-03-11T13:30:00Z',
    '2024-03-11T12:00:00Z',
  ]);

  it.each([
    ['hour', [9, 15, 9, 8]],
    ['minute_of_session', [0, 360, 0, -90]],
    ['minutes_to_close', [390, 30, 390, 480]],
  ])('%s', (of, expected) => expect(told(hours, of)).toEqual(expected));

  it('are of the market: the session of an evening may be that of the next day', () => {
    const evening = barsAt('1h', ['2024-12-02T23:00:00Z', '2024-12-03T15:00:00Z']);
    expect(told(evening, 'day_of_month', 'CME')).toEqual([3, 3]);
    expect(told(evening, 'day_of_month', 'CRYPTO')).toEqual([2, 3]);
    expect(told(evening, 'hour', 'CME')).toEqual([17, 9]);
  });

  it('that the clock tells are refused for days', () => {
    expect(() => told(days, 'hour')).toThrow('features[0].params.of must be one of year, quarter');
  });

  it('are missing for sessions before the tables of a market', () => {
    expect(told(barsAt('1d', ['1995-06-01T00:00:00Z']), 'session_of_week')).toEqual([NaN]);
    expect(told(barsAt('1d', ['1995-06-01T00:00:00Z']), 'day_of_week')).toEqual([4]);
  });
});

describe('columns that the times of bars give', () => {
  const column = (bars: BarColumns, name: string): number[] =>
    Array.from(featureColumns([feature('f', 'column', { column: name })], bars, new StageCache())[0]!.column);

  it('tell days, weeks and months apart', () => {
    const times = ['2024-02-04T23:00:00Z', '2024-02-05T01:00:00Z', '2024-02-29T23:30:00Z', '2024-03-01T04:00:00Z'];
    const bars = barsAt('1h', times);
    const steps = (name: string): number[] =>
      column(bars, name).map((value, i, all) => (i === 0 ? 0 : value - all[i - 1]!));
    expect(steps('utc_day')).toEqual([0, 1, 24, 1]);
    expect(steps('utc_week')).toEqual([0, 1, 3, 0]);
    expect(steps('utc_month')).toEqual([0, 0, 0, 1]);
    // 04:00Z is still the evening of the 29th in New York
    expect(steps('session.US')).toEqual([0, 0, 25, 0]);
    expect(steps('month.US')).toEqual([0, 0, 0, 0]);
  });

  it('let pivots and the session average work on plain bars', () => {
    const times = ['2024-12-02T14:30:00Z', '2024-12-02T20:00:00Z', '2024-12-03T14:30:00Z', '2024-12-03T20:00:00Z'];
    const bars = barsAt('1h', times);
    const specs = [
      feature('pivot', 'pivot_points.pivot', { column: 'session.US' }),
      feature('vwap', 'vwap_session', { column: 'session.US' }),
    ];
    const [pivot, vwap] = featureColumns(specs, bars, new StageCache()).map(({ column: values }) => Array.from(values));
    expect(pivot).toEqual([NaN, NaN, (101 + 100 + 101) / 3, (101 + 100 + 101) / 3]);
    expect(vwap![2]).toBe(102);
  });

  it('give way to a column of the bars that has the name', () => {
    const bars = { ...barsAt('1d', ['2024-12-02T00:00:00Z']), extra: { utc_day: Float64Array.of(5) } };
    expect(column(bars, 'utc_day')).toEqual([5]);
  });
});
