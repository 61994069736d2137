import { barAt, type BarColumns } from '@assay/domain';
import { refuse } from '@assay/primitives';
import type { MarketStore, Series } from '../store';
import { pickBars } from './join-bars';

/**
 * @param hasActions whether its factors are those of corporate actions, which new raw bars get too
 * @throws DomainError `conflict` for a series that raw bars of a feed would take something from
 */
export function requireSameKind(series: Series, bars: BarColumns, hasActions: boolean): void {
  const { symbol, timeframe, source, extraColumns } = series;
  const name = `${symbol} ${timeframe} from ${source}`;
  if (series.adjusted && !hasActions) {
    throw refuse(
      'conflict',
      `the stored bars of ${name} have adjustments of an adjusted close, and feeds give raw bars: import them with adjust none and ` +
        'declare their splits and dividends (assay data actions), or subscribe under another source',
    );
  }
  const lost = extraColumns.filter((column) => !Object.hasOwn(bars.extra, column));
  if (lost.length === 0) return;
  throw refuse(
    'conflict',
    `the stored bars of ${name} have columns ${lost.join(', ')} that the feed does not give: subscribe under another source`,
  );
}

/** What may be written by who may not correct: bars before and after the stored ones; `withheld` counts the others that differ from them. */
export async function addedOnly(
  store: MarketStore,
  series: Series,
  bars: BarColumns,
): Promise<{ bars: BarColumns; withheld: number }> {
  const { firstOpenMs, lastOpenMs } = series;
  if (firstOpenMs === null || lastOpenMs === null) return { bars, withheld: 0 };
  const places = Array.from(bars.openTimeMs.keys());
  const isNew = (at: number): boolean => bars.openTimeMs[at] < firstOpenMs || bars.openTimeMs[at] > lastOpenMs;
  const others = places.filter((at) => !isNew(at));
  if (others.length === 0) return { bars, withheld: 0 };
  const toMs = bars.openTimeMs[others[others.length - 1]] + 1;
  const stored = await store.barsOf(series, { fromMs: bars.openTimeMs[others[0]], toMs });
  const at = new Map(Array.from(stored.openTimeMs, (time, i) => [time, i]));
  const differs = (place: number): boolean => {
    const known = at.get(bars.openTimeMs[place]);
    return known === undefined || JSON.stringify(barAt(bars, place)) !== JSON.stringify(barAt(stored, known));
  };
  return { bars: pickBars(bars, places.filter(isNew)), withheld: others.filter(differs).length };
}
