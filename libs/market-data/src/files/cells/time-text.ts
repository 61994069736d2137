import { DAY_MS, MINUTE_MS } from '@assay/primitives';
import { daysOf } from './civil-days';

/** Order of day and month where the year comes last. */
export type DayOrder = 'dmy' | 'mdy';

/** How sure a time is about its date. */
export type TimeKind = 'date' | 'wall' | 'offset' | 'utc' | 'epoch';

export interface WrittenTime {
  kind: TimeKind;
  /** UTC milliseconds; of a `wall` time as if its clock were UTC. */
  instantMs: number;
  /** 00:00Z of the date as written; of an epoch, of its UTC date. */
  dateMs: number;
}

const ZONE = String.raw`(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?)`;
const CLOCK = String.raw`(?:,?[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([AP]M))?\s*${ZONE}?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-./])(\d{1,2})\2(\d{1,2})${CLOCK}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-./])(\d{1,2})\2(\d{4})${CLOCK}$`, 'i');
const MONTH_FIRST = new RegExp(String.raw`^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})${CLOCK}$`, 'i');
const DAY_FIRST = new RegExp(String.raw`^(\d{1,2})[- ]([a-z]{3,9})\.?[- ](\d{4})${CLOCK}$`, 'i');
const CHINESE = new RegExp(String.raw`^(\d{4})年(\d{1,2})月(\d{1,2})日${CLOCK}$`, 'i');
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?(Z)?)?$/;
const COMPACT_CLOCK = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})${CLOCK}$`, 'i');
const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const EPOCH = /^(\d{9,10}|\d{12,13}|\d{15,16}|\d{18,19})(?:\.(\d+))?$/;
/** Units of an epoch by its digits, in ticks per millisecond. */
const EPOCH_UNITS: Readonly<Record<number, readonly [perMs: number, name: string]>> = {
  9: [0.001, 'seconds'],
  10: [0.001, 'seconds'],
  12: [1, 'milliseconds'],
  13: [1, 'milliseconds'],
  15: [1000, 'microseconds'],
  16: [1000, 'microseconds'],
  18: [1_000_000, 'nanoseconds'],
  19: [1_000_000, 'nanoseconds'],
};

/** Whether the text is a date or time with marks in it, which no number is. */
export const looksLikeWrittenTime = (text: string): boolean =>
  [YEAR_FIRST, YEAR_LAST, MONTH_FIRST, DAY_FIRST, CHINESE].some((form) => form.test(text));
export const looksLikeEpoch = (text: string): boolean => epochOf(text) !== null;

/** Digits and fraction of an epoch. Twelve digits that are a date and time of this century or the last are that. */
function epochOf(text: string): RegExpExecArray | null {
  return /^(19|20)\d{10}$/.test(text) && timeOfCompact(text) !== null ? null : EPOCH.exec(text);
}

/** How the times of a file are written, by one of them; null for plain ISO-8601. */
export function timeFormatOf(text: string): { format: string; code: 'date_format' | 'epoch' } | null {
  const epoch = epochOf(text);
  if (epoch) {
    const [, unit] = EPOCH_UNITS[epoch[1].length];
    return { code: 'epoch', format: `${unit} since 1970${epoch[2] === undefined ? '' : ' with a fraction'}` };
  }
  const first = YEAR_FIRST.exec(text);
  const named = (format: string): { format: string; code: 'date_format' } => ({ code: 'date_format', format });
  if (first) return first[2] === '-' ? null : named(`yyyy${first[2]}mm${first[2]}dd`);
  if (MONTH_FIRST.test(text)) return named('month dd, yyyy');
  if (DAY_FIRST.test(text)) return named('dd month yyyy');
  if (CHINESE.test(text)) return named('yyyy年mm月dd日');
  return COMPACT.test(text) || COMPACT_CLOCK.test(text) ? named('yyyymmdd') : null;
}

/** Parts of a date whose year comes last, before it is known which of them is the day. */
export function yearLastParts(text: string): { first: number; second: number; separator: string } | null {
  const match = YEAR_LAST.exec(text);
  return match && { first: Number(match[1]), second: Number(match[3]), separator: match[2] };
}

/** The time a text states, null when it is none: dates and times with year, month or day first, compact ones and epochs. */
export function timeOfText(text: string, order: DayOrder | null): WrittenTime | null {
  const epoch = epochOf(text);
  if (epoch) return timeOfEpoch(epoch[1], epoch[2]);
  const first = YEAR_FIRST.exec(text);
  if (first) return timeOfParts(first[1], first[3], first[4], first.slice(5));
  const last = YEAR_LAST.exec(text);
  if (last) {
    const [day, month] = order === 'mdy' ? [last[3], last[1]] : [last[1], last[3]];
    return timeOfParts(last[4], month, day, last.slice(5));
  }
  return timeOfCompact(text) ?? timeOfNames(text);
}

function timeOfCompact(text: string): WrittenTime | null {
  const clocked = COMPACT_CLOCK.exec(text);
  if (clocked) return timeOfParts(clocked[1], clocked[2], clocked[3], clocked.slice(4));
  const compact = COMPACT.exec(text);
  if (!compact) return null;
  const [, year, month, day, hour, minute, second, zone] = compact;
  return timeOfParts(year, month, day, [hour, minute, second, undefined, undefined, zone]);
}

function timeOfNames(text: string): WrittenTime | null {
  const chinese = CHINESE.exec(text);
  if (chinese) return timeOfParts(chinese[1], chinese[2], chinese[3], chinese.slice(4));
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst) return timeOfParts(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2], monthFirst.slice(4));
  const dayFirst = DAY_FIRST.exec(text);
  return dayFirst && timeOfParts(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1], dayFirst.slice(4));
}

/** 1 to 12 of an English name or its beginning; 0 for what is none. */
function monthOf(name: string): number {
  const lower = name.toLowerCase();
  return MONTHS.findIndex((month) => month.startsWith(lower) || (lower === 'sept' && month === 'september')) + 1;
}

function timeOfEpoch(digits: string, fraction: string | undefined): WrittenTime {
  const [perMs] = EPOCH_UNITS[digits.length];
  const whole = perMs < 1 ? Number(digits) * 1000 : Number(digits.slice(0, 1 - String(perMs).length || undefined));
  const instantMs = whole + (perMs < 1 && fraction !== undefined ? Math.floor(Number(`0.${fraction}`) * 1000) : 0);
  return { kind: 'epoch', instantMs, dateMs: Math.floor(instantMs / DAY_MS) * DAY_MS };
}

/** Milliseconds since midnight; NaN for no time of a clock. */
function clockMs(hour: string, minute: string, second = '0', fraction?: string, half?: string): number {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return NaN;
  if (half !== undefined && !(Number(hour) >= 1 && Number(hour) <= 12)) return NaN;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  return ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + milliseconds;
}

const CLOCK_ALONE = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([AP]M))?$/i;
const COMPACT_CLOCK_ALONE = /^(\d{1,2})(\d{2})(\d{2})$|^(\d{2})(\d{2})$/;

/** Milliseconds since midnight of a time of day beside its date: 09:30, 09:30:00, 9:30 AM, 093000, 93000, 0930; else NaN. */
export function clockOfText(text: string): number {
  const clock = CLOCK_ALONE.exec(text);
  if (clock) return clockMs(clock[1], clock[2], clock[3], clock[4], clock[5]);
  if (text === '0') return 0;
  const compact = COMPACT_CLOCK_ALONE.exec(text);
  return compact ? clockMs(compact[1] ?? compact[4], compact[2] ?? compact[5], compact[3]) : NaN;
}

function timeOfParts(
  year: string,
  month: string | number,
  day: string,
  [hour, minute, second, fraction, half, zone]: readonly (string | undefined)[],
): WrittenTime | null {
  const dateMs = daysOf(Number(year), Number(month), Number(day)) * DAY_MS;
  if (Number.isNaN(dateMs)) return null;
  if (hour === undefined) return { kind: 'date', instantMs: dateMs, dateMs };
  const wallMs = dateMs + clockMs(hour, minute!, second, fraction, half);
  if (Number.isNaN(wallMs)) return null;
  if (zone === undefined) return { kind: 'wall', instantMs: wallMs, dateMs };
  const offset = zone.replace(/^(UTC|GMT)/i, '');
  const minutes = /\d/.test(offset) ? Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', '')) : 0;
  if (minutes === 0) return { kind: 'utc', instantMs: wallMs, dateMs };
  return { kind: 'offset', instantMs: wallMs - (offset.startsWith('-') ? -minutes : minutes) * MINUTE_MS, dateMs };
}
