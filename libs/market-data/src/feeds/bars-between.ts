import { sliceBars, type BarColumns } from '@assay/domain';

/** The bars that open in [fromMs, toMs), as views. */
export function barsBetween(bars: BarColumns, fromMs: number, toMs: number): BarColumns {
  const times = bars.openTimeMs;
  let [from, to] = [0, times.length];
  while (from < to && times[from] < fromMs) from += 1;
  while (to > from && times[to - 1] >= toMs) to -= 1;
  return sliceBars(bars, from, to);
}
