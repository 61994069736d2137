import type { EntityManager } from 'typeorm';
import type { Connection } from '../research-database';

/** What a store in memory is handed in place of a connection: it asks for none. */
export const NO_CONNECTION = {} as EntityManager;
export const noConnection: Connection = { em: NO_CONNECTION, transaction: (body) => body(NO_CONNECTION) };

/** @throws Error where rows are asked for by a tag: annotations are the database's, and all rows would be a wrong answer. */
export function assertNoTag(tag: string | undefined): void {
  if (tag !== undefined) throw new Error(`a store in memory must be asked without a tag, it has none, was ${tag}`);
}

/** A row as a database would give it back: nobody else holds it. */
export const copy = <T>(row: T): T => structuredClone(row);
