import { DAY_MS } from '@assay/primitives';
import { daysInMonth, daysOf } from './civil-days';
import { textOf } from './number-bytes';
import { timeOfText, type DayOrder, type TimeKind } from './time-text';

/** Held here: an imported name is asked of its module for each cell. */
const DAY = DAY_MS;

/** Of two digits; -1000 where they are none. */
const pair = (bytes: Uint8Array, at: number): number => {
  const tens = bytes[at] - 48;
  const ones = bytes[at + 1] - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1000;
};
const DASH = 45;
const COLON = 58;
const BLANK = 32;
const LETTER_T = 84;
const LETTER_Z = 90;

/** Reads one time after another; the fields hold what the last one said. */
export interface TimeReader {
  /** What its places are counted in. */
  bytes: Uint8Array;
  readonly kind: TimeKind;
  /** UTC milliseconds; of a `wall` time as if its clock were UTC. */
  readonly instantMs: number;
  /** 00:00Z of the date as written. */
  readonly dateMs: number;
  /** False when bytes [from, to) are no time. */
  read(from: number, to: number): boolean;
}

/** Milliseconds since 00:00 of one date, by a clock whose zone the file does not say. */
export class DayTimeCell implements TimeReader {
  readonly kind = 'wall';
  instantMs = NaN;

  constructor(
    public bytes: Uint8Array,
    readonly dateMs: number,
  ) {}

  read(from: number, to: number): boolean {
    const text = textOf(this.bytes, from, to);
    const sinceMs = /^\d{1,8}$/.test(text) ? Number(text) : NaN;
    this.instantMs = this.dateMs + sinceMs;
    return sinceMs < DAY;
  }
}

/**
 * Reads one time after another; the fields hold what the last one said. `YYYY-MM-DD` alone or before `HH:MM:SS[Z]` is
 * read from its bytes, everything else from its text.
 */
export class TimeCell implements TimeReader {
  kind: TimeKind = 'date';
  instantMs = NaN;
  dateMs = NaN;

  /** The month of the last date: the next one is mostly of the same. */
  private year = 0;
  private month = 0;
  private days = 0;
  private firstDay = NaN;

  constructor(
    public bytes: Uint8Array,
    private readonly order: DayOrder | null,
  ) {}

  /** False when bytes [from, to) are no time. */
  read(from: number, to: number): boolean {
    const { bytes } = this;
    const length = to - from;
    const plain = bytes[from + 4] === DASH && bytes[from + 7] === DASH;
    if (!plain || (length !== 10 && length !== 19 && length !== 20)) return this.readText(from, to);
    const century = pair(bytes, from);
    const yearOfIt = pair(bytes, from + 2);
    this.setMonth(century < 0 || yearOfIt < 0 ? 0 : century * 100 + yearOfIt, pair(bytes, from + 5));
    const day = pair(bytes, from + 8);
    this.dateMs = day >= 1 && day <= this.days ? (this.firstDay + day - 1) * DAY : NaN;
    this.instantMs = this.dateMs;
    this.kind = 'date';
    if (length === 10) return !Number.isNaN(this.dateMs);
    const between = bytes[from + 10];
    const clocked = bytes[from + 13] === COLON && bytes[from + 16] === COLON;
    const ended = length === 19 || bytes[from + 19] === LETTER_Z;
    if ((between !== LETTER_T && between !== BLANK) || !clocked || !ended) return this.readText(from, to);
    const hour = pair(bytes, from + 11);
    const minute = pair(bytes, from + 14);
    const second = pair(bytes, from + 17);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
    this.instantMs = this.dateMs + ((hour * 60 + minute) * 60 + second) * 1000;
    this.kind = length === 19 ? 'wall' : 'utc';
    return !Number.isNaN(this.dateMs);
  }

  private setMonth(year: number, month: number): void {
    if (year === this.year && month === this.month) return;
    this.year = year;
    this.month = month;
    this.days = daysInMonth(year, month);
    this.firstDay = daysOf(year, month, 1);
  }

  private readText(from: number, to: number): boolean {
    const time = timeOfText(textOf(this.bytes, from, to), this.order);
    if (time === null) return false;
    this.kind = time.kind;
    this.instantMs = time.instantMs;
    this.dateMs = time.dateMs;
    return true;
  }
}
