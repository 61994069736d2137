import { builtEntry, sharePayload, shardRange, TaskPool, type RunOptions } from '@assay/compute';
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
import type { FitModelTask, PipelineTaskName, PipelineTasks } from './pipeline-tasks';

const SHARDS_PER_THREAD = 4;

/** The pipeline's heavy tasks on worker threads, with the types of the functions themselves. */
export class PipelinePool {
  private readonly pool: TaskPool;
  private readonly fitThreads: number;

  /** @param options `fitThreads` are the most that one fit may have, where others have nothing to do; default as many as the pool. */
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
    if (task !== 'fitModel') return this.pool.run(task, input, options);
    const threads = Math.min(this.fitThreads, 1 + this.pool.idleBesideOne);
    return this.pool.run(task, { threads, ...(input as FitModelTask) }, options);
  }

  /** A strategy sweep cut into parts of the selected cells; the result does not depend on the number of threads. */
  async sweepStrategy(
    input: StrategySweepInput,
    options: RunOptions & { shards?: number } = {},
  ): Promise<StrategySweep> {
    const grid = gridOf(input.plan);
    const cells = selectedCells(input.cells, grid.size);
    const shared = sharePayload({ ...input, cells });
    const shards = options.shards ?? this.threads * SHARDS_PER_THREAD;
    if (shardRange(cells.length, shards).length === 0) return this.run('sweepStrategy', shared, options);
    // a part's cells share as much as they can, and parts share little with one another
    const order = sharingOrder(grid, cells);
    const inOrder = order.map((row) => cells[row]!);
    const parts = await this.pool.runSharded<StrategySweep>(
      'sweepStrategy',
      cells.length,
      ([from, to]) => ({ ...shared, cells: inOrder.slice(from, to) }),
      { ...options, shards },
    );
    return placeRows(mergeSweeps(parts), order);
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
