import type { MarketCode } from '@assay/contracts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@assay/primitives';
import { solarTermAfter } from '../../testing/src/astronomy/solar-longitude';
import { calendarFor } from './calendar-for';
import { isWeekday, yearsFrom } from './civil-date';
import { autumnalEquinox, vernalEquinox } from './japanese-holidays';

const iso = (ms: number): string => new Date(ms).toISOString().replace(':00.000Z', '');
const closedOf = (market: MarketCode, dates: string): string[] =>
  dates.split(' ').filter((date) => !calendarFor(market).isSession(date));
const hoursOf = (market: MarketCode, date: string): string =>
  calendarFor(market)
    .stretchesOf(date)
    .map(({ openMs, closeMs }) => `${iso(openMs).slice(5)}-${iso(closeMs).slice(11)}`)
    .join(' ');

describe('sessions a year, from the first year of a table to 2027', () => {
  it.each<[MarketCode, number, string]>([
    [
      'US',
      2000,
      '252 248 252 252 252 252 251 251 253 252 252 252 250 252 252 252 252 251 251 252 253 252 251 250 252 250 251 251',
    ],
    ['HK', 2012, '247 244 247 247 245 246 246 246 248 247 246 243 246 246 247 248'],
    [
      'GB',
      2000,
      '252 253 252 253 254 252 252 253 254 253 253 251 252 253 253 253 253 252 253 253 254 253 250 251 254 253 253 253',
    ],
    [
      'DE',
      2000,
      '255 253 253 253 257 257 255 252 254 254 256 257 254 253 252 253 255 252 251 251 254 255 257 255 254 253 254 256',
    ],
    [
      'EU',
      2002,
      '255 255 259 257 255 255 256 256 258 257 256 255 255 256 257 255 255 255 257 258 257 255 256 255 256 258',
    ],
    [
      'JP',
      2000,
      '248 246 246 245 246 245 248 245 245 243 245 245 248 245 244 244 245 247 245 241 242 245 244 246 245 243 242 244',
    ],
    ['CME', 2013, '258 258 259 258 257 258 258 259 259 258 258 259 258 259 258'],
    [
      'FX',
      2000,
      '260 261 261 261 262 260 260 261 262 261 261 260 261 261 261 261 261 260 261 261 262 261 260 260 262 261 261 261',
    ],
  ])('of %s are those published', (market, from, counts) => {
    const calendar = calendarFor(market);
    expect(calendar.coverage[0] <= `${from}-01-01`).toBe(true);
    const found = yearsFrom(from, 2027).map((year) => calendar.sessions(`${year}-01-01`, `${year}-12-31`).length);
    expect(found.join(' ')).toBe(counts);
    const mean = found.reduce((sum, count) => sum + count) / found.length;
    // 252 is the convention for US and HK, whichever their mean is
    expect(calendar.barsPerYear('1d')).toBe(market === 'HK' ? 252 : market === 'US' ? 252 : Math.round(mean));
  });

  it.each<[MarketCode, string]>([
    ['GB', '2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28'],
    ['DE', '2027-01-01 2027-03-26 2027-03-29 2027-12-24 2027-12-31'],
    ['EU', '2027-01-01 2027-03-26 2027-03-29'],
    [
      'JP',
      '2026-01-01 2026-01-02 2026-01-12 2026-02-11 2026-02-23 2026-03-20 2026-04-29 2026-05-04 2026-05-05 2026-05-06 2026-07-20 2026-08-11 2026-09-21 2026-09-22 2026-09-23 2026-10-12 2026-11-03 2026-11-23 2026-12-31',
    ],
    ['CME', '2026-01-01 2026-12-25'],
  ])('%s rests on these weekdays of a year and on no other', (market, dates) => {
    const [year] = dates.split('-');
    const days = Array.from({ length: 365 }, (_, i) =>
      new Date(Date.UTC(Number(year), 0, 1 + i)).toISOString().slice(0, 10),
    );
    expect(closedOf(market, days.filter(isWeekday).join(' '))).toEqual(dates.split(' '));
  });
});

describe('the calendar of the London exchange', () => {
  it('follows the proclamations: moved and added bank holidays, and the days they left', () => {
    const closed =
      '2002-06-03 2002-06-04 2011-04-29 2012-06-04 2012-06-05 2020-05-08 2022-06-02 2022-06-03 2022-09-19 2023-05-08';
    expect(closedOf('GB', closed)).toEqual(closed.split(' '));
    expect(closedOf('GB', '2002-05-27 2012-05-28 2020-05-04 2022-05-30')).toEqual([]);
  });

  it('moves Christmas and New Year from a weekend to the next days that are free', () => {
    expect(closedOf('GB', '2021-12-24 2021-12-27 2021-12-28 2021-12-29')).toEqual(['2021-12-27', '2021-12-28']);
    expect(closedOf('GB', '2022-12-26 2022-12-27 2022-12-28 2023-01-02')).toEqual([
      '2022-12-26',
      '2022-12-27',
      '2023-01-02',
    ]);
    expect(closedOf('GB', '2020-12-25 2020-12-28 2020-12-29')).toEqual(['2020-12-25', '2020-12-28']);
  });

  it('closes at 12:30 on the last sessions before Christmas and New Year, Fridays where those eves are weekends', () => {
    expect(['2024-12-24', '2024-12-31', '2022-12-23', '2022-12-30'].map((date) => hoursOf('GB', date))).toEqual([
      '12-24T08:00-12:30',
      '12-31T08:00-12:30',
      '12-23T08:00-12:30',
      '12-30T08:00-12:30',
    ]);
    expect(hoursOf('GB', '2024-12-23')).toBe('12-23T08:00-16:30');
  });
});

describe('the calendar of Xetra', () => {
  it('keeps Whit Monday and German Unity only in the years in which the exchange did', () => {
    expect(closedOf('DE', '2006-06-05 2007-05-28 2014-06-09 2015-05-25 2021-05-24 2022-06-06')).toEqual([
      '2007-05-28',
      '2015-05-25',
      '2021-05-24',
    ]);
    expect(closedOf('DE', '2013-10-03 2014-10-03 2019-10-03 2022-10-03 2017-10-31 2018-10-31')).toEqual([
      '2014-10-03',
      '2019-10-03',
      '2017-10-31',
    ]);
  });

  it('ends the year at 14:00 on its last session', () => {
    expect(closedOf('DE', '2024-12-24 2024-12-31 2025-12-24 2025-12-31')).toHaveLength(4);
    expect(['2002-12-30', '2012-12-28', '2024-12-30', '2026-12-30'].map((date) => hoursOf('DE', date))).toEqual([
      '12-30T08:00-13:00',
      '12-28T08:00-13:00',
      '12-30T08:00-13:00',
      '12-30T08:00-13:00',
    ]);
  });

  it('traded until 20:00 from June 2000 to October 2003', () => {
    expect(['2000-06-01', '2000-06-02', '2003-10-31', '2003-11-03'].map((date) => hoursOf('DE', date))).toEqual([
      '06-01T07:00-15:30',
      '06-02T07:00-18:00',
      '10-31T08:00-19:00',
      '11-03T08:00-16:30',
    ]);
  });
});

describe('the calendar of Euronext', () => {
  it('keeps six days a year and closes at 14:05 on 24 and 31 December', () => {
    expect(closedOf('EU', '2024-01-01 2024-03-29 2024-04-01 2024-05-01 2024-12-25 2024-12-26')).toHaveLength(6);
    expect(closedOf('EU', '2024-05-20 2024-07-14 2024-07-15 2024-11-01 2004-04-30 2003-07-21')).toEqual(['2024-07-14']);
    expect(['2024-12-24', '2024-12-31', '2024-12-30'].map((date) => hoursOf('EU', date))).toEqual([
      '12-24T08:00-13:05',
      '12-31T08:00-13:05',
      '12-30T08:00-16:30',
    ]);
  });
});

describe('the calendar of the Tokyo exchange', () => {
  it.each(yearsFrom(2000, 2035))('keeps the equinoxes of %i on the days the sun passes them in Japan', (year) => {
    const tokyoDate = (ms: number): string => new Date(ms + 9 * HOUR_MS).toISOString().slice(0, 10);
    expect(vernalEquinox(year)).toBe(tokyoDate(solarTermAfter(0, Date.UTC(year, 2, 10))));
    expect(autumnalEquinox(year)).toBe(tokyoDate(solarTermAfter(180, Date.UTC(year, 8, 10))));
  });

  it('rests for ten days at the accession of 2019, on moved days for the games, and for the day its system failed', () => {
    expect(calendarFor('JP').sessions('2019-04-26', '2019-05-07')).toEqual(['2019-04-26', '2019-05-07']);
    expect(
      closedOf('JP', '2019-10-22 2019-12-23 2020-07-20 2020-07-23 2020-07-24 2020-08-10 2020-08-11 2020-10-12'),
    ).toEqual(['2019-10-22', '2020-07-23', '2020-07-24', '2020-08-10']);
    expect(closedOf('JP', '2021-07-19 2021-07-22 2021-07-23 2021-08-09 2021-08-11 2021-10-11 2020-10-01')).toEqual([
      '2021-07-22',
      '2021-07-23',
      '2021-08-09',
      '2020-10-01',
    ]);
  });

  it('keeps the day after a Sunday and the day between two holidays', () => {
    expect(closedOf('JP', '2008-05-06 2009-05-06 2009-09-22 2015-09-22 2026-09-22 2024-02-12 2019-08-12')).toHaveLength(
      7,
    );
    expect(closedOf('JP', '2021-12-30 2021-12-31 2022-01-03 2022-01-04')).toEqual(['2021-12-31', '2022-01-03']);
  });

  it('has the hours of each time', () => {
    const hours = (date: string): string => hoursOf('JP', date).replace(/\d\d-\d\dT/g, '');
    expect(hours('2024-11-05')).toBe('00:00-02:30 03:30-06:30');
    expect(hours('2024-11-01')).toBe('00:00-02:30 03:30-06:00');
    expect(hours('2011-11-18')).toBe('00:00-02:00 03:30-06:00');
    expect(['2005-11-01', '2006-01-18', '2006-01-19', '2006-04-21', '2006-04-24'].map(hours)).toEqual([
      '04:30-06:00',
      '00:00-02:00 03:30-05:40',
      '00:00-02:00 04:00-06:00',
      '00:00-02:00 04:00-06:00',
      '00:00-02:00 03:30-06:00',
    ]);
    expect(['2008-12-30', '2009-01-05', '2009-12-30', '2010-01-04', '2000-12-29'].map(hours)).toEqual([
      '00:00-02:00',
      '00:00-02:00',
      '00:00-02:00 03:30-06:00',
      '00:00-02:00 03:30-06:00',
      '00:00-02:00',
    ]);
  });
});

describe('the calendar of equity index futures', () => {
  const cme = calendarFor('CME');

  it('begins a session on its eve, Sunday for Monday, and dates it by its close', () => {
    expect(hoursOf('CME', '2024-03-11')).toBe('03-10T22:00-21:00');
    expect(cme.tradingDate(Date.parse('2024-03-10T21:59:59Z'))).toBe('2024-03-10');
    expect(cme.tradingDate(Date.parse('2024-03-10T22:00:00Z'))).toBe('2024-03-11');
    expect(cme.isOpen(Date.parse('2024-03-11T20:59:59Z'))).toBe(true);
    expect(cme.isOpen(Date.parse('2024-03-11T21:00:00Z'))).toBe(false);
    expect(iso(cme.nextOpenMs(Date.parse('2024-03-15T21:00:00Z')))).toBe('2024-03-17T22:00');
  });

  it('opens an hour later in UTC before the change to summer time', () => {
    expect(hoursOf('CME', '2024-03-08')).toBe('03-07T23:00-22:00');
    expect(hoursOf('CME', '2024-11-04')).toBe('11-03T23:00-22:00');
  });

  it('halts early on holidays of the stock exchanges and on days of mourning', () => {
    const close = (date: string): string => iso(cme.sessionCloseMs(date)).slice(11);
    expect(
      ['2024-01-15', '2024-02-19', '2024-05-27', '2024-06-19', '2024-07-04', '2024-09-02', '2024-11-28'].map(close),
    ).toEqual([...['18:00', '18:00', '17:00', '17:00', '17:00', '17:00', '18:00']]);
    expect(['2024-07-03', '2024-11-29', '2024-12-24', '2020-07-03'].map(close)).toEqual([
      '17:15',
      '18:15',
      '18:15',
      '17:00',
    ]);
    expect(['2014-01-20', '2013-07-04'].map(close)).toEqual(['16:30', '15:30']);
    expect(['2018-12-05', '2025-01-09'].map(close)).toEqual(['14:30', '14:30']);
  });

  it('opens on a Good Friday only for the employment report', () => {
    expect(closedOf('CME', '2015-04-03 2021-04-02 2023-04-07 2024-03-29 2025-04-18 2026-04-03')).toEqual([
      '2024-03-29',
      '2025-04-18',
    ]);
    expect(hoursOf('CME', '2023-04-07')).toBe('04-06T22:00-13:15');
  });

  it('ended and paused at other times before 2021', () => {
    expect(hoursOf('CME', '2015-09-18')).toBe('09-17T22:00-20:15 09-18T20:30-21:15');
    expect(hoursOf('CME', '2015-09-21')).toBe('09-20T22:00-20:15 09-21T20:30-21:00');
    expect(hoursOf('CME', '2021-06-25')).toBe('06-24T22:00-20:15 06-25T20:30-21:00');
    expect(hoursOf('CME', '2021-06-28')).toBe('06-27T22:00-21:00');
  });
});

describe('the calendar of foreign exchange', () => {
  const fx = calendarFor('FX');

  it('runs from Sunday to Friday 17:00 in New York without a pause', () => {
    expect(hoursOf('FX', '2024-03-08')).toBe('03-07T22:00-22:00');
    expect(hoursOf('FX', '2024-03-11')).toBe('03-10T21:00-21:00');
    expect(fx.isOpen(Date.parse('2024-03-08T21:59:59Z'))).toBe(true);
    expect(fx.isOpen(Date.parse('2024-03-08T22:00:00Z'))).toBe(false);
    expect(fx.isOpen(Date.parse('2024-03-10T21:00:00Z'))).toBe(true);
    expect(fx.isContinuous && !calendarFor('CME').isContinuous && calendarFor('CRYPTO').isContinuous).toBe(true);
  });
});

describe('markets whose clocks change on different days', () => {
  it('moves London and New York apart by an hour for the weeks between', () => {
    const gap = (date: string): number =>
      (calendarFor('US').sessionOpenMs(date) - calendarFor('GB').sessionOpenMs(date)) / MINUTE_MS;
    expect(['2024-03-08', '2024-03-11', '2024-03-28', '2024-04-02'].map(gap)).toEqual([390, 330, 330, 390]);
    expect(['2024-10-25', '2024-10-28', '2024-11-01', '2024-11-04'].map(gap)).toEqual([390, 330, 330, 390]);
  });

  it('has weeks of 23 and 25 hours on one night and whole days else', () => {
    const day = (date: string): number => calendarFor('GB').sessionOpenMs(date) % DAY_MS;
    expect(['2024-03-28', '2024-04-02', '2024-10-25', '2024-10-28'].map((date) => day(date) / HOUR_MS)).toEqual([
      8, 7, 7, 8,
    ]);
  });
});

describe('bars a year by market', () => {
  it.each<[MarketCode, number, number]>([
    ['US', 252 * 7, 252 * 390],
    ['HK', 252 * 6, 252 * 330],
    ['GB', 253 * 9, 253 * 510],
    ['DE', 254 * 9, 254 * 510],
    ['EU', 256 * 9, 256 * 510],
    ['JP', 245 * 6, 245 * 330],
    ['CME', 258 * 23, 258 * 1380],
    ['FX', 261 * 24, 261 * 1440],
    ['CRYPTO', 365 * 24, 365 * 1440],
  ])('of %s are its sessions times the bars of a full one', (market, hours, minutes) => {
    expect([calendarFor(market).barsPerYear('1h'), calendarFor(market).barsPerYear('1m')]).toEqual([hours, minutes]);
  });
});

it('knows a market by its code, its exchanges and their ISO codes', () => {
  const names =
    'nyse NASDAQ xnas HKEX XHKG LSE XLON Xetra XETR Euronext XPAR XAMS XBRU XLIS TSE JPX XTKS Globex XCME forex 24/7';
  expect(names.split(' ').map((name) => calendarFor(name).market)).toEqual(
    'US US US HK HK GB GB DE DE EU EU EU EU EU JP JP JP CME CME FX CRYPTO'.split(' '),
  );
});
