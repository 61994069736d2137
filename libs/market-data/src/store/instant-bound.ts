import { hasYear } from '@assay/primitives';

/**
 * Bound of a range of times as the database reads it; open where none is given, and where it lies beyond the years 1 to
 * 9999, as the end of the last day does: their ISO text is none of PostgreSQL's.
 */
export function instantBound(ms: number | undefined, open: '-infinity' | 'infinity'): string {
  if (ms === undefined) return open;
  if (hasYear(ms)) return new Date(ms).toISOString();
  return ms < 0 ? '-infinity' : 'infinity';
}
