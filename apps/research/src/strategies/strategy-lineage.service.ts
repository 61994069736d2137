import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BacktestStore } from '../records/backtests/backtest.store';
import { DatasetStore } from '../records/datasets/dataset.store';
import { ModelArtifactStore } from '../records/model-artifacts/model-artifact.store';
import { PromotionStore } from '../records/promotions/promotion.store';
import { StrategyStore } from '../records/strategies/strategy.store';
import { TrialLedger } from '../records/trials/trial-ledger.store';
import { ValidationStore } from '../records/validations/validation.store';
import type { LineageDto } from './lineage.response';
import {
  artifactOriginView,
  backtestOriginView,
  datasetOriginView,
  memberView,
  pinsView,
  promotionView,
  validationOriginView,
} from './lineage-view';

/** What a strategy came from, what it pins and what was done with it. */
@Injectable()
export class StrategyLineage {
  constructor(
    private readonly db: DataSource,
    private readonly strategies: StrategyStore,
    private readonly datasets: DatasetStore,
    private readonly artifacts: ModelArtifactStore,
    private readonly backtests: BacktestStore,
    private readonly validations: ValidationStore,
    private readonly promotions: PromotionStore,
    private readonly ledger: TrialLedger,
  ) {}

  async of(ownerId: string, id: string): Promise<LineageDto> {
    const em = this.db.manager;
    const { lineageId, clonedFrom, featureIds, modelId } = await this.strategies.find(em, ownerId, id);
    const members = await this.strategies.lineageOf(em, ownerId, lineageId);
    const artifacts = modelId === null ? [] : await this.artifacts.originsOf(em, ownerId, modelId);
    return {
      strategy_id: id,
      lineage_id: lineageId,
      cloned_from: clonedFrom,
      strategies: members.map(memberView),
      revisions: (await this.strategies.pinsOf(em, id)).map(pinsView),
      datasets: (await this.datasets.originsOf(em, ownerId, featureIds)).map(datasetOriginView),
      artifacts: artifacts.map(artifactOriginView),
      backtests: (await this.backtests.originsOf(em, id)).map(backtestOriginView),
      validations: (await this.validations.originsOf(em, id)).map(validationOriginView),
      promotions: (await this.promotions.historyOf(em, id)).map(promotionView),
      trials: await this.ledger.count(em, ownerId, lineageId),
    };
  }
}
