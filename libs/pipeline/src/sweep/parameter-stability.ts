import type { ParamValue } from '@assay/contracts';
import type { SweepParam } from './grid';

/** How a parameter moved from fold to fold. */
export interface ParameterStability {
  path: string;
  /** Chosen in each fold; null in a fold without a choice. */
  values: (ParamValue | null)[];
  distinct: number;
  /** Lowest and highest chosen value of a number; null for texts and booleans, and without a choice. */
  range: [number, number] | null;
  /** Mean steps on its own grid from one fold to the next; null with fewer than two choices, and for what has no order. */
  meanStep: number | null;
}

/** How far the choices of all folds agree. */
export interface ChoiceStability {
  /** Share of the folds that chose the cell chosen most often; null without a choice. */
  sameChoice: number | null;
  /**
   * Mean distance of one choice from the one before: over the parameters, steps as a share of the whole axis, and 1 for another value of
   * what has no order. 0: always the same; null with fewer than two choices.
   */
  meanDistance: number | null;
  parameters: ParameterStability[];
}

type Choice = { cell: number; params: readonly ParamValue[] } | null;

export function choiceStability(params: readonly SweepParam[], choices: readonly Choice[]): ChoiceStability {
  const made = choices.filter((choice) => choice !== null);
  const counts = new Map<number, number>();
  for (const { cell } of made) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const axes = params.map(({ values }) => Array.from(values as ArrayLike<ParamValue>));
  let far = 0;
  for (let k = 1; k < made.length; k++)
    far += axes.reduce((sum, axis, p) => sum + distance(axis, made[k - 1]!.params[p]!, made[k]!.params[p]!), 0);
  return {
    sameChoice: made.length === 0 ? null : Math.max(...counts.values()) / choices.length,
    meanDistance: made.length < 2 || axes.length === 0 ? null : far / axes.length / (made.length - 1),
    parameters: params.map(({ path }, p) => ofParameter(path, axes[p]!, choices, p)),
  };
}

/** From 0 to 1. */
function distance(axis: readonly ParamValue[], a: ParamValue, b: ParamValue): number {
  if (a === b) return 0;
  if (typeof a !== 'number') return 1;
  return Math.abs(axis.indexOf(a) - axis.indexOf(b)) / (axis.length - 1);
}

function ofParameter(
  path: string,
  axis: readonly ParamValue[],
  choices: readonly Choice[],
  p: number,
): ParameterStability {
  const values = choices.map((choice) => choice?.params[p] ?? null);
  const chosen = values.filter((value) => value !== null);
  const numbers = chosen.filter((value) => typeof value === 'number');
  const isOrdered = numbers.length === chosen.length;
  let steps = 0;
  for (let k = 1; k < chosen.length; k++) steps += Math.abs(axis.indexOf(chosen[k]!) - axis.indexOf(chosen[k - 1]!));
  return {
    ...{ path, values, distinct: new Set(chosen).size },
    range: isOrdered && numbers.length > 0 ? [Math.min(...numbers), Math.max(...numbers)] : null,
    meanStep: isOrdered && chosen.length > 1 ? steps / (chosen.length - 1) : null,
  };
}
