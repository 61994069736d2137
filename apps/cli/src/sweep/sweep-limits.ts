import { availableParallelism } from 'node:os';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';

const MOST_CELLS = 5_000_000;

export function limitCells(cells: number): void {
  if (cells > MOST_CELLS) throw new UsageError(`the grid must have at most ${MOST_CELLS} cells, was ${cells}`);
}

/** Cell-bars below which starting a worker takes longer than it saves: kernels, and the engine run cell by cell. */
const SMALL_KERNEL_SWEEP = 1e8;
const SMALL_ENGINE_SWEEP = 1.5e7;

/** The threads asked for; without `--threads` the cores of the machine, or one for a template sweep that is done sooner. */
export function threadsOf(args: Args, work?: { cellBars: number; kernel: boolean }): number {
  const asked = args.optionalNumber('threads');
  if (asked !== undefined) return asked;
  const small = work?.kernel ? SMALL_KERNEL_SWEEP : SMALL_ENGINE_SWEEP;
  return work !== undefined && work.cellBars < small ? 1 : availableParallelism();
}
