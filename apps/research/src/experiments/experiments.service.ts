import { notFound } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, In, MoreThan, type FindOptionsWhere } from 'typeorm';
import { correlationMatrix } from '../backtests/correlation';
import { pageOf, type Page } from '../listing/page.dto';
import { findStrategy } from '../records/strategies/strategy.store';
import type { ExperimentComparisonDto, ExperimentDto, ExperimentListQuery } from './experiments.dto';
import { TrialLedger } from '../records/trials/trial-ledger';
import { TrialEntity, type TrialOrigin } from '../records/trials/trial.entity';

@Injectable()
export class ExperimentsService {
  constructor(
    private readonly db: DataSource,
    private readonly ledger: TrialLedger,
  ) {}

  async list(ownerId: string, query: ExperimentListQuery): Promise<Page<ExperimentDto>> {
    const em = this.db.manager;
    const where: FindOptionsWhere<TrialEntity> = { ownerId };
    if (query.strategy_id) where.lineageId = (await findStrategy(em, ownerId, query.strategy_id)).lineageId;
    if (query.origin) where.origin = query.origin as TrialOrigin;
    return pageOf(
      query,
      (limit, cursor) =>
        em.find(TrialEntity, {
          where: cursor ? { ...where, id: MoreThan(cursor) } : where,
          order: { id: 'ASC' },
          take: limit,
        }),
      (rows) => rows.map(experimentView),
    );
  }

  async get(ownerId: string, id: string): Promise<ExperimentDto> {
    const row = await this.db.manager.findOne(TrialEntity, { where: { id, ownerId } });
    if (!row) throw notFound('experiment', id);
    return experimentView(row);
  }

  async compare(ownerId: string, ids: string[]): Promise<ExperimentComparisonDto> {
    const em = this.db.manager;
    const found = await em.find(TrialEntity, { where: { ownerId, id: In(ids) } });
    const stored = await this.ledger.seriesOf(em, ownerId, ids);
    const rows = ids.map((id) => {
      const row = found.find((candidate) => candidate.id === id);
      if (!row) throw notFound('experiment', id);
      return row;
    });
    const series = ids.map((id) => stored.get(id)!);
    const names = [...new Set(rows.flatMap((row) => Object.keys(row.metrics)))];
    return {
      items: rows.map(experimentView),
      metrics: Object.fromEntries(names.map((name) => [name, rows.map((row) => row.metrics[name] ?? null)])),
      correlation: correlationMatrix(series),
    };
  }
}

const experimentView = (t: TrialEntity): ExperimentDto => ({
  id: t.id,
  lineage_id: t.lineageId,
  strategy_id: t.strategyId,
  config_hash: t.configHash,
  origin: t.origin,
  source: t.source,
  symbol: t.symbol,
  timeframe: t.timeframe,
  data_fingerprint: t.dataFingerprint,
  params: t.params,
  metrics: t.metrics,
  observations: t.observations,
  sharpe_per_bar: t.sharpePerBar,
  job_id: t.jobId,
  created_at: t.createdAt.toISOString(),
  updated_at: t.updatedAt.toISOString(),
});
