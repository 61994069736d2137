import { DAY_MS } from '@assay/primitives';

/** 00:00Z of a date `YYYY-MM-DD`. */
export const utcMidnight = (date: string): number => Date.parse(`${date}T00:00:00Z`);

export const dateOfUtc = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => dateOfUtc(utcMidnight(date) + days * DAY_MS);

export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** 0 = Sunday. */
export const weekday = (date: string): number => new Date(utcMidnight(date)).getUTCDay();

export const isWeekday = (date: string): boolean => weekday(date) % 6 !== 0;

/** The date itself or the nearest weekday before it. */
export function weekdayUntil(date: string): string {
  let last = date;
  while (!isWeekday(last)) last = addDays(last, -1);
  return last;
}

export const yearsFrom = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** The date of a year, month (from 1) and day, which may lie beyond their ends; `Date.UTC` would take the year 99 as 1999. */
export const civil = (year: number, month: number, day: number): string =>
  dateOfUtc(new Date(0).setUTCFullYear(year, month - 1, day));

/** The n-th given weekday of a month, e.g. the third Monday. */
export function nthWeekday(year: number, month: number, day: number, n: number): string {
  const first = weekday(civil(year, month, 1));
  return civil(year, month, 1 + ((day - first + 7) % 7) + (n - 1) * 7);
}

export function lastWeekday(year: number, month: number, day: number): string {
  const last = civil(year, month + 1, 0);
  return addDays(last, -((weekday(last) - day + 7) % 7));
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
export function easter(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return civil(year, Math.floor(n / 31), (n % 31) + 1);
}
