import { AuditEntity, UserEntity } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { newId } from '@assay/primitives/ids';
import { isAdministrator, type Principal } from './principal';

const MOST_LISTED = 1_000;

export interface AuditQuery {
  limit?: number;
  cursor?: string;
  mine?: boolean;
  /** What actions begin with. */
  action?: string;
}

export interface AuditRow extends AuditEntity {
  /** Null for nobody who was known, or is known any more. */
  actor: string | null;
}

/** Keeps who did what, with the transaction that does it. */
export async function addAudit(
  em: EntityManager,
  actorId: string | null,
  action: string,
  subject: string,
  facts?: object,
): Promise<void> {
  await em.insert(AuditEntity, { id: newId(), actorId, action, subject, facts: (facts ?? null) as never });
}

/**
 * What was done that matters for access, money or the state of what trades: one's own doing and what was done by itself to what is one's
 * own, or everything for administrators.
 */
@Injectable()
export class AuditService {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  async list(principal: Principal, query: AuditQuery): Promise<{ rows: AuditRow[]; nextCursor: string | null }> {
    const { limit = MOST_LISTED, cursor, mine = false, action } = query;
    const em = this.dataSource.manager;
    const found = em
      .createQueryBuilder(AuditEntity, 'r')
      .orderBy('r.id', 'DESC')
      .take(limit + 1);
    const { userId } = principal;
    if (mine) found.where('r.actorId = :userId', { userId });
    // what the service did by itself to what is somebody's, as the halt of an account by its limits
    else if (!isAdministrator(principal))
      found.where(`(r.actorId = :userId OR (r.actorId IS NULL AND r.facts ->> 'owner_id' = :userId::text))`, {
        userId,
      });
    if (action !== undefined) found.andWhere('starts_with(r.action, :action)', { action });
    if (cursor !== undefined) found.andWhere('r.id < :cursor', { cursor });
    const entities = await found.getMany();
    const shown = entities.slice(0, limit);
    const ids = [...new Set(shown.flatMap(({ actorId }) => (actorId === null ? [] : [actorId])))];
    const users =
      ids.length === 0
        ? []
        : await em.find(UserEntity, { where: { id: In(ids) }, select: { id: true, username: true } });
    const nameOf = new Map(users.map(({ id, username }) => [id, username]));
    const rows = shown.map((row) => ({ ...row, actor: (row.actorId && nameOf.get(row.actorId)) ?? null }));
    return { rows, nextCursor: entities.length > limit ? shown.at(-1)!.id : null };
  }
}
