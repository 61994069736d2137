import { isWeekday, yearsFrom } from './civil-date';
import type { MarketRules, SessionPart } from './market-rules';
import { usHolidays, usShortDays } from './us-holidays';

/** Days of mourning, attacks and storms: closed by decision, not by rule. */
const AD_HOC_CLOSURES = [
  ...['2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14'],
  ...['2004-06-11', '2007-01-02', '2012-10-29', '2012-10-30', '2018-12-05', '2025-01-09'],
];
const AD_HOC_EARLY_CLOSES = ['2002-07-05', '2003-12-26'];
/** Kept as a full day in 2002, for which the Friday after was short. */
const NOT_SHORT = '2002-07-03';
const AD_HOC_LATE_OPENS: Readonly<Record<string, string>> = { '2002-09-11': '12:00' };

const REGULAR: readonly SessionPart[] = [['09:30', '16:00']];
const EARLY: readonly SessionPart[] = [['09:30', '13:00']];

const FIRST_YEAR = 2000;
const LAST_YEAR = 2035;
const years = yearsFrom(FIRST_YEAR, LAST_YEAR);
const closures = new Set([...years.flatMap((year) => Object.values(usHolidays(year))), ...AD_HOC_CLOSURES]);
const earlyCloses = new Set([
  ...years.flatMap(usShortDays).filter((date) => date !== NOT_SHORT),
  ...AD_HOC_EARLY_CLOSES,
]);

/** New York Stock Exchange and Nasdaq, 2000 to 2035 by the holiday rules, with the closures of 2001 to 2025 that no rule gives. */
export const nyse: MarketRules = {
  market: 'US',
  name: 'NYSE',
  zone: 'America/New_York',
  coverage: [`${FIRST_YEAR}-01-01`, `${LAST_YEAR}-12-31`],
  sessionsPerYear: 252,
  regular: REGULAR,
  isSession: (date) => isWeekday(date) && !closures.has(date),
  parts: (date) => {
    if (earlyCloses.has(date)) return EARLY;
    const lateOpen = AD_HOC_LATE_OPENS[date];
    return lateOpen === undefined ? REGULAR : [[lateOpen, '16:00']];
  },
};
