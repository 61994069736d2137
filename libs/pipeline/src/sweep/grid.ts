import type { StrategyDocument } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import { scalarAt, type ParamValue } from './apply-param';
import { compileConstraints, type SweepConstraint } from './constraints';

/** One swept scalar of a document and its values, all of the scalar's own JSON type. */
export interface SweepParam {
  path: string;
  values: readonly ParamValue[] | Float64Array;
}

/** The cells of a sweep in grid order, the last parameter fastest. Cells that a constraint excludes do not exist. */
export interface SweepGrid {
  readonly params: readonly SweepParam[];
  /** Number of existing cells. */
  readonly size: number;
  /** Index of the cell's value in each parameter's `values`. */
  positionsOf(cell: number): number[];
  valuesOf(cell: number): ParamValue[];
}

/** Cells are numbered with 32 bits; with constraints each existing cell is kept, in 4 bytes. */
const MOST_CELLS = 2 ** 32 - 1;
const MOST_CONSTRAINED_CELLS = 2 ** 26;

/** Cells without constraints. */
export function gridSize(params: readonly { values: ArrayLike<unknown> }[]): number {
  return params.reduce((size, { values }) => size * values.length, 1);
}

function positions(params: readonly { values: ArrayLike<unknown> }[], cell: number): number[] {
  const found = new Array<number>(params.length);
  let rest = cell;
  for (let p = params.length - 1; p >= 0; p--) {
    const size = params[p]!.values.length;
    found[p] = rest % size;
    rest = Math.floor(rest / size);
  }
  return found;
}

/** Parameter values of a cell of a grid without constraints. */
export function cellValues<V>(params: readonly { values: ArrayLike<V> }[], cell: number): V[] {
  return positions(params, cell).map((at, p) => params[p]!.values[at]!);
}

/**
 * The grid of a document's parameters.
 * @throws DomainError `validation_failed` for a path that leads to no scalar of the document, is given twice, or has values
 * of another type; for a constraint whose sides cannot be compared; for a grid of 2^32 cells or more, 2^26 before exclusion.
 */
export function sweepGrid(
  document: StrategyDocument,
  params: readonly SweepParam[],
  constraints: readonly SweepConstraint[] = [],
): SweepGrid {
  params.forEach((param, p) => checkParam(document, param, p, params));
  const whole = gridSize(params);
  const most = constraints.length > 0 ? MOST_CONSTRAINED_CELLS : MOST_CELLS;
  if (whole > most) {
    const message = `params must make at most ${most} cells, excluded ones included, were ${whole}`;
    throw invalid([{ field: 'params', rule: 'max_cells', value: whole, message }]);
  }
  const existing = constraints.length > 0 ? existingCells(document, params, constraints) : null;
  const positionsOf = (cell: number): number[] => positions(params, existing ? existing[cell]! : cell);
  return {
    params,
    size: existing?.length ?? whole,
    positionsOf,
    valuesOf: (cell) => positionsOf(cell).map((at, p) => params[p]!.values[at]!),
  };
}

function checkParam(document: StrategyDocument, param: SweepParam, p: number, params: readonly SweepParam[]): void {
  const { path, values } = param;
  if (params.findIndex((other) => other.path === path) !== p) {
    const message = `params[${p}].path must be given once, was given again: ${path}`;
    throw invalid([{ field: `params[${p}].path`, rule: 'unique', value: path, message }]);
  }
  if (values.length === 0) return;
  const type = typeof scalarAt(document, path, typeof values[0]);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === type && (type !== 'number' || Number.isFinite(value))) continue;
    const field = `params[${p}].values[${i}]`;
    const must = type === 'number' ? 'a finite number' : `a ${type}`;
    const message = `${field} must be ${must} like ${path}, was ${String(value)}`;
    throw invalid([{ field, rule: type, value: value ?? null, message }]);
  }
}

/** Indices in the whole grid, ascending. A branch is left as soon as the values chosen so far break a constraint. */
function existingCells(
  document: StrategyDocument,
  params: readonly SweepParam[],
  constraints: readonly SweepConstraint[],
): Uint32Array {
  const holds = compileConstraints(document, params, constraints);
  const found: number[] = [];
  const chosen: ParamValue[] = [];
  const walk = (depth: number, index: number): void => {
    if (!holds(chosen)) return;
    if (depth === params.length) {
      found.push(index);
      return;
    }
    const { values } = params[depth]!;
    for (let i = 0; i < values.length; i++) {
      chosen.push(values[i]!);
      walk(depth + 1, index * values.length + i);
      chosen.pop();
    }
  };
  walk(0, 0);
  return Uint32Array.from(found);
}
