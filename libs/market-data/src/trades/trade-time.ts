import { textOf } from '../files/cells/number-bytes';
import { TimeCell } from '../files/cells/time-bytes';
import { clockOfText, type DayOrder } from '../files/cells/time-text';

const POINT = 46;
const FRACTION = /[:]\d{2}[.,](\d{4,})/;
const DIGITS_OF_NS = 6;

/** An epoch of seconds has ten digits before the millisecond's three. */
const MS_DIGITS = 13;

/**
 * Reads times of trades to the nanosecond: what the reader of bars reads, with `ns` beyond the millisecond. An epoch of
 * 10, 13, 16 or 19 digits, with or without a fraction, is read from its bytes.
 */
export class TradeTimeCell {
  instantMs = NaN;
  /** Nanoseconds beyond `instantMs`, in [0, 999999]. */
  ns = 0;
  /** Whether the time states no zone: `instantMs` is then as if its clock were UTC. */
  isWall = false;
  private readonly cell: TimeCell;

  constructor(
    private readonly bytes: Uint8Array,
    order: DayOrder | null,
  ) {
    this.cell = new TimeCell(bytes, order);
  }

  /** False when bytes [from, to) are no time, or a date alone. */
  read(from: number, to: number): boolean {
    if (this.readEpoch(from, to)) return true;
    if (!this.cell.read(from, to) || this.cell.kind === 'date') return false;
    const { kind, instantMs } = this.cell;
    this.isWall = kind === 'wall';
    this.instantMs = instantMs;
    this.ns = to - from > 23 ? nanoseconds(textOf(this.bytes, from, to)) : 0;
    return true;
  }

  /** A date in one cell and a time of day in another. False when either is none. */
  readWithClock(from: number, to: number, clockFrom: number, clockTo: number): boolean {
    if (!this.cell.read(from, to)) return false;
    const text = textOf(this.bytes, clockFrom, clockTo);
    this.isWall = true;
    this.instantMs = this.cell.dateMs + clockOfText(text);
    this.ns = nanoseconds(text);
    return !Number.isNaN(this.instantMs);
  }

  /** Digits beyond the millisecond are split off before they meet a double, which would round them. */
  private readEpoch(from: number, to: number): boolean {
    const { bytes } = this;
    let point = from;
    while (point < to && bytes[point] !== POINT) point += 1;
    const whole = point - from;
    if (whole !== 10 && whole !== MS_DIGITS && whole !== 16 && whole !== 19) return false;
    let ms = 0;
    let ns = 0;
    let digits = 0;
    for (let at = from; at < to; at += 1) {
      if (at === point) continue;
      const digit = bytes[at] - 48;
      if (!(digit >= 0 && digit <= 9)) return false;
      if (digits < MS_DIGITS) ms = ms * 10 + digit;
      else if (digits < MS_DIGITS + DIGITS_OF_NS) ns = ns * 10 + digit;
      digits += 1;
    }
    for (; digits < MS_DIGITS; digits += 1) ms *= 10;
    for (; digits < MS_DIGITS + DIGITS_OF_NS; digits += 1) ns *= 10;
    this.instantMs = ms;
    this.ns = ns;
    this.isWall = false;
    return true;
  }
}

/** Nanoseconds beyond the millisecond of a written time; digits beyond the ninth are left out. */
function nanoseconds(text: string): number {
  const fraction = FRACTION.exec(text)?.[1];
  return fraction === undefined ? 0 : Number(fraction.slice(3, 9).padEnd(DIGITS_OF_NS, '0'));
}

/** The time as ISO-8601 with as many decimals as it has: three, six or nine. */
export function tradeTimeText(timeMs: number, ns: number): string {
  const iso = new Date(timeMs).toISOString();
  if (ns === 0) return iso;
  const digits = String(ns).padStart(DIGITS_OF_NS, '0');
  return `${iso.slice(0, -1)}${ns % 1000 === 0 ? digits.slice(0, 3) : digits}Z`;
}
