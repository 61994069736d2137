import { addDays, civil, isWeekday, yearsFrom } from './civil-date';
import { japaneseHolidays } from './japanese-holidays';
import type { MarketRules, SessionPart } from './market-rules';

const FIRST_YEAR = 2000;
const LAST_YEAR = 2035;

/** The trading system was down for the whole day. */
const OUTAGE = '2020-10-01';

const years = yearsFrom(FIRST_YEAR, LAST_YEAR);
/** The exchange rests from 31 December to 3 January beside the national holidays. */
const closures = new Set([
  ...years.flatMap((year) => [...japaneseHolidays(year)]),
  ...years.flatMap((year) => [civil(year, 1, 2), civil(year, 1, 3), civil(year, 12, 31)]),
  OUTAGE,
]);

const isSession = (date: string): boolean => isWeekday(date) && !closures.has(date);

function nearestSession(date: string, step: 1 | -1): string {
  let near = date;
  while (!isSession(near)) near = addDays(near, step);
  return near;
}

/** The first and the last session of a year were mornings, for the last time on 5 January 2009. */
const ceremonies = new Set([
  ...yearsFrom(2000, 2009).map((year) => nearestSession(civil(year, 1, 4), 1)),
  ...yearsFrom(2000, 2008).map((year) => nearestSession(civil(year, 12, 30), -1)),
]);

const SHORT_MORNING: SessionPart = ['09:00', '11:00'];
const MORNING: SessionPart = ['09:00', '11:30'];
const REGULAR: readonly SessionPart[] = [MORNING, ['12:30', '15:30']];

/** Trading hours by the date they began; some were forced by orders beyond what the system of 2005 and 2006 could take. */
const HOURS: readonly (readonly [from: string, parts: readonly SessionPart[]])[] = [
  ['2024-11-05', REGULAR],
  ['2011-11-21', [MORNING, ['12:30', '15:00']]],
  ['2006-04-24', [SHORT_MORNING, ['12:30', '15:00']]],
  ['2006-01-19', [SHORT_MORNING, ['13:00', '15:00']]],
  ['2006-01-18', [SHORT_MORNING, ['12:30', '14:40']]],
  ['2005-11-02', [SHORT_MORNING, ['12:30', '15:00']]],
  ['2005-11-01', [['13:30', '15:00']]],
  ['2000-01-01', [SHORT_MORNING, ['12:30', '15:00']]],
];

/** Tokyo Stock Exchange, 2000 to 2035 by the act on national holidays; the equinoxes are computed. */
export const tokyo: MarketRules = {
  market: 'JP',
  name: 'TSE',
  zone: 'Asia/Tokyo',
  coverage: [`${FIRST_YEAR}-01-01`, `${LAST_YEAR}-12-31`],
  sessionsPerYear: 245,
  regular: REGULAR,
  isSession,
  parts: (date) => {
    if (ceremonies.has(date)) return [SHORT_MORNING];
    return HOURS.find(([from]) => date >= from)![1];
  },
};
