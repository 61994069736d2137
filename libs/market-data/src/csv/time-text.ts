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

const CLOCK = String.raw`(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-./])(\d{1,2})\2(\d{1,2})${CLOCK}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-./])(\d{1,2})\2(\d{4})${CLOCK}$`);
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;
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

export const looksLikeWrittenTime = (text: string): boolean => YEAR_FIRST.test(text) || YEAR_LAST.test(text);
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
  if (first) return first[2] === '-' ? null : { code: 'date_format', format: `yyyy${first[2]}mm${first[2]}dd` };
  return COMPACT.test(text) ? { code: 'date_format', format: 'yyyymmdd' } : null;
}

/** Parts of a date whose year comes last, before it is known which of them is the day. */
export function yearLastParts(text: string): { first: number; second: number; separator: string } | null {
  const match = YEAR_LAST.exec(text);
  return match && { first: Number(match[1]), second: Number(match[3]), separator: match[2] };
}

/** The time a text states, null when it is none. Read are dates and times with the year first or last, compact ones and epochs. */
export function timeOfText(text: string, order: DayOrder | null): WrittenTime | null {
  const epoch = epochOf(text);
  if (epoch) return timeOfEpoch(epoch[1], epoch[2]);
  const first = YEAR_FIRST.exec(text);
  if (first) return timeOfParts(Number(first[1]), Number(first[3]), Number(first[4]), first.slice(5));
  const last = YEAR_LAST.exec(text);
  if (last) {
    const [day, month] = order === 'mdy' ? [last[3], last[1]] : [last[1], last[3]];
    return timeOfParts(Number(last[4]), Number(month), Number(day), last.slice(5));
  }
  return timeOfCompact(text);
}

function timeOfCompact(text: string): WrittenTime | null {
  const compact = COMPACT.exec(text);
  if (!compact) return null;
  const [, year, month, day, ...clock] = compact;
  return timeOfParts(Number(year), Number(month), Number(day), [...clock, undefined, undefined]);
}

function timeOfEpoch(digits: string, fraction: string | undefined): WrittenTime {
  const [perMs] = EPOCH_UNITS[digits.length];
  const whole = perMs < 1 ? Number(digits) * 1000 : Number(digits.slice(0, 1 - String(perMs).length || undefined));
  const instantMs = whole + (perMs < 1 && fraction !== undefined ? Math.floor(Number(`0.${fraction}`) * 1000) : 0);
  return { kind: 'epoch', instantMs, dateMs: Math.floor(instantMs / DAY_MS) * DAY_MS };
}

function timeOfParts(
  year: number,
  month: number,
  day: number,
  [hour, minute, second = '0', fraction, zone]: readonly (string | undefined)[],
): WrittenTime | null {
  const dateMs = daysOf(year, month, day) * DAY_MS;
  if (Number.isNaN(dateMs)) return null;
  if (hour === undefined) return { kind: 'date', instantMs: dateMs, dateMs };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  const wallMs = dateMs + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + milliseconds;
  if (zone === undefined) return { kind: 'wall', instantMs: wallMs, dateMs };
  const minutes = /\d/.test(zone) ? Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '')) : 0;
  if (minutes === 0) return { kind: 'utc', instantMs: wallMs, dateMs };
  return { kind: 'offset', instantMs: wallMs - (zone.startsWith('-') ? -minutes : minutes) * MINUTE_MS, dateMs };
}
