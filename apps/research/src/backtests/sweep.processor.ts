import { summarise, type BacktestOptions } from '@assay/pipeline';
import { Transactions } from '@assay/persistence';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TrialLedger } from '../experiments/trial-ledger';
import { Compute } from '../runs/compute';
import { documentLookback } from '../runs/document-lookback';
import { RunInputsLoader, type RunInputs } from '../runs/run-inputs';
import { documentOf, trialHash, trialHashOfDocument } from '../strategies/recipe-document';
import type { Recipe } from '../strategies/recipe';
import { strategyAt } from '../strategies/strategy.store';
import { cellDocument, gridCells } from './sweep-cells';
import { trialFrom } from './execute-backtest.processor';
import type { SweepCandidate, SweepPayload } from './sweep.service';

interface Cell {
  index: number;
  configHash: string;
  params: Record<string, unknown>;
  returns: Float64Array;
  totalReturn: number | null;
  sharpe: number | null;
  maxDrawdown: number | null;
}

export interface SweepResult {
  cells: number;
  /** Distinct configurations of the lineage after the sweep. */
  trials: number;
  columns: string[];
  rows: (number | null)[][];
  best: {
    index: number;
    params: Record<string, unknown>;
    total_return: number | null;
    sharpe: number;
    max_drawdown: number | null;
  } | null;
  ranking: number[];
}

const MOST_RANKED = 20;

@JobHandler('backtest.sweep')
@Injectable()
export class Sweep implements JobRunner<SweepPayload, SweepResult> {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly inputs: RunInputsLoader,
    private readonly compute: Compute,
    private readonly ledger: TrialLedger,
  ) {}

  async run(ctx: JobContext<SweepPayload>): Promise<SweepResult> {
    const { payload } = ctx;
    const inputs = await this.load(ctx.ownerId!, payload);
    const from = trialFrom(documentLookback(inputs.document), inputs.bars.openTimeMs.length);
    const options = { ...inputs.options, scoreFrom: from };
    const cells = payload.params
      ? await this.grid(ctx, inputs, options, payload.params)
      : await this.candidates(ctx, inputs, options, payload.candidates!);
    await ctx.progress(0.95, `${cells.length} cells evaluated`);
    const trials = await this.record(ctx, inputs, from, cells);
    return { ...resultOf(cells, payload), trials };
  }

  /** A strategy may lack its own signal logic while rules are searched for it. */
  private async load(ownerId: string, payload: SweepPayload): Promise<RunInputs> {
    const { revision } = await strategyAt(this.db.manager, ownerId, payload.strategy_id, payload.revision);
    const first = payload.candidates?.[0];
    const recipe = first && !revision.recipe.signal ? withCandidate(revision.recipe, first) : undefined;
    return this.inputs.load(this.db.manager, ownerId, payload.strategy_id, payload.revision, payload.source, recipe);
  }

  private async grid(
    ctx: JobContext<SweepPayload>,
    inputs: RunInputs,
    options: BacktestOptions,
    params: { path: string; values: number[] }[],
  ): Promise<Cell[]> {
    const { document, bars, revision } = inputs;
    const sweep = await this.compute.sweepStrategy(
      { document, params, bars, options, withSeries: true },
      { signal: ctx.signal, onProgress: (fraction) => void ctx.progress(0.9 * fraction) },
    );
    return gridCells(params).map((values, index) => ({
      index,
      configHash: trialHashOfDocument(cellDocument(document, params, values), revision.recipe),
      params: Object.fromEntries(params.map(({ path }, p) => [path, values[p]!])),
      returns: sweep.returns[index]!,
      totalReturn: orNull(sweep.totalReturn[index]!),
      sharpe: orNull(sweep.sharpe[index]!),
      maxDrawdown: orNull(sweep.maxDrawdown[index]!),
    }));
  }

  private async candidates(
    ctx: JobContext<SweepPayload>,
    inputs: RunInputs,
    options: BacktestOptions,
    candidates: SweepCandidate[],
  ): Promise<Cell[]> {
    const { bars, artifact, strategy, revision, pin } = inputs;
    let done = 0;
    return Promise.all(
      candidates.map(async (candidate, index): Promise<Cell> => {
        const recipe = withCandidate(revision.recipe, candidate);
        const identity = { strategyId: strategy.id, name: strategy.name, revision: revision.revision };
        const document = documentOf(recipe, pin.symbol, identity, { artifact: revision.artifact });
        const outcome = await this.compute.run(
          'backtest',
          { document, bars, artifact, options },
          { signal: ctx.signal },
        );
        done += 1;
        if (done % 20 === 0) await ctx.progress((0.9 * done) / candidates.length, `${done} of ${candidates.length}`);
        const { sharpe, totalReturn, maxDrawdown } = summarise(outcome.returns, outcome.options.periodsPerYear);
        const params = { rule_tree: candidate.rule_tree, position_mode: candidate.position_mode };
        return {
          index,
          configHash: trialHash(recipe),
          params,
          returns: outcome.returns,
          sharpe,
          totalReturn,
          maxDrawdown,
        };
      }),
    );
  }

  private record(
    ctx: JobContext<SweepPayload>,
    { strategy, pin, bars }: RunInputs,
    from: number,
    cells: Cell[],
  ): Promise<number> {
    const openTimeMs = bars.openTimeMs.slice(from);
    const origin = ctx.payload.params ? ('sweep' as const) : ('candidate' as const);
    return this.tx.run(async (em) => {
      for (const { configHash, params, returns, sharpe, totalReturn, maxDrawdown } of cells) {
        const metrics = { sharpe_ratio: sharpe, total_return: totalReturn, max_drawdown: maxDrawdown };
        await this.ledger.record(em, strategy, pin, ctx.jobId, {
          configHash,
          origin,
          params,
          metrics,
          openTimeMs,
          returns,
        });
      }
      return this.ledger.count(em, strategy.ownerId, strategy.lineageId);
    });
  }
}

const orNull = (x: number): number | null => (Number.isNaN(x) ? null : x);

function withCandidate(recipe: Recipe, candidate: SweepCandidate): Recipe {
  return { ...recipe, signal: { pin: null, ...candidate } };
}

function resultOf(cells: Cell[], { params }: SweepPayload): Omit<SweepResult, 'trials'> {
  const ranked = cells
    .filter((cell) => cell.sharpe !== null)
    .sort((a, b) => b.sharpe! - a.sharpe! || a.index - b.index);
  const best = ranked[0];
  const names = params?.map(({ path }) => path) ?? [];
  return {
    cells: cells.length,
    columns: [...(params ? names : ['index']), 'total_return', 'sharpe', 'max_drawdown'],
    rows: cells.map((cell) => [
      ...(params ? names.map((name) => cell.params[name] as number) : [cell.index]),
      cell.totalReturn,
      cell.sharpe,
      cell.maxDrawdown,
    ]),
    best: best
      ? {
          index: best.index,
          params: best.params,
          total_return: best.totalReturn,
          sharpe: best.sharpe!,
          max_drawdown: best.maxDrawdown,
        }
      : null,
    ranking: ranked.slice(0, MOST_RANKED).map((cell) => cell.index),
  };
}
