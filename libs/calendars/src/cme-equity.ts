import { isWeekday, yearsFrom } from './civil-date';
import type { MarketRules, SessionPart } from './market-rules';
import { usHolidays, usShortDays } from './us-holidays';

const FIRST_YEAR = 2013;
const LAST_YEAR = 2035;

/** From these dates on the session ends an hour and a quarter, then an hour before the next, then without the halt of 15:15. */
const CLOSE_AT_16 = '2015-09-21';
const NO_HALT = '2021-06-28';
/** Halts on holidays came at 10:30 before. */
const HOLIDAY_HALT_AT_NOON = '2014-05-01';

/** Days of mourning: open until the stock exchanges would open. */
const MOURNING = ['2018-12-05', '2025-01-09'];

const session = (close: string): readonly SessionPart[] => [['eve 17:00', close]];
const withHalt = (close: string): readonly SessionPart[] => [
  ['eve 17:00', '15:15'],
  ['15:30', close],
];
const REGULAR = session('16:00');

/** Good Friday in the first week of April is the day of the employment report, for which the market opens until 08:15. */
const isReportDay = (goodFriday: string): boolean => goodFriday.slice(5) >= '04-01' && goodFriday.slice(5) <= '04-07';

const years = yearsFrom(FIRST_YEAR, LAST_YEAR);
const holidays = years.map(usHolidays);
const closures = new Set(
  holidays.flatMap(({ newYear, goodFriday, christmas }) => [
    newYear,
    christmas,
    ...(isReportDay(goodFriday) ? [] : [goodFriday]),
  ]),
);
const halted = new Map<string, readonly SessionPart[]>();
for (const { king, presidents, memorial, juneteenth, independence, labor, thanksgiving, goodFriday } of holidays) {
  for (const date of [king, presidents, memorial, juneteenth, independence, labor, thanksgiving])
    if (date !== null) halted.set(date, session(date < HOLIDAY_HALT_AT_NOON ? '10:30' : '12:00'));
  if (isReportDay(goodFriday)) halted.set(goodFriday, session('08:15'));
}
for (const date of years.flatMap(usShortDays)) halted.set(date, session('12:15'));
for (const date of MOURNING) halted.set(date, session('08:30'));

/**
 * Equity index futures on Globex, 2013 to 2035: from 17:00 of the eve (Sunday for Monday) to 16:00 Chicago time, dated
 * by the close. On a holiday of the stock exchanges trading halts at noon and that stretch is a session of its own.
 */
export const cmeEquity: MarketRules = {
  market: 'CME',
  name: 'CME equity index',
  zone: 'America/Chicago',
  coverage: [`${FIRST_YEAR}-01-01`, `${LAST_YEAR}-12-31`],
  sessionsPerYear: 258,
  regular: REGULAR,
  dateBeginsAtHour: 17,
  isSession: (date) => isWeekday(date) && !closures.has(date),
  parts: (date) => {
    const short = halted.get(date);
    if (short) return short;
    if (date >= NO_HALT) return REGULAR;
    return withHalt(date >= CLOSE_AT_16 ? '16:00' : '16:15');
  },
};
