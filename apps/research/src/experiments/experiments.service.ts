import { bestOf, betterOf, type MetricKey } from '@assay/quant';
import { tableOfRows, type Table } from '@assay/tables';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { correlationMatrix } from '../backtests/correlation';
import { endOfRange, startOfRange } from '../data/time-range';
import { pageOf, type Page } from '../listing/page';
import { StrategyStore } from '../records/strategies/strategy.store';
import type { ExperimentComparisonDto, ExperimentDto } from './experiment.response';
import { experimentColumns } from './experiment-columns';
import type { ExperimentListQuery, ExportExperimentsQuery } from './experiment.request';
import { TrialLedger, type TrialFilter, type TrialOrder } from '../records/trials/trial-ledger.store';
import type { TrialEntity } from '../records/trials/trial.entity';

const ROWS_PER_READ = 1_000;

/** Figures of cross-validated trials, with the metric whose direction they share. */
const MEANS_OF: Readonly<Record<string, MetricKey>> = {
  mean_oos_sharpe: 'sharpe_ratio',
  mean_oos_return: 'total_return',
  mean_oos_max_drawdown: 'max_drawdown',
  sharpe_per_bar: 'sharpe_ratio',
};

/** Means of a metric over splits are told by its name. */
const metricOf = (name: string): string =>
  Object.hasOwn(MEANS_OF, name) ? MEANS_OF[name]! : name.replace(/^mean_oos_/, '');

@Injectable()
export class ExperimentsService {
  constructor(
    private readonly db: DataSource,
    private readonly ledger: TrialLedger,
    private readonly strategies: StrategyStore,
  ) {}

  async list(ownerId: string, query: ExperimentListQuery): Promise<Page<ExperimentDto>> {
    const { order, tag } = query;
    const filter = await this.filterOf(ownerId, query);
    return pageOf(
      query,
      (limit, cursor) => this.ledger.list(this.db.manager, filter, { order, tag, limit, cursor }),
      (rows) => rows.map(experimentView),
    );
  }

  /** All trials with a column a metric, read as they are written. */
  async table(ownerId: string, query: ExportExperimentsQuery): Promise<Table> {
    const filter = await this.filterOf(ownerId, query);
    const metrics = await this.ledger.metricNames(this.db.manager, filter);
    return tableOfRows(experimentColumns(metrics), this.views(filter, query.order));
  }

  private async *views(filter: TrialFilter, order?: TrialOrder): AsyncGenerator<ExperimentDto[]> {
    for (let cursor: string | undefined; ;) {
      const rows = await this.ledger.list(this.db.manager, filter, { limit: ROWS_PER_READ, cursor, order });
      if (rows.length > 0) yield rows.map(experimentView);
      if (rows.length < ROWS_PER_READ) return;
      cursor = rows.at(-1)!.id;
    }
  }

  private async filterOf(
    ownerId: string,
    { strategy_id: strategyId, origin, symbol, timeframe, job_id: jobId, since, until }: ExportExperimentsQuery,
  ): Promise<TrialFilter> {
    const asked = {
      ...{ ownerId, origin, symbol, timeframe, jobId },
      since: since === undefined ? undefined : new Date(startOfRange('since', since)),
      until: until === undefined ? undefined : new Date(endOfRange('until', until)),
    };
    if (strategyId === undefined) return asked;
    return { ...asked, lineageId: (await this.strategies.find(this.db.manager, ownerId, strategyId)).lineageId };
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
    const valuesOf = (name: string): (number | null)[] => rows.map((row) => row.metrics[name] ?? null);
    const byName = <V>(of: (name: string) => V): Record<string, V> =>
      Object.fromEntries(names.map((name) => [name, of(name)]));
    return {
      items: rows.map(experimentView),
      metrics: byName(valuesOf),
      better: byName((name) => betterOf(metricOf(name))),
      best: byName((name) => bestOf(metricOf(name), valuesOf(name)).map((i) => rows[i]!.id)),
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
