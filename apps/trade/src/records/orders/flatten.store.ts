import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FlattenRequestEntity } from './flatten-request.entity';

/** Flattens that wait for orders of unknown fate. */
@Injectable()
export class FlattenStore {
  of(em: EntityManager, deploymentId: string): Promise<FlattenRequestEntity | null> {
    return em.findOneBy(FlattenRequestEntity, { deploymentId });
  }

  lock(em: EntityManager, deploymentId: string): Promise<FlattenRequestEntity | null> {
    return em.findOne(FlattenRequestEntity, { where: { deploymentId }, lock: { mode: 'pessimistic_write' } });
  }

  async keep(em: EntityManager, request: FlattenRequestEntity): Promise<void> {
    await em.upsert(FlattenRequestEntity, request, ['deploymentId']);
  }

  async end(em: EntityManager, deploymentId: string): Promise<void> {
    await em.delete(FlattenRequestEntity, { deploymentId });
  }
}
