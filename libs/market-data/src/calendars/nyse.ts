import { addDays, civil, easter, lastWeekday, nthWeekday, weekday } from './civil-date';
import type { MarketRules, SessionPart } from './market-rules';

const MONDAY = 1;
const THURSDAY = 4;
const FRIDAY = 5;
const SATURDAY = 6;

/** Days of mourning, attacks and storms: closed by decision, not by rule. */
const AD_HOC_CLOSURES = [
  ...['2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14'],
  ...['2004-06-11', '2007-01-02', '2012-10-29', '2012-10-30', '2018-12-05', '2025-01-09'],
];
const AD_HOC_EARLY_CLOSES = ['2002-07-05', '2003-12-26'];
const AD_HOC_LATE_OPENS: Readonly<Record<string, string>> = { '2002-09-11': '12:00' };

const REGULAR: readonly SessionPart[] = [['09:30', '16:00']];
const EARLY: readonly SessionPart[] = [['09:30', '13:00']];

/** A holiday on Saturday is kept on Friday, one on Sunday on Monday (Rule 7.2). */
function observed(date: string): string {
  const day = weekday(date);
  if (day === SATURDAY) return addDays(date, -1);
  return day === 0 ? addDays(date, 1) : date;
}

/** New Year's Day on a Saturday is not kept: the Friday before ends the accounting year. */
function holidaysOf(year: number): string[] {
  const newYear = civil(year, 1, 1);
  return [
    ...(weekday(newYear) === SATURDAY ? [] : [observed(newYear)]),
    nthWeekday(year, 1, MONDAY, 3),
    nthWeekday(year, 2, MONDAY, 3),
    addDays(easter(year), -2),
    lastWeekday(year, 5, MONDAY),
    ...(year >= 2022 ? [observed(civil(year, 6, 19))] : []),
    observed(civil(year, 7, 4)),
    nthWeekday(year, 9, MONDAY, 1),
    nthWeekday(year, 11, THURSDAY, 4),
    observed(civil(year, 12, 25)),
  ];
}

/** 13:00 on the day after Thanksgiving, on 3 July before a weekday holiday and on Christmas Eve. */
function earlyClosesOf(year: number): string[] {
  const fourth = weekday(civil(year, 7, 4));
  const eve = civil(year, 12, 24);
  const eveDay = weekday(eve);
  return [
    addDays(nthWeekday(year, 11, THURSDAY, 4), 1),
    ...(fourth > MONDAY && fourth <= FRIDAY && year !== 2002 ? [civil(year, 7, 3)] : []),
    ...(eveDay >= MONDAY && eveDay <= THURSDAY ? [eve] : []),
  ];
}

const FIRST_YEAR = 2000;
const LAST_YEAR = 2035;
const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i);
const closures = new Set([...years.flatMap(holidaysOf), ...AD_HOC_CLOSURES]);
const earlyCloses = new Set([...years.flatMap(earlyClosesOf), ...AD_HOC_EARLY_CLOSES]);

/** New York Stock Exchange, 2000 to 2035 by the exchange's holiday rules, with the closures of 2001 to 2025 that no rule gives. */
export const nyse: MarketRules = {
  market: 'US',
  name: 'NYSE',
  zone: 'America/New_York',
  coverage: [`${FIRST_YEAR}-01-01`, `${LAST_YEAR}-12-31`],
  sessionsPerYear: 252,
  minutesPerSession: 390,
  isSession: (date) => weekday(date) % 6 !== 0 && !closures.has(date),
  parts: (date) => {
    if (earlyCloses.has(date)) return EARLY;
    const lateOpen = AD_HOC_LATE_OPENS[date];
    return lateOpen === undefined ? REGULAR : [[lateOpen, '16:00']];
  },
};
