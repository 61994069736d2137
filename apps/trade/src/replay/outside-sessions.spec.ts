import type { Timeframe } from '@assay/contracts';
import { calendarFor } from '@assay/market-data/calendars';
import fc from 'fast-check';
import { outsideSessions } from './outside-sessions';

const us = calendarFor('US');
const ms = (text: string): number => Date.parse(text);
const outside = (timeframe: Timeframe, stamps: number[], market = us): number[] =>
  outsideSessions({ timeframe, openTimeMs: Float64Array.from(stamps) }, market);

describe('bars outside sessions', () => {
  it('are daily ones of weekends and holidays', () => {
    const stamps = ['2024-07-03', '2024-07-04', '2024-07-05', '2024-07-06', '2024-07-08'].map(ms);
    expect(outside('1d', stamps)).toEqual([ms('2024-07-04'), ms('2024-07-06')]);
    expect(outside('1d', stamps, calendarFor('CRYPTO'))).toEqual([]);
    expect(outside('1d', [])).toEqual([]);
  });

  it('are intraday ones before the open, after the close and of a day without session', () => {
    const stamps = ['2024-07-03T13:00Z', '2024-07-03T13:30Z', '2024-07-03T17:00Z', '2024-07-04T15:00Z'].map(ms);
    // the third of July ends at 13:00 in New York
    expect(outside('30m', stamps)).toEqual([stamps[0], stamps[2], stamps[3]]);
  });

  it('are those that the calendar opens no bar for, in every market', () => {
    const markets = ['US', 'HK', 'JP', 'CME', 'FX', 'CRYPTO'] as const;
    const from = ms('2024-03-04');
    fc.assert(
      fc.property(fc.constantFrom(...markets), fc.uniqueArray(fc.nat(14 * 48), { maxLength: 60 }), (market, halves) => {
        const calendar = calendarFor(market);
        const stamps = halves.sort((a, b) => a - b).map((half) => from + half * 1_800_000);
        expect(outside('30m', stamps, calendar)).toEqual(
          stamps.filter((stamp) => calendar.barOpenMs(stamp, '30m') === null),
        );
      }),
      { seed: 7 },
    );
  });
});
