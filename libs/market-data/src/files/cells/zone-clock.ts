import { DAY_MS } from '@assay/primitives';

/** Offsets change at full quarters of an hour only. */
const QUARTER_MS = 900_000;
const MOST_KEPT = 4096;
/** Before it every zone keeps the offset of its local mean time; `Date.UTC` takes years below 100 as of the 20th century. */
const EARLIEST_MS = Date.UTC(100, 0, 1);

/** Clock of an IANA zone that remembers offsets: rows of a file ask for the same ones over and over. */
export class ZoneClock {
  private readonly format: Intl.DateTimeFormat;
  private readonly known = new Map<number, number>();

  /** Throws RangeError for a name that is no zone. */
  constructor(zone: string) {
    const two = '2-digit';
    const clock = { hour: two, minute: two, second: two, hourCycle: 'h23' } as const;
    this.format = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: two, day: two, ...clock });
  }

  static isZone(name: string): boolean {
    try {
      return Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  }

  /** 00:00Z of the date that the zone's calendars show at an instant. */
  dateMs(instantMs: number): number {
    return Math.floor((instantMs + this.offsetMs(instantMs)) / DAY_MS) * DAY_MS;
  }

  /**
   * The instant at which the zone's clocks show a wall time (given as if UTC). Where they show it twice: the earlier one,
   * or the one that comes next to `previousMs`, in the direction in which the rows run.
   */
  instantMs(wallMs: number, previousMs = NaN, descending = false): number {
    const [before, after] = [this.offsetMs(wallMs - DAY_MS), this.offsetMs(wallMs + DAY_MS)];
    const [first, second] = [wallMs - Math.max(before, after), wallMs - Math.min(before, after)];
    if (first === second) return first;
    const fits = [first, second].filter((at) => at + this.offsetMs(at) === wallMs);
    if (fits.length === 0) return wallMs - before;
    if (descending) return fits.findLast((at) => at < previousMs) ?? fits[0];
    return fits.find((at) => at > previousMs) ?? fits[0];
  }

  private offsetMs(instantMs: number): number {
    const quarterMs = Math.max(Math.floor(instantMs / QUARTER_MS) * QUARTER_MS, EARLIEST_MS);
    const known = this.known.get(quarterMs);
    if (known !== undefined) return known;
    const parts = Object.fromEntries(this.format.formatToParts(quarterMs).map(({ type, value }) => [type, +value]));
    const { year, month, day, hour, minute, second } = parts;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarterMs;
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(quarterMs, offset);
    return offset;
  }
}
