import type { Principal } from '@assay/platform';
import { notFound } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { StrategyStore } from '../records/strategies/strategy.store';

/** Strategies as their owner reaches them. */
@Injectable()
export class OwnStrategies {
  constructor(private readonly strategies: StrategyStore) {}

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
