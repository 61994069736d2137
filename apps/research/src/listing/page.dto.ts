import { IntegerField, UuidField } from '@assay/platform';

const DEFAULT_LIMIT = 100;

/** Lists answer `{items, next_cursor}`: ask again with the cursor until it is null. */
export class PageQuery {
  @IntegerField({ optional: true, min: 1, max: 1000, default: DEFAULT_LIMIT, description: 'most items to answer' })
  limit?: number;
  @UuidField({ optional: true, description: '`next_cursor` of the page before' }) cursor?: string;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** Reads one row more than asked, to know whether there is a next page. */
export async function pageOf<Row extends { id: string }, T>(
  query: PageQuery,
  read: (limit: number, cursor?: string) => Promise<Row[]>,
  present: (row: Row) => T | Promise<T>,
): Promise<Page<T>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const rows = await read(limit + 1, query.cursor);
  const shown = rows.slice(0, limit);
  return {
    items: await Promise.all(shown.map(present)),
    next_cursor: rows.length > limit ? shown[shown.length - 1]!.id : null,
  };
}
