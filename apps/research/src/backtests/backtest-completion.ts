import { nextStatus } from '@assay/domain';
import { Outbox } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BacktestEntity } from '../records/backtests/backtest.entity';
import { anchorOf } from '../records/market/anchor';
import type { DataPin } from '../records/market/data-pin';
import { StrategyStore, type StrategyWithRevision } from '../records/strategies/strategy.store';

/** What a completed backtest means for its strategy, of one symbol or of many. */
@Injectable()
export class BacktestCompletion {
  constructor(
    private readonly outbox: Outbox,
    private readonly strategies: StrategyStore,
  ) {}

  /** Moves the status of the revision, pins its history where none is pinned yet, and tells of it. */
  async settle(
    em: EntityManager,
    row: BacktestEntity,
    { strategy, revision }: StrategyWithRevision,
    data: DataPin,
    sharpe: number | null | undefined,
  ): Promise<void> {
    const status = strategy.archivedAt ? revision.status : nextStatus(revision.status, 'backtest_completed');
    await this.strategies.saveProof(em, strategy.id, revision.revision, {
      status: status as typeof revision.status,
      historyAnchor: revision.historyAnchor ?? anchorOf(data),
    });
    await this.outbox.publish(em, {
      type: 'backtest.completed',
      aggregateId: row.id,
      actor: row.ownerId,
      data: {
        backtest_id: row.id,
        strategy_id: strategy.id,
        owner_id: row.ownerId,
        revision: row.revision,
        sharpe: sharpe ?? null,
      },
    });
  }
}
