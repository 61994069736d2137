import { addDays, civil, easter, lastWeekday, nthWeekday, weekday } from './civil-date';

const MONDAY = 1;
const THURSDAY = 4;
const FRIDAY = 5;
const SATURDAY = 6;

/** A holiday on Saturday is kept on Friday, one on Sunday on Monday. */
export function observed(date: string): string {
  const day = weekday(date);
  if (day === SATURDAY) return addDays(date, -1);
  return day === 0 ? addDays(date, 1) : date;
}

/** Holidays of the exchanges of the United States in a year, as they are kept; null where one is not. */
export function usHolidays(year: number) {
  const newYear = civil(year, 1, 1);
  return {
    // on a Saturday it is not kept: the Friday before ends the accounting year
    newYear: weekday(newYear) === SATURDAY ? null : observed(newYear),
    king: nthWeekday(year, 1, MONDAY, 3),
    presidents: nthWeekday(year, 2, MONDAY, 3),
    goodFriday: addDays(easter(year), -2),
    memorial: lastWeekday(year, 5, MONDAY),
    juneteenth: year >= 2022 ? observed(civil(year, 6, 19)) : null,
    independence: observed(civil(year, 7, 4)),
    labor: nthWeekday(year, 9, MONDAY, 1),
    thanksgiving: nthWeekday(year, 11, THURSDAY, 4),
    christmas: observed(civil(year, 12, 25)),
  };
}

/** The day after Thanksgiving, 3 July before a holiday on a weekday, and Christmas Eve before one. */
export function usShortDays(year: number): string[] {
  const fourth = weekday(civil(year, 7, 4));
  const eve = civil(year, 12, 24);
  const eveDay = weekday(eve);
  return [
    addDays(nthWeekday(year, 11, THURSDAY, 4), 1),
    ...(fourth > MONDAY && fourth <= FRIDAY ? [civil(year, 7, 3)] : []),
    ...(eveDay >= MONDAY && eveDay <= THURSDAY ? [eve] : []),
  ];
}
