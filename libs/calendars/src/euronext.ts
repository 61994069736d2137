import { addDays, civil, easter, isWeekday, yearsFrom } from './civil-date';
import type { MarketRules, SessionPart } from './market-rules';

/** Before 2002 each of the exchanges kept the holidays of its own country. */
const FIRST_YEAR = 2002;
const LAST_YEAR = 2035;

const holidaysOf = (year: number): string[] => [
  civil(year, 1, 1),
  addDays(easter(year), -2),
  addDays(easter(year), 1),
  civil(year, 5, 1),
  civil(year, 12, 25),
  civil(year, 12, 26),
];

const closures = new Set(yearsFrom(FIRST_YEAR, LAST_YEAR).flatMap(holidaysOf));

const FULL: readonly SessionPart[] = [['09:00', '17:30']];
const HALF: readonly SessionPart[] = [['09:00', '14:05']];

/**
 * Euronext Paris, Amsterdam, Brussels and (from 2003) Lisbon, 2002 to 2035 by their common rule, in Paris time:
 * continuous trading, after which the closing auction takes five minutes more on a full day.
 */
export const euronext: MarketRules = {
  market: 'EU',
  name: 'Euronext',
  zone: 'Europe/Paris',
  coverage: [`${FIRST_YEAR}-01-01`, `${LAST_YEAR}-12-31`],
  sessionsPerYear: 256,
  regular: FULL,
  isSession: (date) => isWeekday(date) && !closures.has(date),
  parts: (date) => (date.endsWith('-12-24') || date.endsWith('-12-31') ? HALF : FULL),
};
