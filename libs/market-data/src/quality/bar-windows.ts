import type { Timeframe } from '@assay/contracts';
import type { BarColumns, StandardColumn } from '@assay/domain';
import { Room, type SpooledBars } from '../spool';

/** The columns that are judged. */
export type JudgedColumns = Omit<BarColumns, 'extra'>;

/** Some of the bars, with one before and one after them where there are; their memory is that of the next window. */
export interface BarWindow {
  bars: JudgedColumns;
  /** Of the window's first bar among all. */
  offset: number;
  /** Indexes in the window of its own bars: [from, to). */
  from: number;
  to: number;
}

/** What sessions are compared with. */
export type BarTimes = Pick<BarColumns, 'openTimeMs' | 'timeframe'>;

/** Bars that are judged a window at a time: wherever they lie, only their times and a window are in memory. */
export interface BarWindows {
  timeframe: Timeframe;
  openTimeMs: Float64Array;
  windows(): Iterable<BarWindow>;
}

/** Bars in memory are one window. */
export const windowsOf = (bars: JudgedColumns): BarWindows => ({
  timeframe: bars.timeframe,
  openTimeMs: bars.openTimeMs,
  windows: () => [{ bars, offset: 0, from: 0, to: bars.openTimeMs.length }],
});

/** Bars on disk, so many at a time, and of these the columns that are asked for. */
export function windowsOfSpool(spooled: SpooledBars, rows: number): BarWindows {
  const { timeframe, count } = spooled.facts;
  const room = new Room();
  return {
    timeframe,
    openTimeMs: spooled.columns.read('openTimeMs', 0, count),
    *windows() {
      for (let begin = 0; begin < count; begin += rows) {
        const offset = Math.max(0, begin - 1);
        const end = Math.min(count, begin + rows);
        const bars = spooled.lazily(offset, Math.min(count, end + 1), room);
        yield { bars, offset, from: begin - offset, to: end - offset };
      }
    },
  };
}

/** Whether a column is there: one that is missing is NaN throughout. */
export function isPresent(all: BarWindows, name: StandardColumn): boolean {
  for (const { bars } of all.windows()) if (!bars[name].every(Number.isNaN)) return true;
  return false;
}
