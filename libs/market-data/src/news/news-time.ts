import { DAY_MS, MINUTE_MS } from '@assay/primitives';
import { daysOf } from '../files/cells/civil-days';
import { timeOfText } from '../files/cells/time-text';
import { ZoneClock } from '../files/cells/zone-clock';

const RFC_822 =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\.?\s+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([a-z]{1,3}|[+-]\d{2}:?\d{2})$/i;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** Hours of the zones that RFC 822 names. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ UT: 0, UTC: 0, GMT: 0, Z: 0, EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
};

/** A time of news: an instant, or a date that lasts until its end. UTC milliseconds. */
export interface NewsTime {
  beginMs: number;
  endMs: number;
  /** Whether the text states no zone. */
  isWall: boolean;
}

/** The time of a text as files of bars have it, or as RFC 822 writes it in feeds; null for none. Zones that two countries share are none. */
export function newsTimeOf(text: string, clock: ZoneClock | null): NewsTime | null {
  const instant = instantOfRfc822(text);
  if (instant !== null) return { beginMs: instant, endMs: instant, isWall: false };
  // where the day comes is not asked: years come first, or names of months
  const time = /^\d{1,2}[-./]\d{1,2}[-./]\d{4}/.test(text) ? null : timeOfText(text, null);
  if (time === null) return null;
  const at = (wallMs: number): number => (clock === null ? wallMs : clock.instantMs(wallMs));
  if (time.kind === 'date') return { beginMs: time.dateMs, endMs: at(time.dateMs + DAY_MS), isWall: false };
  const ms = time.kind === 'wall' ? at(time.instantMs) : time.instantMs;
  return { beginMs: ms, endMs: ms, isWall: time.kind === 'wall' };
}

function instantOfRfc822(text: string): number | null {
  const match = RFC_822.exec(text);
  if (!match) return null;
  const [, day, monthName, yearText, hour, minute, second = '0', zone] = match;
  const year = yearText.length === 4 ? Number(yearText) : Number(yearText) + (Number(yearText) < 50 ? 2000 : 1900);
  const days = daysOf(year, MONTHS.indexOf(monthName.toLowerCase()) + 1, Number(day));
  const offset = offsetMinutes(zone);
  if (offset === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const ms = days * DAY_MS + (Number(hour) * 60 + Number(minute) - offset) * MINUTE_MS + Number(second) * 1000;
  return Number.isNaN(ms) ? null : ms;
}

function offsetMinutes(zone: string): number | null {
  const named = ZONES[zone.toUpperCase()];
  if (named !== undefined) return named * 60;
  if (!/^[+-]/.test(zone)) return null;
  const digits = zone.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}
