import { RANGE_TOLERANCE, type BarColumns } from '@assay/domain';
import { timeText } from '@assay/primitives';
import { RepairList, type ReadNote } from '../read-note';

type Prices = Pick<BarColumns, 'openTimeMs' | 'open' | 'high' | 'low' | 'close'>;

/**
 * Moves, in place, an open or close that leaves low to high by rounding back to the bound. What leaves it by more is
 * left for the quality report. `lineOf` gives the line of a bar in its file.
 */
export function clipToRange(bars: Prices, lineOf?: (bar: number) => number): ReadNote[] {
  const clipped = clips();
  clipInto(clipped, bars, lineOf);
  return clipped.all();
}

/** What was clipped, over as many pieces as the bars come in. */
export const clips = (): RepairList =>
  new RepairList('clipped_to_range', (count) => `${count} prices were clipped in all`);

/** The same for one piece of the bars. */
export function clipInto(clipped: RepairList, bars: Prices, lineOf?: (bar: number) => number): void {
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
      const side = price > bound ? `above high ${high}` : `below low ${low}`;
      const line = lineOf?.(i);
      const where = `${line === undefined ? '' : `line ${line}, `}${timeText(bars.openTimeMs[i])}`;
      clipped.add(line, () => `${where}: ${name} ${price} is ${side} by rounding: clipped to ${bound}`);
    }
  }
}
