import type { Timeframe } from '@assay/contracts';
import { DAY_MS } from '@assay/primitives';
import { calendarWarnings } from '.';

const bars = (last: string, timeframe: Timeframe = '1d') => ({
  timeframe,
  openTimeMs: Float64Array.of(Date.parse(last) - DAY_MS, Date.parse(last)),
});
const calendar = (of: string, market = 'US') => ({ plugin: 'calendar', params: { of, market } });
const higher = { plugin: 'higher_timeframe', params: { timeframe: '1w', market: 'GB', expression: 'close' } };
const roc = { plugin: 'roc', params: { window: 3 } };

describe('what features say of bars after the end of a calendar', () => {
  it('is one warning a market, and none before the end', () => {
    const specs = [calendar('session_minutes'), roc, calendar('sessions_to_month_end'), higher];
    expect(calendarWarnings(specs, bars('2035-12-31'))).toEqual([]);
    const found = calendarWarnings(specs, bars('2036-01-04'));
    expect(found.map(({ code, market, last_date, date }) => [code, market, last_date, date])).toEqual([
      ['calendar_not_covered', 'US', '2035-12-31', '2036-01-04'],
      ['calendar_not_covered', 'GB', '2035-12-31', '2036-01-04'],
    ]);
  });

  it('is nothing for what rests on no holidays, nor for markets without any, nor without bars', () => {
    const free = ['year', 'day_of_week', 'days_to_month_end', 'week_number', 'hour'].map((of) => calendar(of));
    expect(calendarWarnings([...free, roc], bars('2036-01-04'))).toEqual([]);
    expect(calendarWarnings([calendar('session_of_week', 'CRYPTO')], bars('2036-01-04'))).toEqual([]);
    expect(calendarWarnings([higher], { timeframe: '1d', openTimeMs: new Float64Array(0) })).toEqual([]);
  });

  it("goes by the market's own date", () => {
    const minutes = [calendar('minutes_to_close')];
    expect(calendarWarnings(minutes, bars('2036-01-01T03:00:00Z', '1h'))).toEqual([]);
    expect(calendarWarnings(minutes, bars('2036-01-01T15:30:00Z', '1h'))).toHaveLength(1);
  });
});
