import type { EntityManager, EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

/** Who answers SQL: a transaction's manager, or connections beside it. */
export interface Queries {
  query(sql: string, params?: unknown[]): Promise<unknown[]>;
}

/** A row's columns as TypeORM's statements take them: its own type makes something else of what JSON columns hold. */
export const columns = <T extends ObjectLiteral>(row: Partial<T>): QueryDeepPartialEntity<T> =>
  row as QueryDeepPartialEntity<T>;

/** Inserts rows that are known to be new. */
export async function insertRows<T extends ObjectLiteral>(
  em: EntityManager,
  entity: EntityTarget<T>,
  ...rows: T[]
): Promise<void> {
  if (rows.length > 0) await em.insert(entity, rows.map(columns<T>));
}
