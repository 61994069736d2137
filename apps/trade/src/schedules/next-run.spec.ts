import type { MarketCode, Schedule } from '@assay/contracts';
import { calendarFor } from '@assay/market-data/calendars';
import { lastBarCloseMs } from './last-bar-close';
import { nextRunMs } from './next-run';

const next = (market: MarketCode, schedule: Schedule, after: string): string => {
  const timeframe = schedule === 'hourly' ? '1h' : '1d';
  return new Date(nextRunMs(schedule, timeframe, calendarFor(market), Date.parse(after))!).toISOString();
};

describe('the next evaluation of a deployment', () => {
  it.each<[MarketCode, string, string]>([
    ['US', '2024-07-02T20:00:00Z', '2024-07-03T17:00:00.000Z'],
    ['HK', '2024-02-08T08:00:00Z', '2024-02-09T04:00:00.000Z'],
    ['GB', '2024-12-23T16:30:00Z', '2024-12-24T12:30:00.000Z'],
    ['GB', '2024-12-24T12:30:00Z', '2024-12-27T16:30:00.000Z'],
    ['DE', '2024-12-27T16:30:00Z', '2024-12-30T13:00:00.000Z'],
    ['EU', '2024-12-31T13:05:00Z', '2025-01-02T16:30:00.000Z'],
    ['JP', '2024-11-01T06:00:00Z', '2024-11-05T06:30:00.000Z'],
    ['JP', '2019-04-26T06:00:00Z', '2019-05-07T06:00:00.000Z'],
    ['CME', '2024-01-12T22:00:00Z', '2024-01-15T18:00:00.000Z'],
    ['CME', '2024-03-08T22:00:00Z', '2024-03-11T21:00:00.000Z'],
    ['FX', '2024-03-08T22:00:00Z', '2024-03-11T21:00:00.000Z'],
    ['CRYPTO', '2024-03-09T00:00:00Z', '2024-03-10T00:00:00.000Z'],
  ])('of daily bars in market %s after %s comes at the close of the next session, %s', (market, after, close) => {
    expect(next(market, 'daily_close', after)).toBe(close);
    expect(lastBarCloseMs(calendarFor(market), '1d', Date.parse(close))).toBe(Date.parse(close));
    expect(lastBarCloseMs(calendarFor(market), '1d', Date.parse(close) - 1)).toBeLessThanOrEqual(Date.parse(after));
  });

  it.each<[MarketCode, string, string]>([
    ['US', '2024-07-03T16:30:00Z', '2024-07-03T17:00:00.000Z'],
    ['HK', '2024-03-11T04:00:00Z', '2024-03-11T06:00:00.000Z'],
    ['GB', '2024-12-24T12:00:00Z', '2024-12-24T12:30:00.000Z'],
    ['DE', '2024-12-30T13:00:00Z', '2025-01-02T09:00:00.000Z'],
    ['EU', '2024-10-25T15:00:00Z', '2024-10-25T15:30:00.000Z'],
    ['JP', '2024-11-05T02:00:00Z', '2024-11-05T02:30:00.000Z'],
    ['JP', '2024-11-05T02:30:00Z', '2024-11-05T04:30:00.000Z'],
    ['CME', '2024-06-03T21:00:00Z', '2024-06-03T23:00:00.000Z'],
    ['FX', '2024-06-07T21:00:00Z', '2024-06-09T22:00:00.000Z'],
    ['CRYPTO', '2024-06-07T21:00:00Z', '2024-06-07T22:00:00.000Z'],
  ])('of hourly bars in market %s after %s comes at %s', (market, after, close) => {
    expect(next(market, 'hourly', after)).toBe(close);
  });
});
