import { isProtected } from './template-protection';
import type { SweepGrid, SweepTemplate } from './templates';
import { templateCells } from './templates';

/**
 * At most `shards` half-open ranges that cover all cells in grid order, of about equal work: short windows trade more
 * often, about as the inverse square root of their length. With protection every cell is one pass over the bars.
 */
export function shardCells(template: SweepTemplate, grid: SweepGrid, shards: number): [from: number, to: number][] {
  if (!Number.isInteger(shards) || shards < 1)
    throw new RangeError(`shards must be an integer of at least 1, was ${shards}`);
  const { first } = templateCells(template, grid);
  const workOf = isProtected(grid) ? (): number => 1 : (window: number): number => 1 / Math.sqrt(window);
  let total = 0;
  for (const value of first) total += workOf(value);
  const ranges: [number, number][] = [];
  let from = 0;
  let work = 0;
  for (let cell = 0; cell < first.length; cell++) {
    work += workOf(first[cell]);
    const last = cell + 1 === first.length;
    if (last || work >= (total * (ranges.length + 1)) / shards) {
      ranges.push([from, cell + 1]);
      from = cell + 1;
    }
  }
  return ranges;
}
