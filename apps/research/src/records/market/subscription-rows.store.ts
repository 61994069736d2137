import { insertNew } from '@assay/persistence';
import { updateVersioned } from '@assay/platform';
import { notFound, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MoreThan } from 'typeorm';
import { SubscriptionEntity } from './subscription.entity';

/** Subscriptions as their owners make and change them; refreshes read and write them through `SubscriptionStore`. */
@Injectable()
export class SubscriptionRows {
  list(em: EntityManager, ownerId: string, limit: number, cursor?: string): Promise<SubscriptionEntity[]> {
    const where = cursor === undefined ? { ownerId } : { ownerId, id: MoreThan(cursor) };
    return em.find(SubscriptionEntity, { where, order: { id: 'ASC' }, take: limit });
  }

  async get(em: EntityManager, ownerId: string, id: string): Promise<SubscriptionEntity> {
    const row = await em.findOneBy(SubscriptionEntity, { id, ownerId });
    if (!row) throw notFound('subscription', id);
    return row;
  }

  /** @throws DomainError `already_exists` where the series has a subscription, whoever's it is */
  async add(em: EntityManager, row: SubscriptionEntity): Promise<SubscriptionEntity> {
    if (await insertNew(em, SubscriptionEntity, row)) return this.get(em, row.ownerId, row.id);
    // the key that was sent and nothing of the row that has it: a series is everybody's, whose feed it has is not
    const { source, symbol, timeframe } = row;
    throw refuse('already_exists', `${symbol} ${timeframe} from ${source} has a subscription: state another source`, {
      source,
      symbol,
      timeframe,
    });
  }

  change(
    em: EntityManager,
    { id, ownerId }: SubscriptionEntity,
    expected: number,
    set: Partial<SubscriptionEntity>,
  ): Promise<SubscriptionEntity> {
    return updateVersioned(em, SubscriptionEntity, { id, ownerId, kind: 'subscription' }, expected, set);
  }

  async remove(em: EntityManager, ownerId: string, id: string): Promise<void> {
    const { affected } = await em.delete(SubscriptionEntity, { id, ownerId });
    if (!affected) throw notFound('subscription', id);
  }
}
