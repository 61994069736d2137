import { RANGE_TOLERANCE, type BarColumns } from '@assay/domain';
import type { ReadNote } from '../read-note';

type Prices = Pick<BarColumns, 'openTimeMs' | 'open' | 'high' | 'low' | 'close'>;

const MOST_LISTED = 20;
const dateText = (timeMs: number): string => new Date(timeMs).toISOString().replace('T00:00:00.000Z', '');

/**
 * Moves, in place, an open or close that leaves low to high by rounding back to the bound. What leaves it by more is
 * left for the quality report. `lineOf` gives the line of a bar in its file.
 */
export function clipToRange(bars: Prices, lineOf?: (bar: number) => number): ReadNote[] {
  const notes: ReadNote[] = [];
  let count = 0;
  for (let i = 0; i < bars.close.length; i += 1) {
    const [high, low] = [bars.high[i], bars.low[i]];
    // false for a column that the file does not have, and no bound where there is no range
    if (!(low <= high) || !(bars.open[i] > high || bars.close[i] > high || bars.open[i] < low || bars.close[i] < low))
      continue;
    for (const name of ['open', 'close'] as const) {
      const price = bars[name][i];
      const bound = price > high ? high : price < low ? low : price;
      if (bound === price || Math.abs(price - bound) > RANGE_TOLERANCE * bound) continue;
      bars[name][i] = bound;
      count += 1;
      if (notes.length >= MOST_LISTED) continue;
      const side = price > bound ? `above high ${high}` : `below low ${low}`;
      const line = lineOf?.(i);
      const where = `${line === undefined ? '' : `line ${line}, `}${dateText(bars.openTimeMs[i])}`;
      const message = `${where}: ${name} ${price} is ${side} by rounding: clipped to ${bound}`;
      notes.push({ code: 'clipped_to_range', message, ...(line === undefined ? {} : { line }) });
    }
  }
  if (count > notes.length) {
    notes.push({ code: 'clipped_to_range', message: `${count} prices were clipped in all`, count });
  }
  return notes;
}

/** Turns every column round, in place. */
export function turnRound(columns: readonly (Float64Array | Int32Array)[]): void {
  for (const column of columns) column.reverse();
}
