import type { ConstraintOperator, ParamValue, SweepConstraint } from '@assay/contracts';
import { invalid, isDomainError } from '@assay/primitives';
import { isAbove, isAtLeast, isAtMost, isBelow, isTie, WITH_UNIT } from '@assay/quant';
import { scalarAt, type SweptDocument } from './apply-param';

/** Sides of an order are numbers, see `compile`; a step of 0.1 taken three times is 0.3. */
const ordered =
  (compare: typeof isAbove) =>
  (a: ParamValue, b: ParamValue): boolean =>
    compare(a as number, b as number, WITH_UNIT);

const same = (a: ParamValue, b: ParamValue): boolean =>
  a === b || (typeof a === 'number' && typeof b === 'number' && isTie(a, b, WITH_UNIT));

const COMPARE = {
  '<': ordered(isBelow),
  '<=': ordered(isAtMost),
  '>': ordered(isAbove),
  '>=': ordered(isAtLeast),
  '==': same,
  '!=': (a: ParamValue, b: ParamValue) => !same(a, b),
} as const satisfies Record<ConstraintOperator, (a: ParamValue, b: ParamValue) => boolean>;

/** A side of a constraint: the chosen value of a swept parameter, or one that is the same in all cells. */
type Operand = { param: number } | { fixed: ParamValue };

interface Compiled {
  left: Operand;
  right: Operand;
  compare: (a: ParamValue, b: ParamValue) => boolean;
  /** How many parameters must be chosen before it can be judged. */
  needs: number;
}

/**
 * Whether the values chosen for the first parameters (as many as are given) leave the constraints unbroken. Each
 * constraint is judged once, when the last parameter it needs has just been chosen.
 * @throws DomainError `validation_failed` naming the constraint for an unknown operator, a path that leads to no scalar,
 * a number that is not finite, sides of different types, or an order of values that are not numbers.
 */
export function compileConstraints(
  document: SweptDocument,
  params: readonly { path: string; values: ArrayLike<ParamValue> }[],
  constraints: readonly SweepConstraint[],
): (chosen: readonly ParamValue[]) => boolean {
  const compiled = constraints.map((constraint, i) => compile(document, params, constraint, `constraints[${i}]`));
  return (chosen) =>
    compiled.every(({ left, right, compare, needs }) => {
      if (needs !== chosen.length) return true;
      return compare(valueOf(left, chosen), valueOf(right, chosen));
    });
}

function compile(
  document: SweptDocument,
  params: readonly { path: string; values: ArrayLike<ParamValue> }[],
  constraint: SweepConstraint,
  field: string,
): Compiled {
  const { left, op, right } = constraint;
  if (!Object.hasOwn(COMPARE, op)) {
    const message = `${field}.op must be one of ${Object.keys(COMPARE).join(', ')}, was ${String(op)}`;
    throw invalid([{ field: `${field}.op`, rule: 'enum', value: op, message }]);
  }
  if (typeof right === 'number' && !Number.isFinite(right)) {
    const message = `${field}.right must be a path or a finite number, was ${right}`;
    throw invalid([{ field: `${field}.right`, rule: 'number', value: String(right), message }]);
  }
  const scalarOf = (path: string): ParamValue =>
    namedBy(`${field}.${path === left ? 'left' : 'right'}`, document, path);
  const [leftType, rightType] = [left, right].map((side) =>
    typeof side === 'number' ? 'number' : typeof scalarOf(side),
  );
  const isOrder = op !== '==' && op !== '!=';
  if (leftType !== rightType || (isOrder && leftType !== 'number')) {
    const must = isOrder ? 'compare two numbers' : 'compare two values of one type';
    const message = `${field} must ${must}, was ${left} (${leftType}) ${op} ${right} (${rightType})`;
    throw invalid([{ field, rule: 'comparable', value: constraint, message }]);
  }
  const operand = (side: string | number): Operand => {
    if (typeof side === 'number') return { fixed: side };
    const param = params.findIndex(({ path }) => path === side);
    return param >= 0 ? { param } : { fixed: scalarOf(side) };
  };
  const sides = [operand(left), operand(right)] as const;
  const needs = Math.max(...sides.map((side) => ('param' in side ? side.param + 1 : 0)));
  return { left: sides[0], right: sides[1], compare: COMPARE[op], needs };
}

/** The scalar at a path; the refusal names the side of the constraint that has it. */
function namedBy(field: string, document: SweptDocument, path: string): ParamValue {
  try {
    return scalarAt(document, path, 'scalar');
  } catch (error) {
    if (!isDomainError(error) || !error.errors) throw error;
    throw invalid(error.errors.map((problem) => ({ ...problem, field, message: `${field}: ${problem.message}` })));
  }
}

function valueOf(operand: Operand, chosen: readonly ParamValue[]): ParamValue {
  return 'param' in operand ? chosen[operand.param]! : operand.fixed;
}
