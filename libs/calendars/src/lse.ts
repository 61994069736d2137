import { addDays, civil, easter, isWeekday, lastWeekday, nthWeekday, weekdayUntil, yearsFrom } from './civil-date';
import type { MarketRules, SessionPart } from './market-rules';

const MONDAY = 1;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2035;

/** Bank holidays that a proclamation moved: years without the usual one. */
const MAY_DAY_MOVED = [2020];
const SPRING_MOVED = [2002, 2012, 2022];

/** Bank holidays by proclamation: jubilees with the moved spring holiday, a wedding, victory, a funeral, a coronation. */
const PROCLAIMED = [
  ...['2002-06-03', '2002-06-04', '2011-04-29', '2012-06-04', '2012-06-05', '2020-05-08'],
  ...['2022-06-02', '2022-06-03', '2022-09-19', '2023-05-08'],
];

/** One that falls on a weekend is kept on the next weekday that is none itself. */
function substituted(dates: readonly string[]): string[] {
  const kept: string[] = dates.filter(isWeekday);
  for (let date of dates.filter((one) => !isWeekday(one))) {
    while (!isWeekday(date) || kept.includes(date)) date = addDays(date, 1);
    kept.push(date);
  }
  return kept;
}

/** Bank holidays of England and Wales before what is proclaimed. */
const bankHolidays = (year: number): string[] => [
  ...substituted([civil(year, 1, 1)]),
  addDays(easter(year), -2),
  addDays(easter(year), 1),
  ...(MAY_DAY_MOVED.includes(year) ? [] : [nthWeekday(year, 5, MONDAY, 1)]),
  ...(SPRING_MOVED.includes(year) ? [] : [lastWeekday(year, 5, MONDAY)]),
  lastWeekday(year, 8, MONDAY),
  ...substituted([civil(year, 12, 25), civil(year, 12, 26)]),
];

const years = yearsFrom(FIRST_YEAR, LAST_YEAR);
const closures = new Set([...years.flatMap(bankHolidays), ...PROCLAIMED]);
/** The last sessions before Christmas and New Year. */
const halfDays = new Set(years.flatMap((year) => [24, 31].map((day) => weekdayUntil(civil(year, 12, day)))));

const FULL: readonly SessionPart[] = [['08:00', '16:30']];
const HALF: readonly SessionPart[] = [['08:00', '12:30']];

/** London Stock Exchange, 2000 to 2035: continuous trading, after which the closing auction takes five minutes more. */
export const lse: MarketRules = {
  market: 'GB',
  name: 'LSE',
  zone: 'Europe/London',
  coverage: [`${FIRST_YEAR}-01-01`, `${LAST_YEAR}-12-31`],
  sessionsPerYear: 253,
  regular: FULL,
  isSession: (date) => isWeekday(date) && !closures.has(date),
  parts: (date) => (halfDays.has(date) ? HALF : FULL),
};
