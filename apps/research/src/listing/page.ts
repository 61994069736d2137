import { DEFAULT_LIMIT, PageQuery, RevisionPageQuery } from './page.request';

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** Reads one row more than asked, to know whether there is a next page. The rows are presented together: what they need is read once for all. */
export async function pageOf<Row extends { id: string }, T>(
  query: PageQuery,
  read: (limit: number, cursor?: string) => Promise<Row[]>,
  present: (rows: Row[]) => T[] | Promise<T[]>,
): Promise<Page<T>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const rows = await read(limit + 1, query.cursor);
  const shown = rows.slice(0, limit);
  return { items: await present(shown), next_cursor: rows.length > limit ? shown[shown.length - 1]!.id : null };
}

export async function revisionPageOf<Row extends { revision: number }, T>(
  query: RevisionPageQuery,
  read: (limit: number, after: number) => Promise<Row[]>,
  present: (rows: Row[]) => T[] | Promise<T[]>,
): Promise<{ items: T[]; next_cursor: number | null }> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const rows = await read(limit + 1, query.cursor ?? 0);
  const shown = rows.slice(0, limit);
  return { items: await present(shown), next_cursor: rows.length > limit ? shown[shown.length - 1]!.revision : null };
}
