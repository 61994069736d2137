import type { EntityManager } from 'typeorm';
import type { PageRead } from '../../src/records/list-page';
import type { Connection } from '../research-database';

/** What a store in memory is handed in place of a connection: it asks for none. */
export const NO_CONNECTION = { insert: () => Promise.resolve({}) } as unknown as EntityManager;
export const noConnection: Connection = { em: NO_CONNECTION, transaction: (body) => body(NO_CONNECTION) };

/** @throws Error where rows are asked for by what only the database can select by: all rows would be a wrong answer. */
export function assertUnfiltered(filter: { tag?: string; q?: string; status?: string }): void {
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) throw new Error(`a store in memory must be asked without ${name}, was ${value}`);
}

/** A page of rows that are sorted, the oldest first. */
export function pageOfSorted<Row extends { id: string }>(
  oldestFirst: readonly Row[],
  { limit, cursor, order }: PageRead,
): Row[] {
  const rows = order === 'newest' ? [...oldestFirst].reverse() : oldestFirst;
  const from = cursor === undefined ? 0 : rows.findIndex(({ id }) => id === cursor) + 1;
  return rows.slice(from, from + limit);
}

/** A row as a database would give it back: nobody else holds it. */
export const copy = <T>(row: T): T => structuredClone(row);
