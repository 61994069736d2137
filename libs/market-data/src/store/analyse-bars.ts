import type { Query } from './series';

/** Fewer new bars change no plan. */
const MANY_BARS = 50_000;

/**
 * Has the server count its bars anew after an import of many. It does so by itself within minutes; until then it plans as if a series had
 * a few hundred bars, and sorts all of a million to give the first thousand. Holds a lock that another analysis waits for: call it
 * after the transaction of the import.
 */
export async function analyseBars(query: Query, { inserted }: { inserted: number }): Promise<void> {
  if (inserted >= MANY_BARS) await query('SELECT market.analyze_bars()');
}
