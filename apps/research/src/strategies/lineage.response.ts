import type { ArtifactRef, HistoryAnchor, PinnedRef, PolicyName } from '@assay/contracts';
import { ArrayField, IntegerField, UuidField } from '@assay/platform';
import type { DataPin } from '../records/market/data-pin';

export interface LineageMember {
  id: string;
  name: string;
  cloned_from: string | null;
  created_at: string;
}

/** With what it pins. */
export interface LineageRevision {
  revision: number;
  config_hash: string;
  status: string;
  created_at: string;
  artifact: ArtifactRef | null;
  history_anchor: HistoryAnchor | null;
  model: PinnedRef | null;
  signal: PinnedRef | null;
  features: (PinnedRef | null)[];
}

export interface LineageDataset {
  id: string;
  feature_id: string;
  feature_revision: number;
  hash: string;
  source: string;
  symbol: string;
  timeframe: string;
  rows: number;
  fingerprints: Record<string, string>;
}

export interface LineageArtifact {
  id: string;
  model_id: string;
  model_revision: number;
  sha256: string;
  train_start: string;
  train_end: string;
  data_fingerprint: string;
}

interface LineageRun {
  id: string;
  revision: number;
  config_hash: string;
  status: string;
  data: DataPin | null;
  created_at: string;
}

export interface LineageBacktest extends LineageRun {
  engine: string;
}

export interface LineageValidation extends LineageRun {
  kind: string;
}

export interface LineagePromotion {
  id: string;
  revision: number;
  action: string;
  policy: PolicyName | null;
  actor_id: string;
  reason: string | null;
  evidence_id: string | null;
  evidence_sha256: string | null;
  at: string;
}

export class LineageDto {
  @UuidField() strategy_id: string;
  @UuidField() lineage_id: string;
  @UuidField({ nullable: true }) cloned_from: string | null;
  @ArrayField('json', { description: 'strategies of the lineage' }) strategies: LineageMember[];
  @ArrayField('json', { description: 'revisions with what each pins' }) revisions: LineageRevision[];
  @ArrayField('json') datasets: LineageDataset[];
  @ArrayField('json') artifacts: LineageArtifact[];
  @ArrayField('json') backtests: LineageBacktest[];
  @ArrayField('json') validations: LineageValidation[];
  @ArrayField('json') promotions: LineagePromotion[];
  @IntegerField({ description: 'distinct configurations tried in the lineage' }) trials: number;
}
