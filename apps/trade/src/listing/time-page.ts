import { dateTimeCheck, IntegerField, StringField } from '@assay/platform';
import { invalidField, isUuid } from '@assay/primitives';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

const MOST_ROWS = 1_000;

/** Lists answer `{items, next_cursor}`: ask again with the cursor until it is null. */
export class TimePageQueryDto {
  @IntegerField({ optional: true, min: 1, max: MOST_ROWS, default: MOST_ROWS, description: 'Most items to answer.' })
  limit?: number;

  @StringField({ optional: true, max: 64, description: 'The next_cursor of the page before.' })
  cursor?: string;
}

/** Columns that order a list: a time, and what tells rows of one instant apart. */
export interface PageKey {
  time: string;
  /** The time itself where a list has one row an instant. */
  id: string;
  idKind?: 'uuid' | 'integer';
  order?: 'ASC' | 'DESC';
}

export interface RowPage<T> {
  rows: T[];
  next_cursor: string | null;
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const INTEGER = /^[1-9]\d{0,8}$/;

/** @throws DomainError 422 for anything but what an answer has given out */
function readCursor(cursor: string, { time, id, idKind = 'uuid' }: PageKey): { at: string; after?: string } {
  const [at = '', after, ...more] = cursor.split('|');
  const isTime = TIME.test(at) && !dateTimeCheck(at);
  const isId = (text: string): boolean => (idKind === 'uuid' ? isUuid(text) : INTEGER.test(text));
  const isWhole = id === time ? after === undefined : after !== undefined && isId(after);
  if (isTime && isWhole && more.length === 0) return { at, after };
  throw invalidField('cursor', 'cursor', cursor, `cursor must be the next_cursor of the page before, was ${cursor}`);
}

/** A keyset page over (time, id) of a query whose alias is `r`: rows of one instant are neither skipped nor repeated. */
export async function timePage<T extends ObjectLiteral>(
  rows: SelectQueryBuilder<T>,
  key: PageKey,
  query: { limit?: number; cursor?: string },
  defaultLimit = MOST_ROWS,
): Promise<RowPage<T>> {
  const { time, id, order = 'ASC' } = key;
  const limit = query.limit ?? defaultLimit;
  const beyond = order === 'ASC' ? '>' : '<';
  rows.orderBy(`r.${time}`, order).take(limit + 1);
  if (id !== time) rows.addOrderBy(`r.${id}`, order);
  if (query.cursor !== undefined) {
    const { at, after } = readCursor(query.cursor, key);
    if (after === undefined) rows.andWhere(`r.${time} ${beyond} :at`, { at });
    else rows.andWhere(`(r.${time}, r.${id}) ${beyond} (:at, :after)`, { at, after });
  }
  const found = await rows.getMany();
  const shown = found.slice(0, limit);
  const last = shown.at(-1) as Record<string, unknown> | undefined;
  if (found.length <= limit || last === undefined) return { rows: shown, next_cursor: null };
  const at = (last[time] as Date).toISOString();
  return { rows: shown, next_cursor: id === time ? at : `${at}|${String(last[id])}` };
}
