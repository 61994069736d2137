import type { TaskHandlers } from '@assay/compute';
import { calendarFor } from '@assay/market-data';
import { runUniverseBacktest, type UniverseInput, type UniverseOutcome } from '@assay/pipeline';

export type UniverseTask = Omit<UniverseInput, 'calendar'>;

/** Of an outcome what is kept: neither the panel nor the weights of every symbol at every bar. */
export interface UniverseRun extends Omit<UniverseOutcome, 'panel' | 'evaluation' | 'full'> {
  openTimeMs: Float64Array;
  /** Returns of the whole history, for the ledger. */
  allReturns: Float64Array;
}

export const universeTasks = {
  universeBacktest: (task: UniverseTask): UniverseRun => {
    const calendar = calendarFor(task.document.market);
    const { panel, evaluation: _, full, ...kept } = runUniverseBacktest({ ...task, calendar });
    return { ...kept, openTimeMs: panel.openTimeMs, allReturns: full.returns };
  },
} satisfies TaskHandlers;

export type UniverseTasks = typeof universeTasks;
