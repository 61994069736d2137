import type { Warning, ExecuteBacktestPayload, ExecutedBacktest } from '@assay/contracts';
import { Transactions } from '@assay/persistence';
import type { BacktestOutcome } from '@assay/pipeline';
import { JobHandler, toProblem, type JobContext, type JobRunner } from '@assay/platform';
import { isDomainError } from '@assay/primitives';
import { computeMetrics } from '@assay/quant';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import type { DataPin } from '../records/market/data-pin';
import { TrialLedger } from '../records/trials/trial-ledger.store';
import type { Comparison } from '../runs/comparison';
import { Compute } from '../runs/compute';
import { basisOf } from '../runs/basis';
import { comparedBasis } from './compared-basis';
import { evaluationColumns } from '../runs/evaluated-bars';
import { RunInputsLoader, type RunInputs } from '../runs/run-inputs';
import { trialFrom } from '../runs/trial-from';
import { UniverseInputsLoader } from '../runs/universe/universe-inputs';
import { RunUniverse } from './run-universe';
import { BacktestInputs } from './backtest-inputs';
import { BacktestCompletion } from './backtest-completion';
import { tradesOf } from './trade-documents';
import { trialHash } from '../recipes/recipe-document';
import { barsSourceOf } from '../records/strategies/bars-source';
import { StrategyStore } from '../records/strategies/strategy.store';
import { rerunOf, resultHash } from './result-hash';
import type { BacktestSeries } from './backtest-series';
import type { BacktestEntity } from '../records/backtests/backtest.entity';
import { BacktestStore } from '../records/backtests/backtest.store';

@JobHandler('backtest.execute')
@Injectable()
export class ExecuteBacktest implements JobRunner<ExecuteBacktestPayload, ExecutedBacktest> {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly completion: BacktestCompletion,
    private readonly asked: BacktestInputs,
    private readonly inputs: RunInputsLoader,
    private readonly universes: UniverseInputsLoader,
    private readonly universe: RunUniverse,
    private readonly compute: Compute,
    private readonly artifacts: Artifacts,
    private readonly ledger: TrialLedger,
    private readonly backtests: BacktestStore,
    private readonly strategies: StrategyStore,
  ) {}

  async run(ctx: JobContext<ExecuteBacktestPayload>): Promise<ExecutedBacktest> {
    const id = ctx.payload.backtest_id;
    const em = this.db.manager;
    const row = await this.backtests.require(em, ctx.ownerId!, id);
    if (row.status === 'completed') {
      const { result_hash, rerun } = row.basis ?? {};
      return { backtest_id: id, metrics: row.metrics!, warnings: row.warnings, result_hash, rerun };
    }
    await this.backtests.start(em, id);
    try {
      const isUniverse = await this.universes.isUniverse(em, row.ownerId, row.strategyId, row.revision);
      return await (isUniverse ? this.universe.execute(ctx, row) : this.execute(ctx, row));
    } catch (error) {
      // A refusal is final; anything else is tried again and the job row tells its end.
      if (isDomainError(error)) {
        await this.backtests.fail(em, id, toProblem(error).problem);
      }
      throw error;
    }
  }

  private async execute(ctx: JobContext<ExecuteBacktestPayload>, row: BacktestEntity): Promise<ExecutedBacktest> {
    const { inputs, options, compared } = await this.asked.load(row);
    const { document, bars, artifact } = inputs;
    await ctx.progress(0.1, 'bars loaded');
    const outcome = await this.compute.run('backtest', { document, bars, artifact, options }, { signal: ctx.signal });
    await ctx.progress(0.8, 'evaluated');
    const warnings = [...outcome.warnings, ...this.calendarWarnings(inputs)];
    const { uri } = await this.artifacts.putValue(seriesOf(bars.openTimeMs, outcome));
    const data: DataPin = { ...inputs.pin, scored: outcome.scored };
    return this.complete(ctx, row, inputs, outcome, { warnings, uri, data, compared });
  }

  private complete(
    ctx: JobContext<ExecuteBacktestPayload>,
    row: BacktestEntity,
    inputs: RunInputs,
    outcome: BacktestOutcome,
    { warnings, uri, data, compared }: { warnings: Warning[]; uri: string; data: DataPin; compared: Comparison },
  ): Promise<ExecutedBacktest> {
    const { metrics } = outcome;
    const trades = tradesOf(inputs.bars.openTimeMs, outcome.scored[0], outcome.trades);
    const result_hash = resultHash(outcome, [outcome.returns, outcome.positions, outcome.equity], trades);
    const rerun = rerunOf(row.request, data.fingerprint, result_hash);
    return this.tx.run(async (em) => {
      const { strategy, revision } = await this.strategies.lock(em, row.ownerId, row.strategyId, row.revision);
      // Another backtest may have pinned the revision to another source meanwhile.
      barsSourceOf(revision, data.source);
      await this.backtests.complete(em, row, {
        metrics,
        buyHoldMetrics: outcome.buyHoldMetrics,
        reasons: outcome.reasons,
        buyHoldReasons: outcome.buyHoldReasons,
        costs: outcome.costs,
        basis: {
          ...basisOf(outcome.scoredFrom, inputs.bars.openTimeMs, outcome.options.periodsPerYear),
          ...comparedBasis(compared, outcome),
          result_hash,
          ...(rerun && { rerun }),
        },
        warnings,
        trades,
        seriesUri: uri,
        artifact: revision.artifact,
        data,
      });
      await this.recordTrial(em, ctx.jobId, row, inputs, outcome, data);
      await this.completion.settle(em, row, { strategy, revision }, data, metrics.sharpe_ratio);
      return { backtest_id: row.id, metrics, warnings, result_hash, rerun };
    });
  }

  /** The ledger keeps the whole history from the policy's first scored bar on, whatever slice was asked for. */
  private async recordTrial(
    em: Parameters<TrialLedger['record']>[0],
    jobId: string,
    row: BacktestEntity,
    { strategy, revision, bars }: RunInputs,
    outcome: BacktestOutcome,
    data: DataPin,
  ): Promise<void> {
    const { mode, fill, costs } = row.request;
    const recipe = { ...revision.recipe, config: { ...revision.recipe.config, mode, fill, costs } };
    const from = trialFrom(Math.max(outcome.lookback, outcome.ownFrom), bars.openTimeMs.length);
    await this.ledger.record(em, strategy, data, jobId, {
      configHash: trialHash(recipe),
      origin: 'backtest',
      params: { revision: row.revision, engine: row.engine, mode, fill, costs },
      metrics: plainMetrics(outcome),
      openTimeMs: bars.openTimeMs.slice(from),
      returns: (outcome.quoted ?? outcome).full.returns.slice(from),
    });
  }

  private calendarWarnings({ document, series }: RunInputs): Warning[] {
    if (series.timeframe !== '1d') return [];
    const expected = this.inputs.sessionsPerYear(series);
    if (document.trading_period === expected) return [];
    const message = `trading_period is ${document.trading_period}, the ${series.market} calendar has about ${expected} daily bars a year`;
    return [
      {
        code: 'trading_period_differs',
        field: 'trading_period',
        message,
        trading_period: document.trading_period,
        calendar: expected,
      },
    ];
  }
}

/** The ledger holds trials of one measure: against buy and hold, without cash, in the currency of the prices. */
function plainMetrics(outcome: BacktestOutcome): BacktestOutcome['metrics'] {
  const { benchmark, riskFreeReturns, quoted } = outcome;
  if (!benchmark && !riskFreeReturns && !quoted) return outcome.metrics;
  const { returns, positions, trades, benchmarkReturns } = quoted ?? outcome;
  const { periodsPerYear } = outcome.options;
  return computeMetrics({ returns, periodsPerYear, positions, trades, benchmarkReturns }).metrics;
}

function seriesOf(openTimeMs: Float64Array, outcome: BacktestOutcome): BacktestSeries {
  const { evaluation, scored, returns, equity, positions, benchmarkReturns } = outcome;
  // Shared memory has no place in stored bytes.
  return {
    openTimeMs: openTimeMs.slice(),
    ...evaluationColumns(evaluation),
    scored,
    returns,
    equity,
    positions,
    benchmarkReturns,
    ...(outcome.benchmark ? { chosenReturns: outcome.benchmark.returns } : {}),
    ...(outcome.riskFreeReturns ? { riskFreeReturns: outcome.riskFreeReturns } : {}),
  };
}
