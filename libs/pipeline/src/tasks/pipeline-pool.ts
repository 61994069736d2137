import { builtEntry, sharePayload, TaskPool, type Range, type RunOptions } from '@assay/compute';
import {
  gridOf,
  mergeScores,
  mergeSweeps,
  placeRows,
  selectedCells,
  sharingOrder,
  type DocumentScores,
  type ScoreDocumentsInput,
  type StrategySweep,
  type StrategySweepInput,
} from '../sweep';
import type { UniverseSweep, UniverseSweepInput } from '../universe';
import type { PipelineTaskName, PipelineTasks, WithoutCalendar } from './pipeline-tasks';

const SHARDS_PER_THREAD = 4;

/** Tasks that can use threads which have nothing else to do. */
const SHARED: ReadonlySet<PipelineTaskName> = new Set(['fitModel', 'gates', 'universeGates']);

/** The pipeline's heavy tasks on worker threads, with the types of the functions themselves. */
export class PipelinePool {
  private readonly pool: TaskPool;
  private readonly fitThreads: number;

  /** @param options `fitThreads` are the most that one fit or one judgement may have, where others have nothing to do; default as many as the pool. */
  constructor(options: { threads?: number; entry?: string; fitThreads?: number } = {}) {
    this.pool = new TaskPool({
      entry: options.entry ?? builtEntry(__dirname, 'worker-entry.js'),
      threads: options.threads,
    });
    this.fitThreads = options.fitThreads ?? this.threads;
  }

  get threads(): number {
    return this.pool.threads;
  }

  run<N extends PipelineTaskName>(
    task: N,
    input: Parameters<PipelineTasks[N]>[0],
    options: RunOptions = {},
  ): Promise<ReturnType<PipelineTasks[N]>> {
    if (!SHARED.has(task)) return this.pool.run(task, input, options);
    const threads = Math.min(this.fitThreads, 1 + this.pool.idleBesideOne);
    return this.pool.run(task, { threads, ...(input as { threads?: number }) }, options);
  }

  /** A strategy sweep cut into parts of the selected cells; the result does not depend on the number of threads. */
  async sweepStrategy(
    input: StrategySweepInput,
    options: RunOptions & { shards?: number } = {},
  ): Promise<StrategySweep> {
    const shards = options.shards ?? this.threads * SHARDS_PER_THREAD;
    const [parts, order] = await this.sweepParts<StrategySweep>('sweepStrategy', input, { ...options, shards });
    return placeRows(mergeSweeps(parts), order);
  }

  /** The same over a universe, in a part a thread: each builds the panel of all its cells. */
  async sweepUniverse(
    input: WithoutCalendar<UniverseSweepInput>,
    options: RunOptions & { shards?: number } = {},
  ): Promise<UniverseSweep> {
    const shards = options.shards ?? this.threads;
    const [parts, order] = await this.sweepParts<UniverseSweep>('sweepUniverse', input, { ...options, shards });
    return { ...placeRows(mergeSweeps(parts), order), openTimeMs: parts[0]!.openTimeMs };
  }

  /** The parts in order, and the row of each of their cells. */
  private async sweepParts<T extends StrategySweep>(
    task: 'sweepStrategy' | 'sweepUniverse',
    input: Pick<StrategySweepInput, 'plan' | 'cells'>,
    options: RunOptions & { shards: number },
  ): Promise<[parts: T[], order: Uint32Array]> {
    const grid = gridOf(input.plan);
    const cells = selectedCells(input.cells, grid.size);
    const shared = sharePayload({ ...input, cells });
    // a part's cells share as much as they can, and parts share little with one another
    const order = sharingOrder(grid, cells);
    const inOrder = order.map((row) => cells[row]!);
    const taskOf = ([from, to]: Range): unknown => ({ ...shared, cells: inOrder.slice(from, to) });
    if (cells.length === 0) return [[await this.pool.run<T>(task, taskOf([0, 0]), options)], order];
    return [await this.pool.runSharded<T>(task, cells.length, taskOf, options), order];
  }

  /** Many documents over the same bars, cut into ranges; the result does not depend on the number of threads. */
  async scoreDocuments(
    input: ScoreDocumentsInput,
    options: RunOptions & { shards?: number } = {},
  ): Promise<DocumentScores> {
    const { documents, ...rest } = input;
    const shared = sharePayload(rest);
    const parts = await this.pool.runSharded<DocumentScores>(
      'scoreDocuments',
      documents.length,
      ([from, to]) => ({ ...shared, documents: documents.slice(from, to) }),
      { ...options, shards: options.shards ?? this.threads * SHARDS_PER_THREAD },
    );
    return mergeScores(parts);
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
