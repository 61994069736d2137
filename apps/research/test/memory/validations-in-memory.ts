import type { EntityManager } from 'typeorm';
import type { ValidationEntity, ValidationKind } from '../../src/records/validations/validation.entity';
import {
  ValidationStore,
  type NewValidation,
  type ValidationOutcome,
} from '../../src/records/validations/validation.store';
import { copy } from './no-connection';

/** Validations without a database; `contracts/validation-store.contract.ts` holds for it as for the real one. */
export class ValidationsInMemory extends ValidationStore {
  /** In the order of their ids. */
  private readonly rows: ValidationEntity[] = [];

  override insertQueued(_: EntityManager, row: NewValidation): Promise<void> {
    const empty = { result: null, evidenceUri: null, artifact: null, data: null, gates: null, error: null };
    this.rows.push({ ...copy(row), ...empty, status: 'queued', createdAt: new Date(), finishedAt: null });
    this.rows.sort((a, b) => (a.id < b.id ? -1 : 1));
    return Promise.resolve();
  }

  override require(_: EntityManager, ownerId: string, id: string): Promise<ValidationEntity> {
    const row = this.rows.find((one) => one.id === id && one.ownerId === ownerId);
    return row ? Promise.resolve(copy(row)) : Promise.reject(new Error(`there is no validation ${id}`));
  }

  override newest(
    _: EntityManager,
    strategyId: string,
    revision: number,
    kind: ValidationKind,
  ): Promise<ValidationEntity | null> {
    return Promise.resolve(copy(this.of(strategyId, revision).find((one) => one.kind === kind) ?? null));
  }

  override completedOf(_: EntityManager, strategyId: string, revision: number): Promise<ValidationEntity[]> {
    return Promise.resolve(copy(this.of(strategyId, revision).filter(({ status }) => status === 'completed')));
  }

  override start(_: EntityManager, id: string): Promise<void> {
    return this.change(id, { status: 'running' });
  }

  override complete(_: EntityManager, id: string, outcome: ValidationOutcome): Promise<void> {
    return this.change(id, { ...outcome, status: 'completed', error: null, finishedAt: new Date() });
  }

  override async fail(_: EntityManager, id: string, error: ValidationEntity['error']): Promise<void> {
    const isUnderWay = this.rows.some((one) => one.id === id && one.status === 'running');
    if (isUnderWay) await this.change(id, { status: 'failed', error, finishedAt: new Date() });
  }

  override saveGates(_: EntityManager, id: string, gates: ValidationEntity['gates']): Promise<void> {
    return this.change(id, { gates });
  }

  /** The newest first. */
  private of(strategyId: string, revision: number): ValidationEntity[] {
    return this.rows.filter((one) => one.strategyId === strategyId && one.revision === revision).reverse();
  }

  private change(id: string, columns: Partial<ValidationEntity>): Promise<void> {
    Object.assign(this.rows.find((one) => one.id === id) ?? {}, copy(columns));
    return Promise.resolve();
  }
}
