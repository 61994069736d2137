/** Columns every series of bars has; `v` is another name of `close`. */
export const STANDARD_COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;
export type StandardColumn = (typeof STANDARD_COLUMNS)[number];

/** Names a document may give a column: `v` for close, the standard ones, then `extra` in its own order. */
export function columnNames(extra: readonly string[] = []): string[] {
  return ['v', ...STANDARD_COLUMNS, ...extra];
}
