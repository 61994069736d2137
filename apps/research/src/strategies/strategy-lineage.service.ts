import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BacktestStore } from '../records/backtests/backtest.store';
import { DatasetStore } from '../records/datasets/dataset.store';
import { ModelArtifactStore } from '../records/model-artifacts/model-artifact.store';
import { PromotionStore } from '../records/promotions/promotion.store';
import { StrategyStore } from '../records/strategies/strategy.store';
import { TrialLedger } from '../records/trials/trial-ledger.store';
import { ValidationStore } from '../records/validations/validation.store';
import type { LineageDto } from './strategy.response';

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
    return {
      strategy_id: id,
      lineage_id: lineageId,
      cloned_from: clonedFrom,
      strategies: (await this.strategies.lineageOf(em, ownerId, lineageId)).map((s) => ({
        id: s.id,
        name: s.name,
        cloned_from: s.clonedFrom,
        created_at: s.createdAt,
      })),
      revisions: await this.strategies.pinsOf(em, id),
      datasets: (await this.datasets.originsOf(em, ownerId, featureIds)).map((d) => ({
        id: d.id,
        feature_id: d.featureId,
        feature_revision: d.featureRevision,
        hash: d.hash,
        source: d.source,
        symbol: d.symbol,
        timeframe: d.timeframe,
        rows: d.rows,
        fingerprints: d.fingerprints,
      })),
      artifacts: (modelId === null ? [] : await this.artifacts.originsOf(em, ownerId, modelId)).map((a) => ({
        id: a.id,
        model_id: a.modelId,
        model_revision: a.modelRevision,
        sha256: a.sha256,
        train_start: a.trainStart,
        train_end: a.trainEnd,
        data_fingerprint: a.dataFingerprint,
      })),
      backtests: (await this.backtests.originsOf(em, id)).map((b) => ({
        id: b.id,
        revision: b.revision,
        config_hash: b.configHash,
        engine: b.engine,
        status: b.status,
        data: b.data,
        created_at: b.createdAt,
      })),
      validations: (await this.validations.originsOf(em, id)).map((v) => ({
        id: v.id,
        revision: v.revision,
        config_hash: v.configHash,
        kind: v.kind,
        status: v.status,
        data: v.data,
        created_at: v.createdAt,
      })),
      promotions: (await this.promotions.historyOf(em, id)).map((p) => ({
        id: p.id,
        revision: p.revision,
        action: p.action,
        policy: p.policy,
        actor_id: p.actorId,
        reason: p.reason,
        evidence_id: p.evidenceId,
        evidence_sha256: p.evidenceSha256,
        at: p.at,
      })),
      trials: await this.ledger.count(em, ownerId, lineageId),
    };
  }
}
