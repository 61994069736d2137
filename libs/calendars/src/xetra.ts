import { addDays, civil, easter, isWeekday, weekdayUntil, yearsFrom } from './civil-date';
import type { MarketRules, SessionPart } from './market-rules';

const FIRST_YEAR = 2000;
const LAST_YEAR = 2035;

/** Kept by the exchange in these years only, though they are public holidays in every one. */
const WHIT_MONDAY_YEARS = [2007, ...yearsFrom(2015, 2021)];
const GERMAN_UNITY_YEARS = yearsFrom(2014, 2021);
const REFORMATION_JUBILEE = '2017-10-31';

const holidaysOf = (year: number): string[] => [
  civil(year, 1, 1),
  addDays(easter(year), -2),
  addDays(easter(year), 1),
  civil(year, 5, 1),
  ...(WHIT_MONDAY_YEARS.includes(year) ? [addDays(easter(year), 50)] : []),
  ...(GERMAN_UNITY_YEARS.includes(year) ? [civil(year, 10, 3)] : []),
  ...[24, 25, 26, 31].map((day) => civil(year, 12, day)),
];

const years = yearsFrom(FIRST_YEAR, LAST_YEAR);
const closures = new Set([...years.flatMap(holidaysOf), REFORMATION_JUBILEE]);
/** The last session of each year; 31 December has none. */
const halfDays = new Set(years.map((year) => weekdayUntil(civil(year, 12, 30))));

const FULL: readonly SessionPart[] = [['09:00', '17:30']];
const HALF: readonly SessionPart[] = [['09:00', '14:00']];
const EVENING: readonly SessionPart[] = [['09:00', '20:00']];
const EVENING_FROM = '2000-06-02';
const EVENING_UNTIL = '2003-10-31';

/** Xetra, 2000 to 2035: continuous trading, after which the closing auction takes five minutes more. */
export const xetra: MarketRules = {
  market: 'DE',
  name: 'Xetra',
  zone: 'Europe/Berlin',
  coverage: [`${FIRST_YEAR}-01-01`, `${LAST_YEAR}-12-31`],
  sessionsPerYear: 254,
  regular: FULL,
  isSession: (date) => isWeekday(date) && !closures.has(date),
  parts: (date) => {
    if (halfDays.has(date)) return HALF;
    return date >= EVENING_FROM && date <= EVENING_UNTIL ? EVENING : FULL;
  },
};
