import type { Warning, ExecuteBacktestPayload, ExecutedBacktest } from '@assay/contracts';
import { Transactions } from '@assay/persistence';
import { costsFromDocument, type UniverseOptions, type UniverseRun } from '@assay/pipeline';
import type { JobContext } from '@assay/platform';
import { computeMetrics } from '@assay/quant';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { trialHash } from '../recipes/recipe-document';
import type { BacktestEntity } from '../records/backtests/backtest.entity';
import { BacktestStore } from '../records/backtests/backtest.store';
import type { DataPin } from '../records/market/data-pin';
import { barsSourceOf } from '../records/strategies/bars-source';
import { StrategyStore } from '../records/strategies/strategy.store';
import { TrialLedger } from '../records/trials/trial-ledger.store';
import { basisOf } from '../runs/basis';
import { ComparisonLoader, type UniverseComparison } from '../runs/comparison';
import { rerunOf, resultHash } from './result-hash';
import { trialFrom } from '../runs/trial-from';
import { UniverseInputsLoader, type UniverseInputs } from '../runs/universe/universe-inputs';
import { Compute } from '../runs/compute';
import { comparedBasis } from './compared-basis';
import { BacktestCompletion } from './backtest-completion';
import { tradesOf } from './trade-documents';
import { seriesOfUniverse } from './universe-series';

/** A backtest of a strategy over a universe: one capital, many symbols. */
@Injectable()
export class RunUniverse {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly completion: BacktestCompletion,
    private readonly inputs: UniverseInputsLoader,
    private readonly comparison: ComparisonLoader,
    private readonly compute: Compute,
    private readonly artifacts: Artifacts,
    private readonly ledger: TrialLedger,
    private readonly backtests: BacktestStore,
    private readonly strategies: StrategyStore,
  ) {}

  async execute(ctx: JobContext<ExecuteBacktestPayload>, row: BacktestEntity): Promise<ExecutedBacktest> {
    const { ownerId, strategyId, request } = row;
    const inputs = await this.inputs.load(this.db.manager, ownerId, strategyId, row.revision, request.source);
    await ctx.progress(0.2, `bars of ${inputs.series.length} symbols loaded`);
    const { document, series } = inputs;
    const compared = await this.compared(ctx, row, inputs);
    const task = { document, series, options: { ...optionsOf(inputs, row), ...compared.options } };
    const run = await this.compute.run('universeBacktest', task, { signal: ctx.signal });
    await ctx.progress(0.8, 'evaluated');
    const { uri } = await this.artifacts.putValue(seriesOfUniverse(run));
    return this.complete(ctx, row, run, {
      ...{ uri, compared },
      data: { ...inputs.pin, bars: run.openTimeMs.length, scored: run.scored },
    });
  }

  /** What was asked for beside the members, on the bars that the run looks at. */
  private async compared(
    { signal }: JobContext<ExecuteBacktestPayload>,
    { request }: BacktestEntity,
    { document, series }: UniverseInputs,
  ): Promise<UniverseComparison> {
    const { benchmark, risk_free, fx } = request;
    if ([benchmark, risk_free, fx].every((asked) => asked === undefined)) return { options: {} };
    const openTimeMs = await this.compute.run('universeTimes', { document, series }, { signal });
    return this.comparison.loadOfUniverse(this.db.manager, request, { series: document, bars: { openTimeMs } });
  }

  private complete(
    ctx: JobContext<ExecuteBacktestPayload>,
    row: BacktestEntity,
    run: UniverseRun,
    { uri, data, compared }: { uri: string; data: DataPin; compared: UniverseComparison },
  ): Promise<ExecutedBacktest> {
    const { metrics, openTimeMs, scored } = run;
    const warnings: Warning[] = run.warnings;
    const trades = tradesOf(openTimeMs, scored[0], run.trades);
    const result_hash = resultHash(run, [run.allReturns], trades);
    const rerun = rerunOf(row.request, data.fingerprint, result_hash);
    return this.tx.run(async (em) => {
      const { strategy, revision } = await this.strategies.lock(em, row.ownerId, row.strategyId, row.revision);
      // Another backtest may have pinned the revision to another source meanwhile.
      barsSourceOf(revision, data.source);
      await this.backtests.complete(em, row, {
        ...{ metrics, warnings, data, artifact: null, seriesUri: uri },
        buyHoldMetrics: run.buyHoldMetrics,
        reasons: run.reasons,
        buyHoldReasons: run.buyHoldReasons,
        costs: run.costs,
        basis: {
          ...basisOf(run.scoredFrom, openTimeMs, run.options.periodsPerYear),
          ...comparedBasis(compared, run),
          result_hash,
          ...(rerun && { rerun }),
        },
        trades,
      });
      const { mode, fill, costs } = row.request;
      const from = trialFrom(run.lookback, openTimeMs.length);
      await this.ledger.record(em, strategy, data, ctx.jobId, {
        configHash: trialHash({ ...revision.recipe, config: { ...revision.recipe.config, mode, fill, costs } }),
        origin: 'backtest',
        params: { revision: row.revision, engine: row.engine, mode, fill, costs },
        metrics: plainMetrics(run),
        openTimeMs: openTimeMs.slice(from),
        returns: (run.quoted ?? run).allReturns.slice(from),
      });
      await this.completion.settle(em, row, { strategy, revision }, data, metrics.sharpe_ratio);
      return { backtest_id: row.id, metrics, warnings, result_hash, rerun };
    });
  }
}

/** The ledger holds trials of one measure: against all members alike, without cash, in the currencies of the prices. */
function plainMetrics(run: UniverseRun): UniverseRun['metrics'] {
  if (!run.benchmark && !run.riskFreeReturns && !run.quoted) return run.metrics;
  const { gross: positions, options, metrics } = run;
  const { returns, trades, benchmarkReturns } = run.quoted ?? run;
  const { periodsPerYear } = options;
  const plain = computeMetrics({ returns, periodsPerYear, positions, trades, benchmarkReturns });
  return { ...plain.metrics, turnover: metrics.turnover! };
}

function optionsOf({ revision }: UniverseInputs, { request, engine }: BacktestEntity): UniverseOptions {
  return {
    engine,
    mode: request.mode,
    fill: request.fill,
    costs: costsFromDocument(request.costs),
    start: request.start ?? undefined,
    end: request.end ?? undefined,
    scoreFrom: request.score_from ?? undefined,
    capital: revision.recipe.config.capital,
  };
}
