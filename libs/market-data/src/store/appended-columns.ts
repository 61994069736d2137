import type { BarColumns } from '@assay/domain';
import { STANDARD_COLUMNS } from '@assay/domain';
import { firstFrom, type StoredColumns } from './stored-columns';

/** The bars of an import with the factor of each. */
export interface AppendedBars {
  bars: BarColumns;
  adjFactor: Float64Array;
}

/**
 * The columns of a series to which bars were added, put together of those before and of the bars after them: no row is read again.
 * @param stored all bars before
 * @param extraColumns those of the series; one that the bars do not have is NaN
 */
export function appendedColumns(
  stored: StoredColumns,
  { bars, adjFactor }: AppendedBars,
  extraColumns: readonly string[],
): StoredColumns {
  const before = stored.openTimeMs.length;
  const from = firstFrom(bars.openTimeMs, stored.openTimeMs[before - 1] + 1);
  const added = bars.openTimeMs.length - from;
  const join = (old: Float64Array, column: Float64Array | undefined): Float64Array => {
    const joined = new Float64Array(before + added);
    joined.set(old);
    if (column) joined.set(column.subarray(from), before);
    else joined.fill(NaN, before);
    return joined;
  };
  return {
    openTimeMs: join(stored.openTimeMs, bars.openTimeMs),
    core: STANDARD_COLUMNS.map((name, i) => join(stored.core[i], bars[name])),
    adjFactor: join(stored.adjFactor, adjFactor),
    extra: extraColumns.map((name, i) => join(stored.extra[i], bars.extra[name])),
  };
}
