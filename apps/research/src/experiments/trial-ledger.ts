import { newId } from '@assay/persistence';
import { decodeTrialSeries, encodeTrialSeries, type TrialSeries } from '@assay/pipeline';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DataPin } from '../data/data-pin';
import type { StrategyEntity } from '../strategies/strategy.entity';
import { TrialEntity, type TrialOrigin } from './trial.entity';

export interface NewTrial {
  configHash: string;
  origin: TrialOrigin;
  params: Record<string, unknown>;
  metrics: Record<string, number | null>;
  openTimeMs: Float64Array;
  returns: Float64Array;
}

const UPSERT = `
  INSERT INTO research.trial (id, owner_id, lineage_id, strategy_id, config_hash, origin, source, symbol, timeframe,
    data_fingerprint, params, metrics, observations, sharpe_per_bar, series, job_id, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, now(), now())
  ON CONFLICT (owner_id, lineage_id, config_hash) DO UPDATE SET source = excluded.source, symbol = excluded.symbol,
    timeframe = excluded.timeframe, data_fingerprint = excluded.data_fingerprint, metrics = excluded.metrics,
    observations = excluded.observations, sharpe_per_bar = excluded.sharpe_per_bar, series = excluded.series,
    updated_at = excluded.updated_at`;

/**
 * Counts what was tried. One trial per distinct config hash of an owner's lineage; trying it again, on longer or
 * corrected bars or with another engine, replaces its series and adds none.
 */
@Injectable()
export class TrialLedger {
  async record(
    em: EntityManager,
    strategy: Pick<StrategyEntity, 'id' | 'ownerId' | 'lineageId'>,
    data: DataPin,
    jobId: string | null,
    trial: NewTrial,
  ): Promise<void> {
    await em.query(UPSERT, [
      newId(),
      strategy.ownerId,
      strategy.lineageId,
      strategy.id,
      trial.configHash,
      trial.origin,
      data.source,
      data.symbol,
      data.timeframe,
      data.fingerprint,
      JSON.stringify(trial.params),
      JSON.stringify(trial.metrics),
      trial.returns.length,
      sharpePerBar(trial.returns),
      encodeTrialSeries(trial),
      jobId,
    ]);
  }

  /** All trials of the lineage, oldest first. */
  async series(em: EntityManager, ownerId: string, lineageId: string): Promise<TrialSeries[]> {
    const rows: { config_hash: string; series: Buffer }[] = await em.query(
      `SELECT config_hash, series FROM research.trial WHERE owner_id = $1 AND lineage_id = $2 ORDER BY id`,
      [ownerId, lineageId],
    );
    return rows.map((row) => ({ configHash: row.config_hash, ...decodeTrialSeries(row.series) }));
  }

  async count(em: EntityManager, ownerId: string, lineageId: string): Promise<number> {
    return em.count(TrialEntity, { where: { ownerId, lineageId } });
  }

  /** Over all lineages of the owner; a configuration tried in two lineages counts once. */
  async ownerTrialsOn(em: EntityManager, ownerId: string, symbol: string, timeframe: string): Promise<number> {
    const [{ count }] = (await em.query(
      `SELECT count(DISTINCT config_hash)::int AS count FROM research.trial WHERE owner_id = $1 AND symbol = $2 AND timeframe = $3`,
      [ownerId, symbol, timeframe],
    )) as [{ count: number }];
    return count;
  }
}

/** Mean / sample standard deviation; null where it is undefined. */
export function sharpePerBar(returns: Float64Array): number | null {
  const n = returns.length;
  if (n < 2) return null;
  const mean = returns.reduce((sum, r) => sum + r, 0) / n;
  const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (n - 1);
  return variance > 0 ? mean / Math.sqrt(variance) : null;
}
