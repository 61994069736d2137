import { checkProtection, protectionAxes, type ProtectionGrid } from './template-protection';

/** The strategies with a kernel of their own: accounting `all_in`, fill `close`, long only. */
export const sweepTemplates = {
  /**
   * Enter when armed, flat and the fast mean is above the slow one; exit when it is below; ties hold. Armed once the
   * fast mean was below, from the first bar where both exist.
   */
  'sma-cross': { first: 'fast', second: 'slow' },
  /** z-score with ddof 0: enter when z > threshold, exit when z < 0. */
  'bollinger-hysteresis': { first: 'window', second: 'threshold' },
} as const;

export type SweepTemplate = keyof typeof sweepTemplates;

/** Values of the two parameters and of the optional axes, each strictly ascending. */
export interface SweepGrid extends ProtectionGrid {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/**
 * Cells in grid order (first parameter, second, then the optional axes, the last fastest), without the combinations the
 * template excludes. One column for each axis of the grid.
 */
export interface TemplateCells extends ProtectionGrid {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function checkAscending(values: Float64Array, name: string, min: number, integer: boolean): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value - value !== 0) throw new RangeError(`${name} must be a number, was ${value}`);
    if (integer && !Number.isInteger(value)) throw new RangeError(`${name} must be an integer, was ${value}`);
    if (value < min) throw new RangeError(`${name} must be at least ${min}, was ${value}`);
    if (i > 0 && value <= values[i - 1])
      throw new RangeError(`${name} must be strictly ascending, had ${value} after ${values[i - 1]}`);
  }
}

/** Throws RangeError that names the parameter when the grid does not fit the template. */
export function checkGrid(template: SweepTemplate, grid: SweepGrid): void {
  if (!Object.hasOwn(sweepTemplates, template))
    throw new RangeError(`template must be one of ${Object.keys(sweepTemplates).join(', ')}, was ${String(template)}`);
  if (template === 'sma-cross') {
    checkAscending(grid.first, 'fast', 1, true);
    checkAscending(grid.second, 'slow', 1, true);
  } else {
    checkAscending(grid.first, 'window', 2, true);
    checkAscending(grid.second, 'threshold', 0, false);
  }
  checkProtection(grid);
}

/** The parameter values of every cell in grid order: `sma-cross` has only pairs with fast < slow. */
export function templateCells(template: SweepTemplate, grid: SweepGrid): TemplateCells {
  checkGrid(template, grid);
  const first: number[] = [];
  const second: number[] = [];
  for (const a of grid.first)
    for (const b of grid.second) {
      if (template === 'sma-cross' && a >= b) continue;
      first.push(a);
      second.push(b);
    }
  return withProtection({ first: Float64Array.from(first), second: Float64Array.from(second) }, grid);
}

/** Repeats the cells for every combination of the optional axes. */
function withProtection(cells: TemplateCells, grid: ProtectionGrid): TemplateCells {
  let columns: Record<string, Float64Array> = { ...cells };
  for (const axis of protectionAxes) {
    const values = grid[axis];
    if (values === undefined) continue;
    const width = values.length;
    const repeated = Object.entries(columns).map(([name, column]) => {
      const wide = new Float64Array(column.length * width);
      for (let k = 0; k < wide.length; k++) wide[k] = column[Math.trunc(k / width)];
      return [name, wide];
    });
    const total = columns.first.length * width;
    const own = new Float64Array(total);
    for (let k = 0; k < total; k++) own[k] = values[k % width];
    columns = { ...(Object.fromEntries(repeated) as Record<string, Float64Array>), [axis]: own };
  }
  return columns as unknown as TemplateCells;
}
