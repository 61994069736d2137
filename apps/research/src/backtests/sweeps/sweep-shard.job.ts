import { gridOf, summarise, type SweepPlan, type BacktestOptions, strategyLookback } from '@assay/pipeline';
import { Transactions } from '@assay/persistence';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { trialIdOf } from '../../records/trials/trial-id';
import { TrialLedger, type TriedConfiguration } from '../../records/trials/trial-ledger.store';
import { Compute } from '../../runs/compute';
import type { RunInputs } from '../../runs/run-inputs';
import { documentOf, trialHash, trialHashOfDocument } from '../../recipes/recipe-document';
import { trialFrom } from '../../runs/trial-from';
import { toNullable } from './sweep-answer';
import { cellDocument } from './sweep-cells';
import { planOf } from './sweep-plan';
import { SweepInputs, withCandidate } from './sweep-inputs';
import type { TriedCells } from './tried-cells';
import { universeCells } from './universe-cells';
import type { SweepCandidate, SweepFigures, SweepShardPayload, TrialOrigin } from '@assay/contracts';

type Context = JobContext<SweepShardPayload>;

/** Evaluates some cells of a sweep and records each as a trial. Trying them again changes nothing. */
@JobHandler('backtest.sweep_shard')
@Injectable()
export class SweepShard implements JobRunner<SweepShardPayload, SweepFigures> {
  constructor(
    private readonly tx: Transactions,
    private readonly inputs: SweepInputs,
    private readonly compute: Compute,
    private readonly ledger: TrialLedger,
  ) {}

  async run(ctx: Context): Promise<SweepFigures> {
    const { payload } = ctx;
    const { kind, of } = await this.inputs.loadSwept(ctx.ownerId!, payload, payload.swept);
    const cells = await (kind === 'universe' ? universeCells(ctx, of, this.compute) : this.ofOne(ctx, of));
    await ctx.progress(0.95);
    await this.record(ctx, of, cells);
    return {
      total_return: toNullable(cells.totalReturn),
      sharpe: toNullable(cells.sharpe),
      max_drawdown: toNullable(cells.maxDrawdown),
      ...(payload.metric && { metric: toNullable(cells.metric) }),
      ...(cells.running && { running: cells.running.map(toNullable) }),
      ...(cells.folds && {
        trained: cells.folds.trained.map(toNullable),
        tested: cells.folds.tested.map(toNullable),
        idle: cells.folds.idle.map(toNullable),
      }),
    };
  }

  private async ofOne(ctx: Context, inputs: RunInputs): Promise<TriedCells> {
    const { payload } = ctx;
    const { openTimeMs } = inputs.bars;
    // figures are scored from each cell's own lookback, as its backtest would be; the ledger begins where the gates do
    const from = trialFrom(strategyLookback(inputs.document), openTimeMs.length);
    const options = { ...inputs.options };
    // A pipeline document carries its costs, so that they may be swept too.
    if (inputs.document.kind === 'pipeline') delete options.costs;
    const plan = planOf(payload, inputs.document);
    const cells = plan
      ? await this.grid(ctx, inputs, options, from, plan)
      : await this.candidates(ctx, inputs, options, from, payload.candidates!);
    return { ...cells, openTimeMs: openTimeMs.slice(from) };
  }

  private async grid(
    ctx: Context,
    { document, bars, revision, artifact }: RunInputs,
    options: BacktestOptions,
    seriesFrom: number,
    plan: SweepPlan,
  ): Promise<Omit<TriedCells, 'openTimeMs'>> {
    const { cells, cross_validation: crossValidation, metric: asked, walk_forward: folds } = ctx.payload;
    const judged = { withSeries: true, seriesFrom, crossValidation, metric: asked, ...(folds && { folds, artifact }) };
    const { totalReturn, sharpe, maxDrawdown, metric, returns, running, ...folded } = await this.compute.sweepStrategy(
      { document, plan, bars, options, cells: Uint32Array.from(cells), ...judged },
      { signal: ctx.signal, onProgress: (fraction) => void ctx.progress(0.9 * fraction).catch(() => undefined) },
    );
    const grid = gridOf(plan);
    const tried = cells.map((cell, i) => ({
      configHash: trialHashOfDocument(cellDocument(document, grid, cell), revision.recipe),
      params: Object.fromEntries(grid.valuesOf(cell).map((value, p) => [plan.params[p]!.path, value])),
      returns: returns[i]!,
    }));
    return {
      ...{ totalReturn, sharpe, maxDrawdown, metric, tried, running: crossValidation && running },
      folds: folds && folded,
    };
  }

  private async candidates(
    ctx: Context,
    { bars, artifact, strategy, revision, pin }: RunInputs,
    options: BacktestOptions,
    seriesFrom: number,
    candidates: readonly SweepCandidate[],
  ): Promise<Omit<TriedCells, 'openTimeMs'>> {
    const column = (): Float64Array => new Float64Array(candidates.length);
    const [totalReturn, sharpe, maxDrawdown] = [column(), column(), column()];
    const asked = ctx.payload.metric;
    const metric = asked ? column() : new Float64Array(0);
    const identity = { strategyId: strategy.id, name: strategy.name, revision: revision.revision };
    let done = 0;
    const tried = await Promise.all(
      candidates.map(async (candidate, i) => {
        const recipe = withCandidate(revision.recipe, candidate);
        const document = documentOf(recipe, pin.symbol, identity, { artifact: revision.artifact });
        const input = { document, bars, artifact, options };
        const outcome = await this.compute.run('backtest', input, { signal: ctx.signal });
        await ctx.progress((0.9 * ++done) / candidates.length);
        const figures = summarise(outcome.returns, outcome.options.periodsPerYear);
        totalReturn[i] = figures.totalReturn ?? NaN;
        sharpe[i] = figures.sharpe ?? NaN;
        maxDrawdown[i] = figures.maxDrawdown ?? NaN;
        if (asked) metric[i] = outcome.metrics[asked] ?? NaN;
        const params = { rule_tree: candidate.rule_tree, position_mode: candidate.position_mode };
        return { configHash: trialHash(recipe), params, returns: outcome.full.returns.slice(seriesFrom) };
      }),
    );
    return { totalReturn, sharpe, maxDrawdown, metric, tried };
  }

  private async record(
    ctx: Context,
    { strategy, pin }: Pick<RunInputs, 'strategy' | 'pin'>,
    cells: TriedCells,
  ): Promise<void> {
    const { first_row: firstRow, metric } = ctx.payload;
    const sweepId = ctx.parentId!;
    const { sharpe: sharpes, totalReturn: totals, maxDrawdown: drawdowns } = cells;
    const [sharpe, totalReturn, maxDrawdown, own] = [sharpes, totals, drawdowns, cells.metric].map(toNullable);
    const trials = cells.tried.map((cell, i): TriedConfiguration => ({
      ...cell,
      id: trialIdOf(sweepId, firstRow + i),
      metrics: cells.running
        ? {
            mean_oos_sharpe: sharpe![i]!,
            mean_oos_return: totalReturn![i]!,
            mean_oos_max_drawdown: maxDrawdown![i]!,
            cv_splits: cells.running[i]!.length,
            ...(metric && { [`mean_oos_${metric}`]: own![i]! }),
          }
        : {
            ...{ sharpe_ratio: sharpe![i]!, total_return: totalReturn![i]!, max_drawdown: maxDrawdown![i]! },
            ...(metric && { [metric]: own![i]! }),
          },
    }));
    const batch = { origin: originOf(ctx.payload), openTimeMs: cells.openTimeMs, trials };
    await this.tx.run((em) => this.ledger.recordAll(em, strategy, pin, sweepId, batch));
  }
}

function originOf({ params, cross_validation: judged, walk_forward: folds }: SweepShardPayload): TrialOrigin {
  if (judged) return 'tuning';
  if (folds) return 'walk_forward';
  return params ? 'sweep' : 'candidate';
}
