import { insertRow } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OutsideTrialsEntity } from './outside-trials.entity';

/** Declared numbers of trials made elsewhere: only ever added to, and only ever larger. */
@Injectable()
export class OutsideTrialsStore {
  /** Declarations of a lineage, the smallest number first, which is the order they were made in. */
  of(em: EntityManager, ownerId: string, lineageId: string): Promise<OutsideTrialsEntity[]> {
    return em.find(OutsideTrialsEntity, { where: { ownerId, lineageId }, order: { trials: 'ASC' } });
  }

  /** The number that holds; 0 where none was declared. */
  async declared(em: EntityManager, ownerId: string, lineageId: string): Promise<number> {
    return (await em.maximum(OutsideTrialsEntity, 'trials', { ownerId, lineageId })) ?? 0;
  }

  /** Until the transaction ends nobody else declares for the lineage. */
  async hold(em: EntityManager, ownerId: string, lineageId: string): Promise<void> {
    await em.query(`SELECT pg_advisory_xact_lock(hashtextextended('outside trials ' || $1 || ' ' || $2, 0))`, [
      ownerId,
      lineageId,
    ]);
  }

  async add(em: EntityManager, row: OutsideTrialsEntity): Promise<void> {
    await insertRow(em, OutsideTrialsEntity, row);
  }
}
