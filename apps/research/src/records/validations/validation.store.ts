import { insertRow, updateRows } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ValidationEntity, type ValidationKind } from './validation.entity';

/** What a run that has ended leaves in its row. */
export type ValidationOutcome = Pick<ValidationEntity, 'result' | 'evidenceUri' | 'artifact' | 'data'>;
export type NewValidation = Pick<
  ValidationEntity,
  'id' | 'ownerId' | 'strategyId' | 'revision' | 'configHash' | 'kind' | 'request' | 'jobId'
>;
export type ValidationOrigin = Pick<
  ValidationEntity,
  'id' | 'revision' | 'configHash' | 'kind' | 'status' | 'data' | 'createdAt'
>;

@Injectable()
export class ValidationStore {
  async insertQueued(em: EntityManager, row: NewValidation): Promise<void> {
    await insertRow(em, ValidationEntity, { ...row, status: 'queued', createdAt: new Date() });
  }

  /** @throws EntityNotFoundError: a job names it, so it must be there */
  require(em: EntityManager, ownerId: string, id: string): Promise<ValidationEntity> {
    return em.findOneByOrFail(ValidationEntity, { id, ownerId });
  }

  newest(
    em: EntityManager,
    strategyId: string,
    revision: number,
    kind: ValidationKind,
  ): Promise<ValidationEntity | null> {
    return em.findOne(ValidationEntity, { where: { strategyId, revision, kind }, order: { id: 'DESC' } });
  }

  /** Completed runs of a revision, the newest first. */
  completedOf(em: EntityManager, strategyId: string, revision: number): Promise<ValidationEntity[]> {
    return em.find(ValidationEntity, { where: { strategyId, revision, status: 'completed' }, order: { id: 'DESC' } });
  }

  /** Runs of all revisions, oldest first. */
  originsOf(em: EntityManager, strategyId: string): Promise<ValidationOrigin[]> {
    return em.find(ValidationEntity, {
      select: { id: true, revision: true, configHash: true, kind: true, status: true, data: true, createdAt: true },
      where: { strategyId },
      order: { id: 'ASC' },
    });
  }

  async start(em: EntityManager, id: string): Promise<void> {
    await updateRows(em, ValidationEntity, { id }, { status: 'running' });
  }

  async complete(em: EntityManager, id: string, outcome: ValidationOutcome): Promise<void> {
    await updateRows(
      em,
      ValidationEntity,
      { id },
      { ...outcome, status: 'completed', error: null, finishedAt: new Date() },
    );
  }

  /** Only of a run that is under way: one that has completed stays so. */
  async fail(em: EntityManager, id: string, error: ValidationEntity['error']): Promise<void> {
    const change = { status: 'failed' as const, error, finishedAt: new Date() };
    await updateRows(em, ValidationEntity, { id, status: 'running' }, change);
  }

  async saveGates(em: EntityManager, id: string, gates: ValidationEntity['gates']): Promise<void> {
    await updateRows(em, ValidationEntity, { id }, { gates });
  }
}
