import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ParamValue } from '@assay/contracts';
import {
  checkedCell,
  checkedUniverseCell,
  gridOf,
  medianBounds,
  type SweepGrid,
  type SweptDocument,
} from '@assay/pipeline';
import { AwaitShards, JobHandler, type JobContext, type JobRunner, type ShardOf } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';
import { TrialLedger } from '../../records/trials/trial-ledger.store';
import { cutShards } from './cut-shards';
import { type FIGURES, searchedColumn, sweepAnswer, type EvaluatedCells } from './sweep-answer';
import { SweepInputs } from './sweep-inputs';
import { sweptBars } from './swept-bars';
import type { SweepPayload, SweepResult, SweepShardPayload, SweptBars } from '@assay/contracts';
import { planOf } from './sweep-plan';
import { beginSearch, figureOf, metricOf, type ReplayedSearch } from './sweep-search';

type Ended = ShardOf<'backtest.sweep'>;

/** Cells checked before other work of the process gets its turn. */
const CHECKED_AT_ONCE = 100;
/** Cells that are judged by the bounds of those before them. Part of what a pruned sweep is, so it does not depend on the workers. */
const PRUNING_ROUND = 20;
/** Searches that go on without a replay when their sweep comes back to this process. */
const MOST_KEPT = 16;

/**
 * A sweep from its cells to its answer. The cells are evaluated by shard jobs; this one cuts them, waits without a worker, asks for
 * the next where the search goes by what was found, and puts the answer together. All of it follows from the payload and the ended
 * shards, so whoever does it gives the same.
 */
@JobHandler('backtest.sweep')
@Injectable()
export class Sweep implements JobRunner<SweepPayload, SweepResult> {
  private readonly searches = new LRUCache<string, ReplayedSearch>({ max: MOST_KEPT });

  constructor(
    private readonly db: DataSource,
    private readonly inputs: SweepInputs,
    private readonly ledger: TrialLedger,
  ) {}

  async run(ctx: JobContext<SweepPayload, Ended>): Promise<SweepResult | AwaitShards> {
    const { payload, shards } = ctx;
    const swept = await this.inputs.strategy(ctx.ownerId!, payload);
    const plan = planOf(payload, swept.document);
    const grid = plan && gridOf(plan);
    const size = grid?.size ?? payload.candidates!.length;
    const found = evaluated(shards, swept.document);
    const cells = this.nextCells(ctx.jobId, payload, grid, size, found);
    const judged = crossValidationOf(payload, found);
    if (cells.length > 0) {
      const bars = shards[0]?.payload.swept ?? sweptBars(await this.inputs.load(ctx.ownerId!, payload));
      if (grid) await this.check(ctx, swept.document, grid, cells, bars);
      const asked = { metric: metricOf(payload.by), cross_validation: judged };
      const of = { space: payload, document: swept.document, swept: bars, grid, total: payload.search.samples ?? size };
      return new AwaitShards(cutShards(of, cells, found.sharpe.length, asked));
    }
    this.searches.delete(ctx.jobId);
    const { ownerId, lineageId } = swept.strategy;
    const trials = await this.ledger.count(this.db.manager, ownerId, lineageId);
    const periods = shards[0]?.payload.swept.periods_per_year ?? null;
    return { ...sweepAnswer(payload, size, found), periods_per_year: periods, trials };
  }

  private nextCells(
    jobId: string,
    { search, by, prune }: SweepPayload,
    grid: SweepGrid | null,
    size: number,
    found: EvaluatedCells,
  ): Uint32Array {
    const known = searchedColumn(found, by);
    if (search.method === 'exhaustive') {
      const to = prune === 'median' ? Math.min(known.length + PRUNING_ROUND, size) : size;
      return Uint32Array.from({ length: to - known.length }, (_, i) => known.length + i);
    }
    const kept = this.searches.get(jobId);
    const running = kept && kept.values <= known.length ? kept : beginSearch(search, by, grid!);
    this.searches.set(jobId, running);
    return running.next(known, prune === 'median' ? PRUNING_ROUND : undefined);
  }

  /** Every document before the first is tried. @throws DomainError naming the first cell that is not valid, its parameters and the field. */
  private async check(
    ctx: JobContext,
    document: SweptDocument,
    grid: SweepGrid,
    cells: Uint32Array,
    { columns }: SweptBars,
  ): Promise<void> {
    for (let i = 0; i < cells.length; i++) {
      const isUniverse = document.kind === 'universe';
      if (isUniverse) checkedUniverseCell(document, grid, cells[i]!, columns);
      else checkedCell(document, grid, cells[i]!, columns);
      // a universe document has all its symbols
      if (!isUniverse && (i + 1) % CHECKED_AT_ONCE > 0) continue;
      await nextTurn();
      ctx.signal.throwIfAborted();
    }
  }
}

function evaluated(shards: readonly Ended[], document: SweptDocument): EvaluatedCells {
  const all = (figure: (typeof FIGURES)[number]): (number | null)[] => shards.flatMap(({ result }) => result[figure]);
  const valuesOf = (payload: SweepShardPayload): ParamValue[][] => {
    const part = gridOf(planOf(payload, document)!);
    return payload.cells.map((cell) => part.valuesOf(cell));
  };
  const isGrid = shards[0]?.payload.params != null;
  const values = isGrid ? shards.flatMap(({ payload }) => valuesOf(payload)) : null;
  const running = shards.flatMap(({ result }) => result.running ?? []);
  const metric = shards.flatMap(({ result }) => result.metric ?? []);
  return {
    ...{ values, total_return: all('total_return'), sharpe: all('sharpe'), max_drawdown: all('max_drawdown') },
    metric,
    ...(running.length > 0 && { running }),
  };
}

/** How the next cells are judged, by what those before them were; nothing for backtests. */
function crossValidationOf(
  { objective, prune, by }: SweepPayload,
  { running }: EvaluatedCells,
): SweepShardPayload['cross_validation'] {
  if (objective !== 'cpcv') return undefined;
  const figure = figureOf(by);
  return { figure, bounds: prune === 'median' ? medianBounds(running ?? [], figure) : [] };
}
