import type { EntityManager } from 'typeorm';
import type { Connection } from '../research-database';

/** What a store in memory is handed in place of a connection: it asks for none. */
export const NO_CONNECTION = {} as EntityManager;
export const noConnection: Connection = { em: NO_CONNECTION, transaction: (body) => body(NO_CONNECTION) };

/** A row as a database would give it back: nobody else holds it. */
export const copy = <T>(row: T): T => structuredClone(row);
