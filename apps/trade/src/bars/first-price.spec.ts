import type { MarketCode, Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { firstPrice } from './first-price';

/** Bars that open at 100, 101, ... and close half a point above their open. */
function barsAt(timeframe: Timeframe, stamps: string[]): BarColumns {
  const open = Float64Array.from(stamps, (_, i) => 100 + i);
  const close = open.map((price) => price + 0.5);
  const openTimeMs = Float64Array.from(stamps, (stamp) => Date.parse(stamp));
  return {
    symbol: 'X',
    source: 's',
    timeframe,
    openTimeMs,
    open,
    high: close,
    low: open,
    close,
    volume: open,
    extra: {},
  };
}

const MINUTES = ['2024-06-03T20:14Z', '2024-06-03T20:15Z', '2024-06-03T20:16Z'];
const CASES: [what: string, MarketCode, Timeframe, stamps: string[], from: string, price: number, at: string][] = [
  ['at an open: that open', 'CRYPTO', '1m', MINUTES, '2024-06-03T20:15:00Z', 101, '2024-06-03T20:15:00Z'],
  [
    'seconds after an open: the next open',
    'CRYPTO',
    '1m',
    MINUTES,
    '2024-06-03T20:15:39Z',
    102,
    '2024-06-03T20:16:00Z',
  ],
  [
    'a missing bar: the next that is there',
    'CRYPTO',
    '1m',
    [MINUTES[0]!, MINUTES[2]!],
    '2024-06-03T20:14:01Z',
    101,
    '2024-06-03T20:16:00Z',
  ],
  [
    'before a session: its open',
    'US',
    '1d',
    ['2024-06-03', '2024-06-04'],
    '2024-06-04T13:25:00Z',
    101,
    '2024-06-04T13:30:00Z',
  ],
  [
    'one second into a session of daily bars: its close',
    'US',
    '1d',
    ['2024-06-03', '2024-06-04'],
    '2024-06-03T13:30:01Z',
    100.5,
    '2024-06-03T20:00:00Z',
  ],
  [
    'in the last bar of a half day: its close at 13:00',
    'US',
    '1h',
    ['2023-11-24T17:30Z', '2023-11-27T14:30Z'],
    '2023-11-24T17:31:00Z',
    100.5,
    '2023-11-24T18:00:00Z',
  ],
  [
    'after a Friday close: the open of Monday, an hour earlier in UTC in summer time',
    'US',
    '1h',
    ['2024-03-08T20:30Z', '2024-03-11T13:30Z'],
    '2024-03-08T21:00:00Z',
    101,
    '2024-03-11T13:30:00Z',
  ],
  [
    'in the last bar before lunch: its close',
    'HK',
    '1h',
    ['2024-03-11T03:30Z', '2024-03-11T05:00Z'],
    '2024-03-11T03:31:00Z',
    100.5,
    '2024-03-11T04:00:00Z',
  ],
  [
    'at lunch: the open after it',
    'HK',
    '1h',
    ['2024-03-11T03:30Z', '2024-03-11T05:00Z'],
    '2024-03-11T04:00:00Z',
    101,
    '2024-03-11T05:00:00Z',
  ],
  [
    'a stamp outside the sessions is no bar',
    'US',
    '1d',
    ['2024-06-08', '2024-06-09', '2024-06-10'],
    '2024-06-07T20:00:00Z',
    102,
    '2024-06-10T13:30:00Z',
  ],
];

describe('the first price that bars know after an instant', () => {
  it.each(CASES)('%s', (_, market, timeframe, stamps, from, price, at) => {
    const bars = barsAt(timeframe, stamps);
    const calendar = calendarFor(market);
    const found = firstPrice(bars, calendar, Date.parse(from), Infinity);
    expect(found && { ...found, atMs: new Date(found.atMs) }).toEqual({ price, atMs: new Date(at) });
  });

  it.each(CASES)(
    'is not known a moment before it is the price: %s',
    (_, market, timeframe, stamps, from, _price, at) => {
      const bars = barsAt(timeframe, stamps);
      expect(firstPrice(bars, calendarFor(market), Date.parse(from), Date.parse(at) - 1)).toBeNull();
    },
  );

  it.each<[MarketCode, Timeframe, string, string]>([
    ['CRYPTO', '1h', '2024-06-03T20:00:00Z', '2024-06-03T20:00:00.000Z'],
    ['CRYPTO', '1d', '2024-06-03T00:00:01Z', '2024-06-04T00:00:00.000Z'],
    ['US', '1d', '2024-07-03T17:00:00Z', '2024-07-05T13:30:00.000Z'],
    ['US', '1h', '2024-06-03T19:30:01Z', '2024-06-04T13:30:00.000Z'],
    ['HK', '1h', '2024-03-11T04:00:00Z', '2024-03-11T05:00:00.000Z'],
    ['JP', '1h', '2024-11-05T02:30:00Z', '2024-11-05T03:30:00.000Z'],
    ['GB', '1h', '2024-12-24T12:30:00Z', '2024-12-27T08:00:00.000Z'],
    ['CME', '1h', '2024-01-15T18:00:00Z', '2024-01-15T23:00:00.000Z'],
    ['CME', '1d', '2024-03-08T22:00:00Z', '2024-03-10T22:00:00.000Z'],
    ['FX', '1d', '2024-03-07T22:00:00Z', '2024-03-07T22:00:00.000Z'],
    ['FX', '1h', '2024-03-08T22:00:00Z', '2024-03-10T21:00:00.000Z'],
  ])('of %s the %s bar after %s opens at %s', (market, timeframe, from, open) => {
    expect(new Date(calendarFor(market).nextBarOpenMs(Date.parse(from), timeframe)).toISOString()).toBe(open);
  });
});
