import { DAY_MS } from '@assay/primitives';
import { daysOf } from './civil-days';
import { textOf } from './number-bytes';
import { timeOfText, type DayOrder, type TimeKind } from './time-text';

/** Held here: an imported name is asked of its module for each cell. */
const DAY = DAY_MS;

const pair = (bytes: Uint8Array, at: number): number => {
  const tens = bytes[at] - 48;
  const ones = bytes[at + 1] - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
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
    const year = pair(bytes, from) * 100 + pair(bytes, from + 2);
    this.dateMs = daysOf(year, pair(bytes, from + 5), pair(bytes, from + 8)) * DAY;
    this.instantMs = this.dateMs;
    this.kind = 'date';
    if (length === 10) return !Number.isNaN(this.dateMs);
    const between = bytes[from + 10];
    const clocked = bytes[from + 13] === COLON && bytes[from + 16] === COLON;
    const ended = length === 19 || bytes[from + 19] === LETTER_Z;
    if ((between !== LETTER_T && between !== BLANK) || !clocked || !ended) return this.readText(from, to);
    const [hour, minute, second] = [pair(bytes, from + 11), pair(bytes, from + 14), pair(bytes, from + 17)];
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return false;
    this.instantMs = this.dateMs + ((hour * 60 + minute) * 60 + second) * 1000;
    this.kind = length === 19 ? 'wall' : 'utc';
    return !Number.isNaN(this.dateMs);
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
