import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { correlationMatrix } from '../backtests/correlation';
import { pageOf, type Page } from '../listing/page';
import { StrategyStore } from '../records/strategies/strategy.store';
import type { ExperimentComparisonDto, ExperimentDto } from './experiment.response';
import type { ExperimentListQuery } from './experiment.request';
import { TrialLedger } from '../records/trials/trial-ledger.store';
import type { TrialEntity, TrialOrigin } from '../records/trials/trial.entity';

@Injectable()
export class ExperimentsService {
  constructor(
    private readonly db: DataSource,
    private readonly ledger: TrialLedger,
    private readonly strategies: StrategyStore,
  ) {}

  async list(ownerId: string, query: ExperimentListQuery): Promise<Page<ExperimentDto>> {
    const em = this.db.manager;
    const { strategy_id: strategyId, origin } = query;
    const lineage = strategyId ? { lineageId: (await this.strategies.find(em, ownerId, strategyId)).lineageId } : {};
    const filter = { ownerId, ...lineage, ...(origin ? { origin: origin as TrialOrigin } : {}) };
    return pageOf(
      query,
      (limit, cursor) => this.ledger.list(em, filter, limit, cursor),
      (rows) => rows.map(experimentView),
    );
  }

  async get(ownerId: string, id: string): Promise<ExperimentDto> {
    const [row] = await this.ledger.find(this.db.manager, ownerId, [id]);
    return experimentView(row!);
  }

  async compare(ownerId: string, ids: string[]): Promise<ExperimentComparisonDto> {
    const em = this.db.manager;
    const rows = await this.ledger.find(em, ownerId, ids);
    const stored = await this.ledger.seriesOf(em, ownerId, ids);
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
