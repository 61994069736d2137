export type SortKey = string | number | null | undefined;
export interface Sorting {
  column: string;
  descending: boolean;
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(a: SortKey, b: SortKey): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

const missing = (key: SortKey): boolean => key === null || key === undefined || Number.isNaN(key);

/** A sorted copy; equal rows keep their order and rows without a value come last either way. */
export function sortRows<Row>(rows: readonly Row[], keyOf: (row: Row) => SortKey, descending: boolean): Row[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  keyed.sort((a, b) => {
    if (missing(a.key) || missing(b.key)) return Number(missing(a.key)) - Number(missing(b.key));
    return descending ? compare(b.key, a.key) : compare(a.key, b.key);
  });
  return keyed.map(({ row }) => row);
}

/** A click on a heading: ascending, descending, the server's order again. */
export function nextSorting(current: Sorting | null, column: string): Sorting | null {
  if (current?.column !== column) return { column, descending: false };
  return current.descending ? null : { column, descending: true };
}
