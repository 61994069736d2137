import type { SweepGrid } from '@assay/pipeline';
import type { SweptParam } from '@assay/contracts';

export interface GridPart {
  /** Of each parameter the values that the cells have, in the order of the grid. */
  params: SweptParam[];
  /** The cells, numbered in the grid that `params` make without constraints. */
  cells: number[];
}

/**
 * Some cells of a grid, and of its parameters only what they need: what a shard is told grows with its own cells, not with the sweep, and
 * no shard enumerates the grid again to find out which cells the constraints leave.
 */
export function gridPart({ params, positionsOf }: SweepGrid, cells: Uint32Array): GridPart {
  const positions = Array.from(cells, (cell) => positionsOf(cell));
  const used = params.map((_, p) => [...new Set(positions.map((at) => at[p]!))].sort((a, b) => a - b));
  const ranks = used.map((found) => new Map(found.map((position, rank) => [position, rank])));
  return {
    params: params.map(({ path, values }, p) => ({ path, values: used[p]!.map((position) => values[position]!) })),
    cells: positions.map((at) =>
      at.reduce((cell, position, p) => cell * used[p]!.length + ranks[p]!.get(position)!, 0),
    ),
  };
}
