import { DAY_MS, HOUR_MS } from '@assay/primitives';
import { newMoons } from './new-moon';
import { solarTermAfter } from './solar-longitude';

const BEIJING_MS = 8 * HOUR_MS;

/** Days since 1970 of an instant in Beijing. */
const beijingDay = (utcMs: number): number => Math.floor((utcMs + BEIJING_MS) / DAY_MS);
const isoOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Minutes between an instant and the nearest midnight in Beijing. */
export function minutesFromBeijingMidnight(utcMs: number): number {
  const minutes = ((((utcMs + BEIJING_MS) % DAY_MS) + DAY_MS) % DAY_MS) / 60_000;
  return Math.min(minutes, 1440 - minutes);
}

export interface LunarMonth {
  /** 1 to 12. */
  month: number;
  leap: boolean;
  /** Days since 1970 of its first day. */
  firstDay: number;
  newMoonMs: number;
}

export const winterSolstice = (year: number): number => solarTermAfter(270, Date.UTC(year, 11, 1));

/**
 * Months from the one with the winter solstice of `year - 1` (the eleventh) to the one before that of `year`, by the
 * rules in force since 1645 (GB/T 33661): a month begins on the Beijing date of its new moon; of thirteen months
 * between solstices the first without a principal term is the leap month.
 */
export function lunarYear(year: number): LunarMonth[] {
  const [before, after] = [beijingDay(winterSolstice(year - 1)), beijingDay(winterSolstice(year))];
  const moons = newMoons(year - 2, year + 1);
  const starts = moons.map(beijingDay);
  const first = starts.findLastIndex((day) => day <= before);
  const end = starts.findLastIndex((day) => day <= after);
  const leapYear = end - first === 13;
  const months: LunarMonth[] = [];
  let number = 11;
  let leapDone = !leapYear;
  for (let i = first; i < end; i += 1) {
    const leap: boolean = !leapDone && i > first && !hasPrincipalTerm(starts[i]!, starts[i + 1]!);
    if (leap) leapDone = true;
    else if (i > first) number = (number % 12) + 1;
    months.push({ month: number, leap, firstDay: starts[i]!, newMoonMs: moons[i]! });
  }
  return months;
}

function hasPrincipalTerm(firstDay: number, nextFirstDay: number): boolean {
  const from = firstDay * DAY_MS - BEIJING_MS;
  for (let longitude = 0; longitude < 360; longitude += 30) {
    if (beijingDay(solarTermAfter(longitude, from)) < nextFirstDay) return true;
  }
  return false;
}

/** Gregorian date of a day of the lunar year that begins in `year`. */
export function lunarDate(year: number, month: number, day: number): string {
  const found = lunarYear(year).find((m) => m.month === month && !m.leap)!;
  return isoOf(found.firstDay + day - 1);
}

export const chingMingMs = (year: number): number => solarTermAfter(15, Date.UTC(year, 2, 25));

/** Beijing date of the solar term of pure brightness. */
export const chingMing = (year: number): string => isoOf(beijingDay(chingMingMs(year)));
