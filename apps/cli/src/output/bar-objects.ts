import { STANDARD_COLUMNS, type BarColumns } from '@assay/domain';
import { barTime } from '../input/bars-file';

/** Bars as JSON documents show them, an object a bar. */
export function barObjects(bars: BarColumns): Record<string, number | string>[] {
  const columns = [...STANDARD_COLUMNS.map((name) => [name, bars[name]] as const), ...Object.entries(bars.extra)];
  return Array.from(bars.openTimeMs, (_, i) => ({
    time: barTime(bars, i),
    ...Object.fromEntries(columns.map(([name, values]) => [name, values[i]])),
  }));
}
