import type { StageMemo } from '@assay/domain';
import type { SweepGrid, SweepParam } from './grid';

/** What a parameter changes first, dearest first: columns, fits, signals or a portfolio; later ones (sizing, costs) change least. */
const STAGES: readonly (readonly string[])[] = [
  ['features', 'substrategies'],
  ['model'],
  ['signal', 'conjunction', 'cross_sections', 'portfolio'],
];
const SIGNALS = 2;
const OWN_STAGES = ['said ', 'targets ', 'ruled '];

function stageOf({ path }: SweepParam): number {
  const stage = STAGES.findIndex((roots) => roots.includes(path.split('.', 1)[0]!));
  return stage < 0 ? STAGES.length : stage;
}

/**
 * The order in which cells are best computed, as positions in `cells`: those that share columns or fits stand together,
 * so that a bounded memo serves them all. It depends on the cells alone, not on who computes them.
 */
export function sharingOrder(grid: SweepGrid, cells: Uint32Array): Uint32Array {
  const byStage = grid.params
    .map((_, p) => p)
    .sort((a, b) => stageOf(grid.params[a]!) - stageOf(grid.params[b]!) || a - b);
  const ranks = Float64Array.from(cells, (cell) => {
    const positions = grid.positionsOf(cell);
    return byStage.reduce((rank, p) => rank * grid.params[p]!.values.length + positions[p]!, 0);
  });
  return Uint32Array.from(cells.keys()).sort((a, b) => ranks[a]! - ranks[b]! || a - b);
}

/**
 * Leaves out of the memo what no second cell can ask for: where every parameter changes the signals or something before
 * them, signals and targets are each cell's own.
 */
export function memoOfSweep(memo: StageMemo, params: readonly SweepParam[]): StageMemo {
  if (params.some((param) => stageOf(param) > SIGNALS)) return memo;
  const isOwn = (key: string): boolean => OWN_STAGES.some((stage) => key.startsWith(stage));
  return {
    of: (key, make) => (isOwn(key) ? make() : memo.of(key, make)),
    has: (key) => !isOwn(key) && memo.has(key),
  };
}
