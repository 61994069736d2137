import type { BacktestOrigin } from '../records/backtests/backtest.store';
import type { DatasetOrigin } from '../records/datasets/dataset.store';
import type { ModelArtifactOrigin } from '../records/model-artifacts/model-artifact.store';
import type { PromotionHistoryEntity } from '../records/promotions/promotion-history.entity';
import type { LineageMember as MemberRow, RevisionPins } from '../records/strategies/strategy.store';
import type { ValidationOrigin } from '../records/validations/validation.store';
import type {
  LineageArtifact,
  LineageBacktest,
  LineageDataset,
  LineageMember,
  LineagePromotion,
  LineageRevision,
  LineageValidation,
} from './lineage.response';

export const memberView = (s: MemberRow): LineageMember => ({
  id: s.id,
  name: s.name,
  cloned_from: s.clonedFrom,
  created_at: s.createdAt.toISOString(),
});

export const pinsView = (r: RevisionPins): LineageRevision => ({ ...r, created_at: r.created_at.toISOString() });

export const datasetOriginView = (d: DatasetOrigin): LineageDataset => ({
  id: d.id,
  feature_id: d.featureId,
  feature_revision: d.featureRevision,
  hash: d.hash,
  source: d.source,
  symbol: d.symbol,
  timeframe: d.timeframe,
  rows: d.rows,
  fingerprints: d.fingerprints,
});

export const artifactOriginView = (a: ModelArtifactOrigin): LineageArtifact => ({
  id: a.id,
  model_id: a.modelId,
  model_revision: a.modelRevision,
  sha256: a.sha256,
  train_start: a.trainStart.toISOString(),
  train_end: a.trainEnd.toISOString(),
  data_fingerprint: a.dataFingerprint,
});

export const backtestOriginView = (b: BacktestOrigin): LineageBacktest => ({
  id: b.id,
  revision: b.revision,
  config_hash: b.configHash,
  engine: b.engine,
  status: b.status,
  data: b.data,
  created_at: b.createdAt.toISOString(),
});

export const validationOriginView = (v: ValidationOrigin): LineageValidation => ({
  id: v.id,
  revision: v.revision,
  config_hash: v.configHash,
  kind: v.kind,
  status: v.status,
  data: v.data,
  created_at: v.createdAt.toISOString(),
});

export const promotionView = (p: PromotionHistoryEntity): LineagePromotion => ({
  id: p.id,
  revision: p.revision,
  action: p.action,
  policy: p.policy,
  actor_id: p.actorId,
  reason: p.reason,
  evidence_id: p.evidenceId,
  evidence_sha256: p.evidenceSha256,
  at: p.at.toISOString(),
});
