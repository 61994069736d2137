import type { Principal } from '@assay/platform';
import { DomainError, notFound } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { StrategyStore } from '../records/strategies/strategy.store';

/** Strategies as their owner reaches them. */
@Injectable()
export class OwnStrategies {
  constructor(private readonly strategies: StrategyStore) {}

  /** The newest revision, as a deployment needs it. @throws DomainError not_found, with how a strategy comes here */
  async deployable(em: EntityManager, owner: Principal, strategyId: string): Promise<StrategyEntity> {
    const row = await this.strategies.current(em, strategyId);
    if (row?.ownerId === owner.userId) return row;
    const message =
      `trade has no strategy ${strategyId}: one of research comes here when it is promoted, which it is not yet ` +
      `(POST /api/strategies/${strategyId}/promote; GET .../status says what is missing); a document of your own is stored by POST /api/v1/strategies`;
    throw new DomainError('not_found', message, { kind: 'strategy', id: strategyId });
  }

  /** A revision, the newest by default, that the caller owns, else 404. */
  async revision(em: EntityManager, owner: Principal, strategyId: string, revision?: number): Promise<StrategyEntity> {
    const row =
      revision === undefined
        ? await this.strategies.current(em, strategyId)
        : await this.strategies.revision(em, strategyId, revision);
    if (row?.ownerId !== owner.userId) throw notFound('strategy', strategyId);
    return row;
  }
}
