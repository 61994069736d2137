import { Decimal } from '@assay/primitives';
import type { RestingEntry } from '@assay/quant';
import type { EvaluatorStateEntity } from './evaluator-state.entity';

/** An entry order of a strategy, with the side of the position that it enters. */
export type RestingOrder = RestingEntry & { side: -1 | 1 };

/** The part of a state that says which entry order rests. */
export type RestingState = Pick<EvaluatorStateEntity, 'deploymentId' | 'lastBar' | 'levels'>;

/** The entry order in a state of the evaluator, whatever has come of it since. */
export function restingOf(state: Pick<EvaluatorStateEntity, 'levels'> | null): RestingOrder | null {
  const levels = state?.levels;
  if (!levels || levels.entryPrice !== null || !levels.resting) return null;
  return { ...levels.resting, side: levels.side };
}

/** A level as words show it. */
export const levelText = (level: number): string => new Decimal(level).toSignificantDigits(10).toFixed();
