import type { MarketCode, Timeframe } from '@assay/contracts';
import { DAY_MS } from '@assay/primitives';
// the calendars stand above this library; only tests read them here
import { calendarFor } from '../../../calendars/src';
import { RebalanceClock } from './rebalance-clock';
import { TradingDays } from './trading-days';

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Dates of a bar and of the next. */
function datesOf(market: MarketCode, timeframe: Timeframe, open: string): [string, string] | null {
  const found = new TradingDays(timeframe, calendarFor(market)).of(Date.parse(open));
  return found && [dateOf(found.day), dateOf(found.next)];
}

it.each<[MarketCode, Timeframe, string, [string, string] | null]>([
  // the session of Monday begins on Sunday at 17:00 in Chicago, 18:00 from the change of clocks on
  ['CME', '1h', '2024-03-08T21:00:00Z', ['2024-03-08', '2024-03-11']],
  ['CME', '1h', '2024-03-10T22:00:00Z', ['2024-03-11', '2024-03-11']],
  ['CME', '1h', '2024-03-11T20:00:00Z', ['2024-03-11', '2024-03-12']],
  ['FX', '1h', '2024-03-08T21:00:00Z', ['2024-03-08', '2024-03-11']],
  ['FX', '1h', '2024-03-10T21:00:00Z', ['2024-03-11', '2024-03-11']],
  // the half day after Thanksgiving, cut at 13:00
  ['US', '1h', '2024-11-29T16:30:00Z', ['2024-11-29', '2024-11-29']],
  ['US', '1h', '2024-11-29T17:30:00Z', ['2024-11-29', '2024-12-02']],
  ['US', '1h', '2024-11-29T18:30:00Z', null],
  ['US', '1d', '2024-12-31T00:00:00Z', ['2024-12-31', '2025-01-02']],
  ['US', '1w', '2024-12-30T00:00:00Z', ['2025-01-03', '2025-01-10']],
  ['CRYPTO', '1h', '2024-12-31T23:00:00Z', ['2024-12-31', '2025-01-01']],
])('%s %s bar of %s', (market, timeframe, open, dates) => {
  expect(datesOf(market, timeframe, open)).toEqual(dates);
});

it.each<MarketCode>(['CME', 'FX', 'US', 'HK'])(
  'the last bar of a week of %s is the one the week closes with',
  (market) => {
    const calendar = calendarFor(market);
    const days = new TradingDays('1h', calendar);
    const clock = new RebalanceClock({ kind: 'weekly', session: 'last' });
    const due: number[] = [];
    for (const date of calendar.sessions('2024-03-04', '2024-04-05'))
      for (const open of calendar.barOpens(date, '1h')) {
        const found = days.of(open)!;
        if (clock.step(found.day, found.next)) due.push(calendar.barCloseMs(open, '1h'));
      }
    const weeks = ['2024-03-04', '2024-03-11', '2024-03-18', '2024-03-25', '2024-04-01'];
    expect(due).toEqual(weeks.map((date) => calendar.sessionCloseMs(calendar.periodOf(date, '1w')!.last)));
  },
);
