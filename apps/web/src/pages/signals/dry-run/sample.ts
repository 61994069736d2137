import type { ChartBar } from '../../../charts/bars';
import type { ChartMarker } from '../../../charts/price-canvas';
import type { Column } from '../../../definitions/dataset-column';
import type { DryRunRow, SampleRow } from '../verdict';

const BAR_COLUMNS = new Set(['open', 'high', 'low', 'close', 'volume']);

/** The values of `names` at every bar. What neither the bar nor a column has is missing, never 0. */
export function sampleOf(
  bars: readonly ChartBar[],
  names: readonly string[],
  columns: ReadonlyMap<string, Column>,
): SampleRow[] {
  return bars.map((bar) =>
    Object.fromEntries(
      names.map((name) => {
        const column = columns.get(name);
        if (column) return [name, column.get(bar.time) ?? null];
        return [name, BAR_COLUMNS.has(name) ? (bar[name as 'close'] ?? null) : null];
      }),
    ),
  );
}

const WORDS: Record<number, string> = { 1: 'long', 0: 'out', [-1]: 'short' };

/** The bars at which the target changes. From nothing to out is no change: nothing was held. */
export function marksOf(bars: readonly ChartBar[], rows: readonly DryRunRow[]): ChartMarker[] {
  let before = 0;
  return rows.flatMap(({ signal }, index): ChartMarker[] => {
    const after = signal ?? 0;
    const bar = bars[index];
    if (!bar || after === before) return [];
    const kind = after > before ? 'buy' : 'sell';
    before = after;
    return [{ time: bar.time, kind, text: WORDS[after] ?? String(after) }];
  });
}

/** Bars by the target that was in force after them. */
export function countTargets(rows: readonly DryRunRow[]): Record<'long' | 'out' | 'short' | 'unknown', number> {
  const counts = { long: 0, out: 0, short: 0, unknown: 0 };
  for (const { signal, decision } of rows) {
    if (decision === 'NO_SIGNAL') counts.unknown += 1;
    if (signal === 1) counts.long += 1;
    else if (signal === -1) counts.short += 1;
    else counts.out += 1;
  }
  return counts;
}
