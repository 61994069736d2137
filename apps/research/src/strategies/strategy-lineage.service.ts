import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LineageDto } from './strategy.dto';
import { findStrategy } from '../records/strategies/strategy.store';

const REVISIONS = `
  SELECT revision, config_hash, status, created_at, artifact, history_anchor,
    recipe #> '{model,pin}' AS model, recipe #> '{signal,pin}' AS signal,
    (SELECT coalesce(jsonb_agg(f -> 'pin'), '[]') FROM jsonb_array_elements(recipe -> 'features') f) AS features
  FROM research.strategy_revision WHERE strategy_id = $1 ORDER BY revision`;
const DATASETS = `
  SELECT d.id, d.feature_id, d.feature_revision, d.hash, d.source, d.symbol, d.timeframe, d.rows, d.fingerprints
  FROM research.dataset d JOIN research.strategy s ON s.id = $1 AND s.feature_ids ? d.feature_id::text
  WHERE d.owner_id = s.owner_id ORDER BY d.id`;
const ARTIFACTS = `
  SELECT a.id, a.model_id, a.model_revision, a.sha256, a.train_start, a.train_end, a.data_fingerprint
  FROM research.model_artifact a JOIN research.strategy s ON s.id = $1 AND s.model_id = a.model_id
  WHERE a.owner_id = s.owner_id ORDER BY a.id`;
const BACKTESTS = `
  SELECT id, revision, config_hash, engine, status, data, created_at FROM research.backtest WHERE strategy_id = $1 ORDER BY id`;
const VALIDATIONS = `
  SELECT id, revision, config_hash, kind, status, data, created_at FROM research.validation WHERE strategy_id = $1 ORDER BY id`;
const PROMOTIONS = `
  SELECT id, revision, action, policy, actor_id, reason, evidence_id, evidence_sha256, at
  FROM research.promotion_history WHERE strategy_id = $1 ORDER BY at`;

@Injectable()
export class StrategyLineage {
  constructor(private readonly db: DataSource) {}

  async of(ownerId: string, id: string): Promise<LineageDto> {
    const strategy = await findStrategy(this.db.manager, ownerId, id);
    const rows = (sql: string): Promise<object[]> => this.db.query(sql, [id]);
    const [{ count }] = (await this.db.query(
      `SELECT count(*)::int AS count FROM research.trial WHERE owner_id = $1 AND lineage_id = $2`,
      [ownerId, strategy.lineageId],
    )) as [{ count: number }];
    return {
      strategy_id: id,
      lineage_id: strategy.lineageId,
      cloned_from: strategy.clonedFrom,
      strategies: await this.db.query(
        `SELECT id, name, cloned_from, created_at FROM research.strategy WHERE owner_id = $1 AND lineage_id = $2 ORDER BY id`,
        [ownerId, strategy.lineageId],
      ),
      revisions: await rows(REVISIONS),
      datasets: await rows(DATASETS),
      artifacts: await rows(ARTIFACTS),
      backtests: await rows(BACKTESTS),
      validations: await rows(VALIDATIONS),
      promotions: await rows(PROMOTIONS),
      trials: count,
    };
  }
}
