import { columns } from '@assay/persistence';
import { DomainError, notFound } from '@assay/primitives';
import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';

export interface VersionedRow extends ObjectLiteral {
  id: string;
  ownerId: string | null;
  version: number;
}

/** @throws DomainError 409 `stale_version` with the current version */
export function assertVersion(row: { version: number }, expected: number): void {
  if (row.version !== expected) {
    throw new DomainError('stale_version', `version must be ${row.version}, was ${expected}`, {
      current_version: row.version,
      stated_version: expected,
    });
  }
}

/**
 * Writes `patch` and raises `version` by one in a single conditional UPDATE, so that of two writers who read the same version one is refused.
 * `expected` undefined writes whatever the version is (for switches that must always work, like `enabled: false`).
 *
 * @returns the row after the write
 * @throws DomainError 404 when there is no such row of this owner, 409 `stale_version`
 */
export async function updateVersioned<T extends VersionedRow>(
  em: EntityManager,
  entity: EntityTarget<T>,
  { id, ownerId, kind }: { id: string; ownerId: string; kind?: string },
  expected: number | undefined,
  patch: Partial<T>,
): Promise<T> {
  const own = { id, ownerId } as FindOptionsWhere<T>;
  const where = (expected === undefined ? own : { ...own, version: expected }) as FindOptionsWhere<T>;
  const set = Object.assign({ ...columns(patch) }, { version: () => 'version + 1' });
  const { affected } = await em.createQueryBuilder().update(entity).set(set).where(where).execute();
  const row = await em.findOne(entity, { where: own });
  if (!row) throw notFound(kind ?? em.connection.getMetadata(entity).tableName, id);
  if (!affected) assertVersion(row, expected!);
  return row;
}
