import { statedCostsDocument, type ExecuteBacktestPayload } from '@assay/contracts';
import { Transactions } from '@assay/persistence';
import {
  assertTradable,
  assertUniverseCosts,
  costsFromDocument,
  ratesOfMembers,
  resolveOptions,
  strategyLookback,
  universeLookbackOf,
} from '@assay/pipeline';
import { Jobs, type JobRow } from '@assay/platform';
import { invalid, invalidField, refuse, timeText } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { bestOf, betterOf, drawdowns, type PortfolioMode } from '@assay/quant';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { indexRange, endOfRange, startOfRange } from '../data/time-range';
import { pageOf, type Page } from '../listing/page';
import { signalRows, type SignalRow } from '../runs/evaluated-bars';
import { ComparisonLoader } from '../runs/comparison';
import { RunInputsLoader } from '../runs/run-inputs';
import { UniverseInputsLoader } from '../runs/universe/universe-inputs';
import { assertNotArchived, StrategyStore, type StrategyWithRevision } from '../records/strategies/strategy.store';
import { assertBefore } from '../records/holdouts/holdout-locked';
import { HoldoutStore } from '../records/holdouts/holdout.store';
import { PromotionStore } from '../records/promotions/promotion.store';
import type { BacktestRequest, TradeDocument } from '../records/backtests/backtest-document';
import { equityPoints, type BacktestSeries, type UniverseFigures } from './backtest-series';
import { backtestView } from './backtest-view';
import type { BacktestDto, ComparisonDto, EquityPointDto, DrawdownView } from './backtest.response';
import type { BacktestListQuery, CompareBacktestsDto, CreateBacktestDto } from './backtest.request';
import type { BacktestEntity } from '../records/backtests/backtest.entity';
import { BacktestStore } from '../records/backtests/backtest.store';
import { correlationMatrix } from './correlation';

const ALIASES: Record<string, 'vectorized' | 'event'> = {
  vectorized: 'vectorized',
  vectorbt: 'vectorized',
  event: 'event',
  backtrader: 'event',
};
const DRAWDOWNS = 10;

interface Runnable extends StrategyWithRevision {
  timeframe: string;
  openTimeMs: Float64Array;
  lookback: number;
  /** @throws DomainError `validation_failed` for costs that a run could not charge, and rates that do not cover it. */
  assertRunnable(request: BacktestRequest): Promise<void>;
}

/** What is told by bars, and of which timeframe these are. */
/** A run that has completed, as it is stored. */
export interface CompletedBacktest {
  row: BacktestEntity;
  series: BacktestSeries;
}

interface OnBars<T> {
  timeframe: string;
  items: T;
}

@Injectable()
export class BacktestsService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly artifacts: Artifacts,
    private readonly inputs: RunInputsLoader,
    private readonly universes: UniverseInputsLoader,
    private readonly comparison: ComparisonLoader,
    private readonly store: BacktestStore,
    private readonly strategies: StrategyStore,
    private readonly promotions: PromotionStore,
    private readonly holdouts: HoldoutStore,
  ) {}

  /** Everything the run needs is checked here, so that a pending backtest can run. */
  async create(ownerId: string, body: CreateBacktestDto): Promise<BacktestDto> {
    const em = this.db.manager;
    const { strategy, revision, timeframe, openTimeMs, lookback, assertRunnable } = await this.runnable(
      em,
      ownerId,
      body,
    );
    assertNotArchived(strategy);
    const { start, end } = body;
    assertBefore(await this.holdouts.openOn(em, ownerId, revision.recipe.universe), { start, end });
    assertScored(openTimeMs, body, lookback);
    const { config } = revision.recipe;
    const request: BacktestRequest = {
      mode: body.mode ?? config.mode,
      fill: body.fill ?? config.fill,
      costs: body.costs ? statedCostsDocument.parse(body.costs) : config.costs,
      start: body.start ?? null,
      end: body.end ?? null,
      score_from: body.score_from ?? null,
      source: body.source ?? null,
      ...(body.benchmark ? { benchmark: await this.comparison.benchmarkOf(body.benchmark, timeframe) } : {}),
      ...(body.risk_free ? { risk_free: await this.comparison.riskFreeOf(em, body.risk_free) } : {}),
      ...(await this.fxOf(body, timeframe)),
    };
    await assertRunnable(request);
    const id = newId();
    await this.store.insertPending(em, {
      id,
      ownerId,
      strategyId: strategy.id,
      revision: revision.revision,
      configHash: revision.configHash,
      engine: ALIASES[body.engine ?? 'vectorized']!,
      request,
    });
    return this.get(ownerId, id);
  }

  private async fxOf(
    { fx, fx_rates: rates, account_currency: account }: CreateBacktestDto,
    timeframe: string,
  ): Promise<Pick<BacktestRequest, 'fx'>> {
    if (rates === undefined) return fx || account !== undefined ? this.comparison.fxOf(fx, account, timeframe) : {};
    if (fx === undefined) return this.comparison.fxRatesOf(rates, account, timeframe);
    throw invalidField('fx', 'one_of', null, 'fx must not be given with fx_rates, which take its place');
  }

  /** What a run would read and score. */
  private async runnable(
    em: EntityManager,
    ownerId: string,
    { strategy_id: id, revision: number, source }: CreateBacktestDto,
  ): Promise<Runnable> {
    if (!(await this.universes.isUniverse(em, ownerId, id, number))) {
      const loaded = await this.inputs.load(em, ownerId, id, number, source);
      const { strategy, revision, bars, document, options } = loaded;
      const { timeframe } = loaded.series;
      const assertRunnable = async ({ mode, fill, costs, fx }: BacktestRequest): Promise<void> => {
        assertTradable(bars, resolveOptions(document, { ...options, mode, fill, costs: costsFromDocument(costs) }));
        if (fx) await this.comparison.load(em, { fx }, loaded);
      };
      const { openTimeMs } = bars;
      return { strategy, revision, timeframe, openTimeMs, lookback: strategyLookback(document), assertRunnable };
    }
    const outline = await this.universes.outline(em, ownerId, id, number, source);
    const { strategy, revision, document } = outline;
    const lookback = universeLookbackOf(document);
    const openTimeMs = await this.universes.longestTimes(em, outline);
    const { capital } = revision.recipe.config;
    const assertRunnable = ({ mode, costs, fx }: BacktestRequest): Promise<void> => {
      assertUniverseCosts({ mode: mode as PortfolioMode, costs: costsFromDocument(costs), capital });
      if (fx === undefined) return Promise.resolve();
      const { account_currency: account } = fx;
      ratesOfMembers(document, { account, rates: 'rates' in fx ? fx.rates : [{}] });
      return Promise.resolve();
    };
    return { strategy, revision, timeframe: document.timeframe, openTimeMs, lookback, assertRunnable };
  }

  async get(ownerId: string, id: string): Promise<BacktestDto> {
    const em = this.db.manager;
    return this.view(em, await this.store.find(em, ownerId, id));
  }

  list(ownerId: string, { strategy_id: strategyId, ...query }: BacktestListQuery): Promise<Page<BacktestDto>> {
    const em = this.db.manager;
    return pageOf(
      query,
      (limit, cursor) => this.store.list(em, ownerId, { ...query, strategyId, limit, cursor }),
      (rows) => this.views(em, rows),
    );
  }

  /** @throws DomainError 409 `referenced` for a backtest that a promotion rests on, `illegal_transition` while it runs. */
  remove(ownerId: string, id: string): Promise<void> {
    return this.tx.run(async (em) => {
      const row = await this.store.find(em, ownerId, id);
      const { status } = await this.view(em, row);
      if (status === 'queued' || status === 'running') {
        throw refuse('illegal_transition', `a backtest can be deleted when it has ended, was ${status}`, { status });
      }
      const [evidence, judged] = [
        await this.promotions.evidenceOnBacktest(em, id),
        await this.strategies.judgedOnBacktest(em, id),
      ];
      const used = [
        ...evidence.map((one) => ({ kind: 'evidence', id: one })),
        ...judged.map((one) => ({ kind: 'strategy revision', id: one })),
      ];
      if (used.length > 0) {
        throw refuse('referenced', `backtest ${id} is part of ${used[0]!.kind} ${used[0]!.id}`, {
          id,
          referenced_by: used,
        });
      }
      await this.store.remove(em, ownerId, id);
    });
  }

  /** Another backtest of the same revision by the same request, run at once. @throws DomainError 409 `not_ready` until this one has completed. */
  rerun(ownerId: string, id: string): Promise<JobRow> {
    return this.tx.run(async (em) => {
      const first = await this.store.find(em, ownerId, id);
      const { status, strategyId, revision, configHash, engine, data, basis } = first;
      if (status !== 'completed')
        throw refuse('not_ready', `a backtest must have completed to be repeated, was ${status}`, { status });
      const again = newId();
      await this.store.insertPending(em, {
        ...{ id: again, ownerId, strategyId, revision, configHash, engine },
        request: {
          ...first.request,
          rerun_of: { id, fingerprint: data!.fingerprint, result_hash: basis?.result_hash ?? null },
        },
      });
      const payload: ExecuteBacktestPayload = { backtest_id: again };
      const { name: about } = await this.strategies.find(em, ownerId, strategyId);
      const kind = 'backtest.execute' as const;
      const job = await this.jobs.submit(em, { kind, ownerId, payload, subjectId: again, about, dedupeKey: again });
      await this.store.submit(em, await this.store.find(em, ownerId, again), 'queued', job.id);
      return job;
    });
  }

  /** @throws DomainError 409 `illegal_transition` when it is completed: results never change, create another. */
  execute(ownerId: string, id: string): Promise<JobRow> {
    return this.tx.run(async (em) => {
      const row = await this.store.find(em, ownerId, id);
      if (row.status === 'completed') {
        throw refuse('illegal_transition', `a completed backtest cannot be executed again, create another`, {
          from: row.status,
          to: 'queued',
        });
      }
      const payload: ExecuteBacktestPayload = { backtest_id: id };
      const job = await this.jobs.submit(em, {
        kind: 'backtest.execute',
        ownerId,
        payload,
        subjectId: id,
        about: (await this.strategies.find(em, ownerId, row.strategyId)).name,
        dedupeKey: id,
      });
      const status = job.state === 'running' ? ('running' as const) : ('queued' as const);
      await this.store.submit(em, row, status, job.id);
      return job;
    });
  }

  async equityCurve(ownerId: string, id: string): Promise<OnBars<Iterable<EquityPointDto>>> {
    const { row, series } = await this.completed(ownerId, id);
    return { timeframe: row.data!.timeframe, items: equityPoints(series) };
  }

  async trades(ownerId: string, id: string): Promise<TradeDocument[]> {
    return (await this.completed(ownerId, id)).row.trades!;
  }

  /** @throws DomainError `validation_failed` for a backtest of one symbol */
  async contributions(ownerId: string, id: string): Promise<UniverseFigures> {
    const { series, row } = await this.completed(ownerId, id);
    if (series.universe) return series.universe;
    const message = `id must be of a backtest over a universe, was of one of ${row.data!.symbol}`;
    throw invalidField('id', 'of_universe', id, message);
  }

  async drawdowns(ownerId: string, id: string): Promise<OnBars<DrawdownView[]>> {
    const { row, series } = await this.completed(ownerId, id);
    return { timeframe: row.data!.timeframe, items: this.drawdownsOf(series) };
  }

  /** The same of a run that was read before. */
  drawdownsOf({ equity, openTimeMs, scored }: BacktestSeries): DrawdownView[] {
    const at = (index: number): string | null => (index < 0 ? null : timeText(openTimeMs[scored[0] + index]!));
    return drawdowns(equity, DRAWDOWNS).map((d) => ({
      peak: at(Math.max(d.peakIndex, 0)),
      trough: at(d.troughIndex),
      recovery: at(d.recoveryIndex),
      drawdown_fraction: d.depth,
      bars: d.durationBars,
    }));
  }

  /** The batch values that live trading has to reproduce, bit for bit. */
  async signals(
    ownerId: string,
    id: string,
    from?: string,
    to?: string,
  ): Promise<{ feature_names: string[]; rows: Iterable<SignalRow> }> {
    const { series } = await this.completed(ownerId, id);
    if (series.universe) {
      const message =
        'id must be of a backtest of one symbol, was of one over a universe: see its contributions and trades';
      throw invalidField('id', 'of_one_symbol', id, message);
    }
    const [first, last] = indexRange(series.openTimeMs, from ?? null, to ?? null);
    return { feature_names: series.featureNames, rows: signalRows(series, first, last) };
  }

  async compare(ownerId: string, body: CompareBacktestsDto): Promise<ComparisonDto> {
    const runs: CompletedBacktest[] = [];
    for (const id of body.backtest_ids) runs.push(await this.completed(ownerId, id));
    const names = [...new Set(runs.flatMap(({ row }) => Object.keys(row.metrics!)))];
    const valuesOf = (name: string): (number | null)[] => runs.map(({ row }) => row.metrics![name] ?? null);
    const byName = <T>(of: (name: string) => T): Record<string, T> =>
      Object.fromEntries(names.map((name) => [name, of(name)]));
    return {
      items: runs.map(({ row }) => ({
        id: row.id,
        strategy_id: row.strategyId,
        revision: row.revision,
        engine: row.engine,
        config_hash: row.configHash,
        timeframe: row.data!.timeframe,
        metrics: row.metrics!,
      })),
      metrics: byName(valuesOf),
      better: byName(betterOf),
      best: byName((name) => bestOf(name, valuesOf(name)).map((i) => runs[i]!.row.id)),
      correlation: correlationMatrix(
        runs.map(({ series: s }) => ({
          openTimeMs: s.openTimeMs.subarray(s.scored[0], s.scored[1]),
          returns: s.returns,
        })),
      ),
      same_data: new Set(runs.map(({ row }) => row.data!.fingerprint)).size === 1,
    };
  }

  /** @throws DomainError `not_found`, 409 `not_ready` before it has completed */
  async completed(ownerId: string, id: string): Promise<CompletedBacktest> {
    const row = await this.store.find(this.db.manager, ownerId, id);
    if (row.status !== 'completed') {
      throw refuse('not_ready', `backtest ${id} must be completed, was ${row.status}`, { id, status: row.status });
    }
    return { row, series: await this.artifacts.getValue<BacktestSeries>(row.seriesUri!) };
  }

  private async view(em: EntityManager, row: BacktestEntity): Promise<BacktestDto> {
    return (await this.views(em, [row]))[0]!;
  }

  private async views(em: EntityManager, rows: readonly BacktestEntity[]): Promise<BacktestDto[]> {
    const jobs = await this.jobs.byIds(
      em,
      rows.flatMap(({ jobId }) => jobId ?? []),
    );
    return rows.map((row) => backtestView(row, (row.jobId && jobs.get(row.jobId)) || null));
  }
}

function assertScored(
  openTimeMs: Float64Array,
  { start, end, score_from: from }: CreateBacktestDto,
  lookback: number,
): void {
  if (start !== undefined && end !== undefined && startOfRange('start', start) > endOfRange('end', end)) {
    const message = `start must not be after end ${end}, was ${start}`;
    throw invalid([{ field: 'start', rule: 'non_empty_range', value: start, message }]);
  }
  const [first, last] = indexRange(openTimeMs, start ?? null, end ?? null);
  if (Math.max(first, from ?? lookback) < last) return;
  if (from === undefined && lookback >= openTimeMs.length) {
    const message = `the history must have more bars than the lookback of ${lookback}, had ${openTimeMs.length}: import more, or shorten the windows`;
    throw invalid([{ field: 'strategy_id', rule: 'min_bars', value: openTimeMs.length, message }]);
  }
  const field = start !== undefined ? 'start' : end !== undefined ? 'end' : 'score_from';
  const value = start ?? end ?? from ?? lookback;
  const message = `${field} must leave at least one bar to score, of ${openTimeMs.length} bars none is left, was ${value}`;
  throw invalid([{ field, rule: 'non_empty_range', value, message }]);
}
