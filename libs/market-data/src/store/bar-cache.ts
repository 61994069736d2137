import type { Series } from './series';
import type { BarRange, StoredColumns } from './stored-columns';

/**
 * Bars of versions of series beside the database. A version is what a fingerprint stands for, so what is kept is either the
 * bars of the series as its row says, or not there.
 */
export interface BarCache {
  /** Whether a series is long enough to be worth it. */
  keeps(series: Series): boolean;
  /** The bars of this version of a series, or null where they are not kept whole and right, or rows are quicker. */
  read(series: Series, range: BarRange): Promise<StoredColumns | null>;
  /** Whether a range that was not kept is worth reading all bars, to keep them. */
  fills(series: Series, range: BarRange): boolean;
  /** Keeps all bars of a version where they have its fingerprint. @returns whether they have */
  write(series: Series, stored: StoredColumns): Promise<boolean>;
}

export const NO_CACHE: BarCache = {
  keeps: () => false,
  read: () => Promise.resolve(null),
  fills: () => false,
  write: () => Promise.resolve(false),
};
