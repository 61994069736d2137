import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR_MS } from '@assay/primitives';
import { calendarFor } from './calendar-for';

const iso = (ms: number): string => new Date(ms).toISOString();
const datesOf = (file: string): string[] =>
  readFileSync(join(__dirname, '../../../node_modules', file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, 10));

describe('the calendar of the New York Stock Exchange', () => {
  const us = calendarFor('NYSE');

  it('has exactly the sessions of twenty years of S&P 500 bars', () => {
    const dates = datesOf('vega-datasets/data/sp500-2000.csv');
    expect(us.sessions(dates[0], dates.at(-1)!)).toEqual(dates);
  });

  it('has exactly the sessions of five years of AAPL bars', () => {
    const dates = datesOf('@observablehq/sample-datasets/aapl.csv');
    expect(us.sessions(dates[0], dates.at(-1)!)).toEqual(dates);
  });

  it('closes at 13:00 on half days and at 16:00 otherwise, in either half of the year', () => {
    expect(iso(us.sessionCloseMs('2023-11-24'))).toBe('2023-11-24T18:00:00.000Z');
    expect(iso(us.sessionCloseMs('2023-07-03'))).toBe('2023-07-03T17:00:00.000Z');
    expect(iso(us.sessionCloseMs('2024-12-24'))).toBe('2024-12-24T18:00:00.000Z');
    expect(iso(us.sessionCloseMs('2024-12-23'))).toBe('2024-12-23T21:00:00.000Z');
  });

  it('opens an hour earlier in UTC after the change to summer time', () => {
    expect(iso(us.sessionOpenMs('2024-03-08'))).toBe('2024-03-08T14:30:00.000Z');
    expect(iso(us.sessionOpenMs('2024-03-11'))).toBe('2024-03-11T13:30:00.000Z');
  });

  it('keeps Juneteenth from 2022 and no New Year that falls on a Saturday', () => {
    expect(us.isSession('2021-06-18')).toBe(true);
    expect(us.isSession('2022-06-20')).toBe(false);
    expect(us.isSession('2021-12-31')).toBe(true);
  });

  it('gives the next open strictly after an instant, over a long weekend', () => {
    const open = us.sessionOpenMs('2024-01-12');
    expect(iso(us.nextOpenMs(open))).toBe('2024-01-16T14:30:00.000Z');
    expect(us.nextOpenMs(open - 1)).toBe(open);
  });

  it('closes a daily bar, stamped 00:00Z of its date, with its session', () => {
    expect(us.barCloseMs(Date.parse('2023-11-24T00:00:00Z'), '1d')).toBe(us.sessionCloseMs('2023-11-24'));
    expect(iso(us.nextBarCloseMs(us.sessionCloseMs('2023-11-22'), '1d'))).toBe('2023-11-24T18:00:00.000Z');
  });

  it('cuts hourly bars from the open and lets the last one be short', () => {
    const open = us.sessionOpenMs('2024-03-11');
    expect(us.barOpens('2024-03-11', '1h')).toHaveLength(7);
    expect(us.barCloseMs(open, '1h')).toBe(open + HOUR_MS);
    expect(us.barCloseMs(open + 6 * HOUR_MS, '1h')).toBe(us.sessionCloseMs('2024-03-11'));
    expect(us.nextBarCloseMs(open + HOUR_MS, '1h')).toBe(open + 7_200_000);
    expect(us.barsPerYear('1h')).toBe(1764);
  });

  it('knows the half days to come and the closures that no rule gives', () => {
    for (const half of ['2026-11-27', '2026-12-24', '2027-11-26', '2028-07-03', '2028-11-24'])
      expect([half, us.sessionCloseMs(half) - us.sessionOpenMs(half)]).toEqual([half, 3.5 * HOUR_MS]);
    for (const closed of ['2012-10-29', '2012-10-30', '2018-12-05', '2025-01-09'])
      expect([closed, us.isSession(closed)]).toEqual([closed, false]);
  });

  it.each(['US', 'HK'])('takes weekdays after the end of the table of %s for sessions and says so', (market) => {
    const calendar = calendarFor(market);
    expect(calendar.coverage[1]).toBe('2035-12-31');
    expect(calendar.endWarning('2035-12-31')).toBeNull();
    expect(calendar.sessions('2036-01-03', '2036-01-07')).toEqual(['2036-01-03', '2036-01-04', '2036-01-07']);
    expect(calendar.endWarning('2036-01-01')).toMatchObject({ code: 'calendar_not_covered', last_date: '2035-12-31' });
  });

  it('refuses a date before its tables and a close of a day without session', () => {
    expect(() => us.isSession('1999-12-31')).toThrow('date must be at least 2000-01-01 for the calendar of NYSE');
    expect(() => us.barCloseMs(Date.parse('2001-09-11T00:00:00Z'), '1d')).toThrow(
      'date must be a session of NYSE, was 2001-09-11',
    );
  });
});

describe('the calendar of the Hong Kong exchange', () => {
  const hk = calendarFor('hk');

  it('pauses for lunch', () => {
    expect(hk.isOpen(Date.parse('2024-03-11T03:59:00Z'))).toBe(true);
    expect(hk.isOpen(Date.parse('2024-03-11T04:30:00Z'))).toBe(false);
    expect(iso(hk.nextBarCloseMs(Date.parse('2024-03-11T04:00:00Z'), '1h'))).toBe('2024-03-11T06:00:00.000Z');
    expect(hk.barOpens('2024-03-11', '1h').map(iso)).toEqual(
      ['01:30', '02:30', '03:30', '05:00', '06:00', '07:00'].map((t) => `2024-03-11T${t}:00.000Z`),
    );
    expect(hk.barsPerYear('1h')).toBe(6 * 252);
  });

  it('trades the morning only on the eve of the Lunar New Year and is closed on the day', () => {
    expect(iso(hk.sessionCloseMs('2024-02-09'))).toBe('2024-02-09T04:00:00.000Z');
    expect(hk.isSession('2024-02-12')).toBe(false);
  });

  it('is closed on typhoon days', () => expect(hk.isSession('2023-09-01')).toBe(false));
});

describe('the calendar of a market that never closes', () => {
  const always = calendarFor('CRYPTO');

  it('has a session on every date and closes a daily bar at the next midnight', () => {
    expect(always.sessions('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(iso(always.barCloseMs(Date.parse('2024-02-29T00:00:00Z'), '1d'))).toBe('2024-03-01T00:00:00.000Z');
    expect(always.barsPerYear('1h')).toBe(8760);
  });

  it('aligns intraday bars to the hour', () => {
    expect(iso(always.nextBarCloseMs(Date.parse('2024-02-29T23:15:00Z'), '4h'))).toBe('2024-03-01T00:00:00.000Z');
  });
});

describe('weeks and months of a calendar', () => {
  const us = calendarFor('US');
  const midnight = (date: string): number => Date.parse(`${date}T00:00:00Z`);

  it('close with their last session, whichever of their dates a bar is stamped with', () => {
    expect(us.barCloseMs(midnight('2024-03-25'), '1w')).toBe(us.sessionCloseMs('2024-03-28'));
    expect(us.barCloseMs(midnight('2024-01-16'), '1w')).toBe(us.sessionCloseMs('2024-01-19'));
    expect(us.barCloseMs(midnight('2024-01-15'), '1w')).toBe(us.sessionCloseMs('2024-01-19'));
    expect(us.barCloseMs(midnight('2024-06-03'), '1M')).toBe(us.sessionCloseMs('2024-06-28'));
    expect(us.barCloseMs(midnight('2024-11-01'), '1M')).toBe(us.sessionCloseMs('2024-11-29'));
  });

  it('open with their first session and are stamped with it', () => {
    expect(us.barOpenMs(midnight('2024-01-15'), '1w')).toBe(us.sessionOpenMs('2024-01-16'));
    expect([us.barOpens('2024-01-16', '1w'), us.barOpens('2024-01-17', '1w')]).toEqual([[midnight('2024-01-16')], []]);
    expect([us.barOpens('2024-06-03', '1M'), us.barOpens('2024-06-04', '1M')]).toEqual([[midnight('2024-06-03')], []]);
  });

  it('have no open where no session is: the golden week of 2019 in Tokyo', () => {
    const jp = calendarFor('JP');
    expect(jp.periodOf('2019-04-29', '1w')).toBeNull();
    expect(jp.barOpenMs(midnight('2019-04-29'), '1w')).toBeNull();
    expect(jp.nextBarOpenMs(jp.sessionCloseMs('2019-04-26'), '1w')).toBe(jp.sessionOpenMs('2019-05-07'));
    expect(() => jp.barCloseMs(midnight('2019-04-29'), '1w')).toThrow('date must be a session of TSE, was 2019-04-29');
  });

  it('follow one another', () => {
    const close = us.sessionCloseMs('2024-03-28');
    expect(us.nextBarCloseMs(close - 1, '1w')).toBe(close);
    expect(us.nextBarCloseMs(close, '1w')).toBe(us.sessionCloseMs('2024-04-05'));
    expect(us.nextBarCloseMs(close, '1M')).toBe(us.sessionCloseMs('2024-04-30'));
    expect(us.nextBarOpenMs(close, '1M')).toBe(us.sessionOpenMs('2024-04-01'));
    expect(us.nextBarOpenMs(us.sessionOpenMs('2024-04-01'), '1M')).toBe(us.sessionOpenMs('2024-04-01'));
    expect(us.nextBarOpenMs(us.sessionOpenMs('2024-04-01') + 1, '1M')).toBe(us.sessionOpenMs('2024-05-01'));
  });

  it('are 52 and 12 a year', () => expect([us.barsPerYear('1w'), us.barsPerYear('1M')]).toEqual([52, 12]));
});

it('names the known markets when it is asked for another', () => {
  expect(() => calendarFor('MOON')).toThrow(/^market must be one of US, NYSE, .*CRYPTO, 24\/7, was MOON$/);
});

describe('the begin of a date of a market', () => {
  it.each(['US', 'HK', 'CME', 'FX', 'CRYPTO'])(
    'is where %s counts to it, in summer and winter, sessions or not',
    (market) => {
      const calendar = calendarFor(market);
      for (const date of ['2024-01-15', '2024-03-10', '2024-07-04', '2024-11-03', '2024-11-05']) {
        const beginMs = calendar.dateBeginMs(date);
        expect(calendar.tradingDate(beginMs)).toBe(date);
        expect(calendar.tradingDate(beginMs - 1) < date).toBe(true);
      }
    },
  );
});
