import { isAbove, isAtLeast, isAtMost, isBelow, isTie, PURE_NUMBER, type TieScale } from '@assay/quant';
import type { Comparison } from './parse-expression';

type Elementwise = (values: Float64Array) => number;

/** What is no finite number is missing. */
const finite = (x: number): number => (x - x === 0 ? x : NaN);

export const ARITHMETIC: Readonly<Record<'+' | '-' | '*' | '/', Elementwise>> = {
  '+': (v) => finite(v[0]! + v[1]!),
  '-': (v) => finite(v[0]! - v[1]!),
  '*': (v) => finite(v[0]! * v[1]!),
  '/': (v) => finite(v[0]! / v[1]!),
};

export const negated: Elementwise = (v) => -v[0]!;

const COMPARED: Readonly<Record<Comparison, (x: number, y: number, u: TieScale) => boolean>> = {
  '<': isBelow,
  '<=': isAtMost,
  '>': isAbove,
  '>=': isAtLeast,
  '==': isTie,
  '!=': (x, y, u) => !isTie(x, y, u),
};

const least: Elementwise = (v) => v.reduce((a, b) => Math.min(a, b));
const greatest: Elementwise = (v) => v.reduce((a, b) => Math.max(a, b));

/** 1 or 0 by the comparison of the rules, in which what differs by rounding is equal; NaN where a side is missing. */
export function compared(operator: Comparison, u: TieScale): Elementwise {
  const holds = COMPARED[operator];
  return (v) => (v[0] !== v[0] || v[1] !== v[1] ? NaN : holds(v[0]!, v[1]!, u) ? 1 : 0);
}

/** As in rules: what is known to be false settles `and`, what is known to be true settles `or`, whatever is missing. */
export const LOGIC: Readonly<Record<'and' | 'or' | 'not', Elementwise>> = {
  and: (v) => (v[0] === 0 || v[1] === 0 ? 0 : v[0]! * v[1]!),
  or: (v) => (v[0] === 1 || v[1] === 1 ? 1 : v[0]! + v[1]!),
  not: (v) => 1 - v[0]!,
};

export interface ElementwiseFunction {
  /** The least and the largest number of arguments. */
  readonly args: readonly [least: number, most: number];
  readonly says: string;
  readonly of: Elementwise;
  /** Measured in what its arguments are measured in; else a pure number. */
  readonly keepsUnit: boolean;
}

/** Functions of values of the same bar; `if` beside them takes a condition first. */
export const ELEMENTWISE: Readonly<Record<string, ElementwiseFunction>> = {
  abs: { args: [1, 1], says: 'x', of: (v) => Math.abs(v[0]!), keepsUnit: true },
  sign: { args: [1, 1], says: 'x', of: (v) => Math.sign(v[0]!) + 0, keepsUnit: false },
  log: { args: [1, 1], says: 'x', of: (v) => finite(Math.log(v[0]!)), keepsUnit: false },
  exp: { args: [1, 1], says: 'x', of: (v) => finite(Math.exp(v[0]!)), keepsUnit: false },
  sqrt: { args: [1, 1], says: 'x', of: (v) => Math.sqrt(v[0]!), keepsUnit: true },
  min: { args: [2, 16], says: 'x, y, ...', of: least, keepsUnit: true },
  max: { args: [2, 16], says: 'x, y, ...', of: greatest, keepsUnit: true },
  clip: { args: [3, 3], says: 'x, low, high', of: (v) => Math.min(Math.max(v[0]!, v[1]!), v[2]!), keepsUnit: true },
};

export const chosen: Elementwise = (v) => (v[0] === 1 ? v[1]! : v[0] === 0 ? v[2]! : NaN);

/** With a unit where one of several has one. Null of constants alone. */
export function jointScale(scales: readonly (TieScale | null)[]): TieScale | null {
  const known = scales.filter((scale) => scale !== null);
  return known.length === 0 ? null : (Math.min(...known) as TieScale);
}

/** Of a quotient: a unit over a unit leaves a pure number. */
export function quotientScale(over: TieScale | null, under: TieScale | null): TieScale | null {
  return over !== null && over === under ? PURE_NUMBER : jointScale([over, under]);
}
