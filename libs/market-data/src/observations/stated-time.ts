import { DAY_MS, hasYear } from '@assay/primitives';
import { TimeCell } from '../files/cells/time-bytes';
import type { DayOrder } from '../files/cells/time-text';
import { ZoneClock } from '../files/cells/zone-clock';
import type { ReadNotes } from '../files/read-note';

/**
 * Reads times of observations and news. An instant begins and ends at once; a date alone lasts until its end by the clock
 * of the zone (UTC without one), since nothing says when in it something was known.
 */
export class StatedTime {
  /** 00:00Z of a date as written, or the instant. UTC milliseconds. */
  beginMs = NaN;
  /** The end of the date, or the instant. */
  endMs = NaN;
  isDate = false;
  private readonly cell: TimeCell;
  private readonly clock: ZoneClock | null;

  constructor(
    bytes: Uint8Array,
    order: DayOrder | null,
    private readonly zone: string | undefined,
    private readonly notes: ReadNotes,
  ) {
    this.cell = new TimeCell(bytes, order);
    this.clock = zone === undefined ? null : new ZoneClock(zone);
  }

  /** False when bytes [from, to) are no time, or none of the years 1 to 9999 of UTC. */
  read(line: number, from: number, to: number): boolean {
    const { cell, clock } = this;
    if (!cell.read(from, to)) return false;
    this.isDate = cell.kind === 'date';
    const instant = (wallMs: number): number => (clock === null ? wallMs : clock.instantMs(wallMs));
    if (this.isDate) {
      this.beginMs = cell.dateMs;
      this.endMs = instant(cell.dateMs + DAY_MS);
      return hasYear(this.endMs);
    }
    if (cell.kind === 'wall') this.noteZone(line);
    this.beginMs = cell.kind === 'wall' ? instant(cell.instantMs) : cell.instantMs;
    this.endMs = this.beginMs;
    return hasYear(this.beginMs);
  }

  private noteZone(line: number): void {
    const { zone, notes } = this;
    if (notes.facts.zone !== null) return;
    notes.facts.zone = zone ?? 'UTC';
    const how = zone === undefined ? 'as UTC: give a zone where they are not' : `by the clocks of ${zone}`;
    notes.recognise('zone', `times state no zone and are read ${how}`, line);
  }
}
