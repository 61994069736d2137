import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { columns } from './write-rows';

/**
 * Inserts a row whose key may come from outside, in one statement that waits for whoever inserts the same key at the moment.
 *
 * @returns false, and nothing is written, where a unique key of the row is taken
 */
export async function insertNew<T extends ObjectLiteral>(
  em: EntityManager,
  entity: EntityTarget<T>,
  row: T,
): Promise<boolean> {
  const keys = em.connection.getMetadata(entity).primaryColumns.map((column) => column.propertyName);
  const { raw } = await em
    .createQueryBuilder()
    .insert()
    .into(entity)
    .values(columns(row))
    .orIgnore()
    .returning(keys)
    .execute();
  return (raw as unknown[]).length > 0;
}
