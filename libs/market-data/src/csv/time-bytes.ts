import { textOf } from './number-bytes';

const DAY_MS = 86_400_000;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Days since 1970-01-01 of a proleptic Gregorian date; NaN when there is no such day (Hinnant's days_from_civil). */
function daysOf(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > DAYS_IN_MONTH[month - 1]) return NaN;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

const pair = (bytes: Uint8Array, at: number): number => {
  const tens = bytes[at] - 48;
  const ones = bytes[at + 1] - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
};

/**
 * UTC milliseconds of the instant in bytes [from, to), NaN when it is none. Read are `YYYY-MM-DD` (00:00Z), ISO-8601
 * with a time (no zone means UTC), `YYYYMMDD`, and seconds (10 digits) or milliseconds (13 digits) since 1970.
 */
export function timeOf(bytes: Uint8Array, from: number, to: number): number {
  if (to - from === 10 && bytes[from + 4] === 45 && bytes[from + 7] === 45) {
    const year = pair(bytes, from) * 100 + pair(bytes, from + 2);
    return daysOf(year, pair(bytes, from + 5), pair(bytes, from + 8)) * DAY_MS;
  }
  return slowTime(textOf(bytes, from, to));
}

function slowTime(text: string): number {
  if (/^\d{13}$/.test(text)) return Number(text);
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{8}$/.test(text)) {
    return daysOf(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))) * DAY_MS;
  }
  const match = ISO.exec(text);
  if (!match) return NaN;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return NaN;
  const dayMs = daysOf(Number(year), Number(month), Number(day)) * DAY_MS;
  const milliseconds = fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  const ofDay = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + milliseconds;
  const offset = zone === 'Z' ? 0 : Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return dayMs + ofDay - (zone.startsWith('-') ? -offset : offset) * 60_000;
}
