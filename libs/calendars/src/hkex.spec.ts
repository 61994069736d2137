import {
  chingMing,
  chingMingMs,
  lunarDate,
  lunarYear,
  minutesFromBeijingMidnight,
} from '../../testing/src/astronomy/chinese-calendar';
import { calendarFor } from './calendar-for';
import { addDays, civil, weekday } from './civil-date';

const hk = calendarFor('HK');
const [FIRST, LAST] = hk.coverage.map((date) => Number(date.slice(0, 4)));
const YEARS = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);

/** Easter Sunday by Gauss, good for 1900 to 2099: another way than the calendar's own. */
function gaussEaster(year: number): string {
  const d = (19 * (year % 19) + 24) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
  const days = d === 29 && e === 6 ? 28 : d === 28 && e === 6 && year % 19 > 10 ? 27 : d + e;
  return addDays(civil(year, 3, 22), days);
}

/** Days that the General Holidays Ordinance names, before substitution, from the sky alone. */
function namedDays(year: number): string[] {
  const newYear = lunarDate(year, 1, 1);
  const easter = gaussEaster(year);
  return [
    civil(year, 1, 1),
    ...[0, 1, 2].map((n) => addDays(newYear, n)),
    chingMing(year),
    ...[-2, -1, 1].map((n) => addDays(easter, n)),
    civil(year, 5, 1),
    lunarDate(year, 4, 8),
    lunarDate(year, 5, 5),
    civil(year, 7, 1),
    addDays(lunarDate(year, 8, 15), 1),
    lunarDate(year, 9, 9),
    civil(year, 10, 1),
    civil(year, 12, 25),
    civil(year, 12, 26),
  ];
}

/** A named day on a Sunday, or the second of two that meet, moves to the next day that is no general holiday itself. */
function generalHolidays(year: number): Set<string> {
  const named = namedDays(year);
  const days = new Set(named.filter((date) => weekday(date) !== 0));
  const moved = [
    ...named.filter((date) => weekday(date) === 0),
    ...named.filter((date, i) => weekday(date) !== 0 && named.indexOf(date) !== i),
  ];
  for (let date of moved.sort()) {
    while (weekday(date) === 0 || days.has(date)) date = addDays(date, 1);
    days.add(date);
  }
  return days;
}

/** Closed by decision: the day of victory of 2015, typhoons and rain. */
const DECIDED = new Set([
  ...['2015-09-03', '2013-08-14', '2016-08-02', '2016-10-21', '2017-08-23', '2020-10-13', '2021-10-13'],
  ...['2023-07-17', '2023-09-01', '2023-09-08', '2024-09-06'],
]);

const weekdaysOf = (year: number): string[] => {
  const days: string[] = [];
  for (let date = civil(year, 1, 1); date <= civil(year, 12, 31); date = addDays(date, 1))
    if (weekday(date) % 6 !== 0) days.push(date);
  return days;
};
const isHalf = (date: string): boolean => hk.stretchesOf(date).length === 1;

describe('the table of the Hong Kong exchange against the sky and the ordinance', () => {
  it.each(YEARS)('is closed in %i on the weekdays that are general holidays and on no other', (year) => {
    const holidays = generalHolidays(year);
    const expected = weekdaysOf(year).filter((date) => holidays.has(date) || DECIDED.has(date));
    expect(weekdaysOf(year).filter((date) => !hk.isSession(date))).toEqual(expected);
  });

  it.each(YEARS)('trades the morning only in %i on the eves of both New Years and of Christmas', (year) => {
    const eves = [addDays(lunarDate(year, 1, 1), -1), civil(year, 12, 24), civil(year, 12, 31)];
    const expected = eves.filter((date) => weekday(date) % 6 !== 0);
    expect(weekdaysOf(year).filter((date) => hk.isSession(date) && isHalf(date))).toEqual(expected);
  });

  it('depends on no new moon or solar term that the computation cannot tell from midnight', () => {
    const moons = YEARS.flatMap((year) => lunarYear(year).map(({ newMoonMs }) => newMoonMs));
    expect(Math.min(...moons.map(minutesFromBeijingMidnight))).toBeGreaterThan(1);
    expect(Math.min(...YEARS.map(chingMingMs).map(minutesFromBeijingMidnight))).toBeGreaterThan(5);
  });

  it('begins the year 2027, whose new moon comes four minutes before midnight, on 6 February', () => {
    expect(isHalf('2027-02-05')).toBe(true);
    expect(['2027-02-08', '2027-02-09', '2027-02-10'].map((date) => hk.isSession(date))).toEqual([false, false, true]);
  });

  it('begins the year 2030, whose new moon comes minutes after midnight, on 3 February', () => {
    expect(hk.isSession('2030-02-01') && !isHalf('2030-02-01')).toBe(true);
    expect(hk.sessions('2030-02-01', '2030-02-08')).toEqual(['2030-02-01', '2030-02-07', '2030-02-08']);
  });

  it('knows the days that came out as the papers said', () => {
    for (const closed of ['2012-10-02', '2015-04-07', '2015-09-03', '2020-10-26', '2022-09-12', '2025-05-05'])
      expect([closed, hk.isSession(closed)]).toEqual([closed, false]);
    for (const open of ['2012-10-03', '2015-04-08', '2018-05-23', '2022-09-13', '2024-12-27'])
      expect([open, hk.isSession(open)]).toEqual([open, true]);
  });
});
