import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { timePage, type RowPage } from '../listing/time-page';

const DEFAULT_ROWS = 500;

export const LOG_ORDERS = ['oldest', 'newest'] as const;
/** Which end of a log its first page shows. */
export type LogOrder = (typeof LOG_ORDERS)[number];

/** A span of time, and where in it to go on. */
export interface SpanQuery {
  from?: string;
  to?: string;
  limit?: number;
  cursor?: string;
  /** Oldest first where nothing is stated. */
  order?: LogOrder;
}

/** A page of what a deployment has left behind. */
export function deploymentPage<T extends ObjectLiteral & { deploymentId: string }>(
  em: EntityManager,
  entity: EntityTarget<T>,
  key: { time: string; id: string },
  deploymentId: string,
  query: SpanQuery,
): Promise<RowPage<T>> {
  const rows = em.createQueryBuilder(entity, 'r').where('r.deploymentId = :deploymentId', { deploymentId });
  if (query.from) rows.andWhere(`r.${key.time} >= :from`, { from: query.from });
  if (query.to) rows.andWhere(`r.${key.time} <= :to`, { to: query.to });
  const order = query.order === 'newest' ? 'DESC' : 'ASC';
  return timePage(rows, { ...key, order }, query, DEFAULT_ROWS);
}
