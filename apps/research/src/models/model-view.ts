import { definitionView } from '../definitions/definition-view';
import type { ModelArtifactDto, ModelDto } from './model.response';
import type { ModelArtifactEntity } from '../records/model-artifacts/model-artifact.entity';
import type { ModelEntity } from '../records/definitions/model.entity';

export const artifactView = (a: ModelArtifactEntity): ModelArtifactDto => ({
  id: a.id,
  model_revision: a.modelRevision,
  source: a.source,
  symbol: a.symbol,
  timeframe: a.timeframe,
  artifact_uri: a.uri,
  artifact_sha256: a.sha256,
  train_start: a.trainStart.toISOString(),
  train_end: a.trainEnd.toISOString(),
  metrics: a.metrics,
  created_at: a.createdAt.toISOString(),
});

export const modelView = (m: ModelEntity, artifact: ModelArtifactEntity | null): ModelDto => ({
  ...definitionView(m),
  kind: m.kind,
  feature_ids: m.featureIds,
  label: m.label,
  params: m.params,
  seed: m.seed,
  refit: m.refit,
  training: m.training,
  artifact: artifact && artifactView(artifact),
});
