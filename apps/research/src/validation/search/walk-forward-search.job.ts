import type { FoldWindows, SearchedFolds, SweepSpace, ValidationPayload } from '@assay/contracts';
import { periodsPerYear } from '@assay/domain';
import {
  drawnCells,
  gridOf,
  metricBehind,
  type BacktestOptions,
  type FoldFigures,
  type ScoredFrom,
  type SearchPlan,
  type SweepGrid,
} from '@assay/pipeline';
import { AwaitShards, JobHandler, toProblem, type JobContext, type JobRunner, type ShardOf } from '@assay/platform';
import { isDomainError } from '@assay/primitives';
import { concatColumns } from '@assay/quant';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Artifacts } from '../../artifacts/artifacts';
import { cutShards } from '../../backtests/sweeps/cut-shards';
import { toColumn } from '../../backtests/sweeps/sweep-answer';
import { SweepInputs } from '../../backtests/sweeps/sweep-inputs';
import { sweptBars } from '../../backtests/sweeps/swept-bars';
import { TrialLedger } from '../../records/trials/trial-ledger.store';
import type { SearchedSpace } from '../../records/validations/validation-request';
import type { ValidationEntity } from '../../records/validations/validation.entity';
import { ValidationStore } from '../../records/validations/validation.store';
import { Compute } from '../../runs/compute';
import type { RunInputs } from '../../runs/run-inputs';
import { searchedResult } from './searched-result';

type Ended = ShardOf<'validation.walk_forward_search'>;
type Context = JobContext<ValidationPayload, Ended>;

/** What of the progress is the cells'; the choice and its equity take the rest. */
const OF_CELLS = 0.9;

/**
 * A walk-forward that chooses parameters anew in each training window. Cells are tried by the shards of a sweep, so that each is a trial of the
 * ledger under the same identity; this one lays the windows out, waits without a worker, and chooses by what the shards found. All of it follows
 * from the row and the ended shards.
 */
@JobHandler('validation.walk_forward_search')
@Injectable()
export class WalkForwardSearch implements JobRunner<ValidationPayload, SearchedFolds> {
  constructor(
    private readonly db: DataSource,
    private readonly inputs: SweepInputs,
    private readonly compute: Compute,
    private readonly artifacts: Artifacts,
    private readonly ledger: TrialLedger,
    private readonly validations: ValidationStore,
  ) {}

  async run(ctx: Context): Promise<SearchedFolds | AwaitShards> {
    const em = this.db.manager;
    const row = await this.validations.require(em, ctx.ownerId!, ctx.payload.validation_id);
    try {
      if (row.status === 'completed') return answerOf(row);
      await this.validations.start(em, row.id);
      return ctx.shards.length === 0 ? await this.begin(ctx, row) : await this.choose(ctx, row);
    } catch (error) {
      if (isDomainError(error)) await this.validations.fail(em, row.id, toProblem(error).problem);
      throw error;
    }
  }

  /** @throws DomainError naming the first cell that is not valid, and when the bars are too few for the folds: nothing was tried then */
  private async begin(ctx: Context, row: ValidationEntity): Promise<AwaitShards> {
    const space = spaceOf(row);
    const { folds, ratio, kind, space: searched } = row.request;
    const loaded = await this.inputs.load(row.ownerId, space);
    const of = ofOne(loaded);
    const { grid, cells } = cellsOf(searched!);
    const laidOut = await this.compute.run(
      'searchPlan',
      { ...searchedBy(of, searched!, cells), layout: { folds, ratio, kind } },
      { signal: ctx.signal },
    );
    const windows = windowsOf(laidOut, searched!);
    const cut = { space, document: of.document, swept: sweptBars(loaded), grid, total: cells.length / OF_CELLS };
    return new AwaitShards(cutShards(cut, cells, 0, { walk_forward: windows }));
  }

  private async choose(ctx: Context, row: ValidationEntity): Promise<SearchedFolds> {
    const em = this.db.manager;
    const searched = row.request.space!;
    const [{ payload }] = ctx.shards as [Ended];
    const of = ofOne(await this.inputs.loadSwept(row.ownerId, spaceOf(row), payload.swept));
    const { cells } = cellsOf(searched);
    const laidOut = planOf(payload.walk_forward!);
    await ctx.progress(0.92, 'choosing in every training window');
    const outcome = await this.compute.run(
      'chooseInFolds',
      { ...searchedBy(of, searched, cells), by: searched.by, laidOut, figures: figuresOf(ctx.shards) },
      { signal: ctx.signal },
    );
    const periods = of.options.periodsPerYear ?? periodsPerYear(of.document);
    const told = searchedResult(outcome, of.document, of.bars, searched, periods);
    const trials = await this.ledger.count(em, row.ownerId, of.strategy.lineageId);
    const { uri } = await this.artifacts.putValue(outcome);
    const result = { ...told, trials };
    await this.validations.complete(em, row.id, {
      ...{ result, evidenceUri: uri, artifact: of.revision.artifact, data: of.pin },
    });
    return answerOf({ ...row, result });
  }
}

const answerOf = ({ id, strategyId, revision, result }: ValidationEntity): SearchedFolds => ({
  ...{ validation_id: id, strategy_id: strategyId, revision },
  ...(result as { summary: Record<string, unknown>; trials: number }),
});

const spaceOf = ({ strategyId, revision, request }: ValidationEntity): SweepSpace => ({
  ...{ strategy_id: strategyId, revision, source: null, candidates: null },
  ...{ params: request.space!.params, constraints: [], existing: request.space!.existing },
});

function cellsOf({ params, existing, search }: SearchedSpace): { grid: SweepGrid; cells: Uint32Array } {
  const grid = gridOf({ params, existing });
  const cells =
    search.method === 'random' ? drawnCells(grid, search) : Uint32Array.from({ length: grid.size }, (_, i) => i);
  return { grid, cells };
}

function ofOne({ kind, of }: Awaited<ReturnType<SweepInputs['load']>>): RunInputs {
  if (kind === 'universe') throw new Error('a universe is not searched in folds');
  return of;
}

function searchedBy({ document, bars, artifact, options }: RunInputs, space: SearchedSpace, cells: Uint32Array) {
  const { params, existing } = space;
  const own: BacktestOptions = { ...options };
  // a pipeline document carries its costs, so that they may be searched too
  if (document.kind === 'pipeline') delete own.costs;
  return { ...{ document, bars, artifact, options: own }, ...{ plan: { params, existing }, cells } };
}

const windowsOf = ({ layout, scored, scoredFrom, splits }: SearchPlan, { by }: SearchedSpace): FoldWindows => ({
  ...{ layout, scored, scored_from: scoredFrom },
  splits: splits.map(({ train, test }) => ({ train, test })),
  metric: metricBehind(by) as FoldWindows['metric'],
});

const planOf = ({ layout, scored, scored_from: from, splits }: FoldWindows): SearchPlan => ({
  ...{ layout, scored, splits },
  scoredFrom: from as ScoredFrom,
});

/** The columns of all shards, joined in their order, which is that of the cells. */
function figuresOf(shards: readonly Ended[]): FoldFigures {
  const joined = (side: keyof FoldFigures): Float64Array[] =>
    shards[0]!.result[side]!.map((_, fold) =>
      concatColumns(shards.map(({ result }) => toColumn(result[side]![fold]!))),
    );
  return { trained: joined('trained'), tested: joined('tested'), idle: joined('idle') };
}
