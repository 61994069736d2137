import type { ParamValue, SweepConstraint } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import { scalarAt, type SweptDocument } from './apply-param';
import { compileConstraints } from './constraints';

/** One swept scalar of a document and its values, all of the scalar's own JSON type. */
export interface SweepParam {
  path: string;
  values: readonly ParamValue[] | Float64Array;
  /** It is varied only where that earlier parameter is and has one of these values; elsewhere it has its first value. */
  when?: ParamCondition;
}

export interface ParamCondition {
  path: string;
  among: readonly ParamValue[];
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

/** Cells are numbered with 32 bits; with constraints a bit is kept for each of the whole grid. */
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
 * A checked grid as plain data, to be kept and sent: whoever has it needs neither the document nor the constraints to know
 * its cells. Made once a sweep.
 */
export interface SweepPlan {
  params: readonly SweepParam[];
  /** Which cells of the whole grid exist, a bit a cell, base64; null: all of them. */
  existing: string | null;
}

/**
 * The plan of a sweep over a document's parameters.
 * @throws DomainError `validation_failed` for a path that leads to no scalar of the document, is given twice, or has values
 * of another type; for a condition on no earlier parameter or on values that it does not have; for a constraint whose sides cannot be compared; for a grid of 2^32 cells or more, 2^26 before exclusion.
 */
export function planSweep(
  document: SweptDocument,
  params: readonly SweepParam[],
  constraints: readonly SweepConstraint[] = [],
): SweepPlan {
  params.forEach((param, p) => checkParam(document, param, p, params));
  const whole = gridSize(params);
  const isPart = constraints.length > 0 || params.some(({ when }) => when !== undefined);
  const most = isPart ? MOST_CONSTRAINED_CELLS : MOST_CELLS;
  if (whole > most) {
    const message = `params must make at most ${most} cells, excluded ones included, were ${whole}`;
    throw invalid([{ field: 'params', rule: 'max_cells', value: whole, message }]);
  }
  const existing = isPart ? existingCells(document, params, constraints, whole) : null;
  return { params, existing: existing && Buffer.from(existing).toString('base64') };
}

/** The grid of a plan. */
export function gridOf({ params, existing: bits }: SweepPlan): SweepGrid {
  const existing = bits === null ? null : cellsOf(Buffer.from(bits, 'base64'));
  const positionsOf = (cell: number): number[] => positions(params, existing ? existing[cell]! : cell);
  return {
    params,
    size: existing?.length ?? gridSize(params),
    positionsOf,
    valuesOf: (cell) => positionsOf(cell).map((at, p) => params[p]!.values[at]!),
  };
}

/** Indices of the bits that are set, ascending. */
function cellsOf(bits: Uint8Array): Uint32Array {
  let count = 0;
  for (const byte of bits) for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  const cells = new Uint32Array(count);
  let at = 0;
  bits.forEach((byte, i) => {
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) cells[at++] = 8 * i + bit;
  });
  return cells;
}

function checkParam(document: SweptDocument, param: SweepParam, p: number, params: readonly SweepParam[]): void {
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

/** Of each parameter the earlier one that it depends on, and the values it needs there. */
type Conditions = readonly ({ param: number; among: readonly ParamValue[] } | null)[];

export function conditionsOf(params: readonly SweepParam[]): Conditions {
  return params.map(({ when }, p) => {
    if (when === undefined) return null;
    const param = params.findIndex(({ path }) => path === when.path);
    const field = `params[${p}].when`;
    if (param < 0 || param >= p) {
      const message = `${field}.path must be the path of an earlier parameter, was ${when.path}`;
      throw invalid([{ field: `${field}.path`, rule: 'earlier_param', value: when.path, message }]);
    }
    const known = Array.from(params[param]!.values as ArrayLike<ParamValue>);
    const strange = when.among.findIndex((value) => !known.includes(value));
    if (strange < 0) return { param, among: when.among };
    const message = `${field}.among[${strange}] must be a value of ${when.path}, was ${String(when.among[strange])}`;
    throw invalid([{ field: `${field}.among[${strange}]`, rule: 'enum', value: when.among[strange], message }]);
  });
}

function isVaried(conditions: Conditions, param: number, chosen: readonly ParamValue[]): boolean {
  for (let when = conditions[param]; when; when = conditions[when.param])
    if (!when.among.includes(chosen[when.param]!)) return false;
  return true;
}

/** A bit a cell of the whole grid. A branch is left as soon as the values chosen so far break a constraint. */
function existingCells(
  document: SweptDocument,
  params: readonly SweepParam[],
  constraints: readonly SweepConstraint[],
  whole: number,
): Uint8Array {
  const holds = compileConstraints(document, params, constraints);
  const found = new Uint8Array(Math.ceil(whole / 8));
  const chosen: ParamValue[] = [];
  const conditions = conditionsOf(params);
  const walk = (depth: number, index: number): void => {
    if (!holds(chosen)) return;
    if (depth === params.length) {
      found[index >> 3]! |= 1 << (index & 7);
      return;
    }
    const { values } = params[depth]!;
    const varied = isVaried(conditions, depth, chosen) ? values.length : 1;
    for (let i = 0; i < varied; i++) {
      chosen.push(values[i]!);
      walk(depth + 1, index * values.length + i);
      chosen.pop();
    }
  };
  walk(0, 0);
  return found;
}
