import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

/** TypeORM would take a JSON column apart, key by key; to us it is a value of its own type. */
export const columns = <T extends ObjectLiteral>(row: Partial<T>) => row as QueryDeepPartialEntity<T>;

/** Inserts a row; columns that are left out have their defaults. */
export async function insertRow<T extends ObjectLiteral>(
  em: EntityManager,
  entity: EntityTarget<T>,
  row: Partial<NoInfer<T>>,
): Promise<void> {
  await em.insert(entity, columns(row));
}

/** Writes rows, by one statement. */
export async function insertRows<T extends ObjectLiteral>(
  em: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly Partial<NoInfer<T>>[],
): Promise<void> {
  if (rows.length > 0) await em.insert(entity, rows.map(columns));
}

/** Writes a row; one with the same values of `keys` becomes it. */
export async function upsertRow<T extends ObjectLiteral>(
  em: EntityManager,
  entity: EntityTarget<T>,
  row: NoInfer<T>,
  keys: (keyof T & string)[],
): Promise<void> {
  await em.upsert(entity, columns(row), keys);
}

/** Changes the given columns of every row that `where` names; answers how many there were. */
export async function updateRows<T extends ObjectLiteral>(
  em: EntityManager,
  entity: EntityTarget<T>,
  where: FindOptionsWhere<T>,
  change: Partial<NoInfer<T>>,
): Promise<number> {
  const { affected } = await em.update(entity, where, columns(change));
  return affected ?? 0;
}
