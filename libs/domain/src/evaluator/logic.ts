import {
  PREDICTION_FIELD,
  type Conjunction,
  type PipelineDocument,
  type SubstrategiesDocument,
} from '@assay/contracts';
import {
  combineAnd,
  combineFilter,
  combineOr,
  PURE_NUMBER,
  signalAgainst,
  WITH_UNIT,
  type TieScale,
} from '@assay/quant';
import type { ResolvedSubstrategy } from '../strategy';
import { RuleProgram } from './rule-program';
import { KEEP } from './target-machine';
import type { FeatureRuntime } from './types';

const COMBINE: Record<Conjunction, (signals: ArrayLike<number>) => number> = {
  AND: combineAnd,
  OR: combineOr,
  FILTER: combineFilter,
};

/** Where a logic's input comes from. */
export type InputSource =
  { kind: 'feature'; index: number } | { kind: 'prediction' } | { kind: 'column'; name: string };

/** What a document says of a row of inputs, before sizing. */
export interface Logic {
  readonly inputs: readonly InputSource[];
  /** Names everything that is said depends on but the inputs. */
  readonly key: string;
  /** -1, 0, 1, `KEEP`, or NaN where it cannot say. `previous` is the row of the bar before, NaN on the first. */
  say(row: Float64Array, previous: Float64Array): number;
}

/** Each substrategy's signal function on its feature, combined in ascending order of id. */
export function substrategiesLogic(document: SubstrategiesDocument, resolved: readonly ResolvedSubstrategy[]): Logic {
  const combine = COMBINE[document.conjunction];
  const each = resolved.map((sub) => signalAgainst(sub.signalFunction, sub.threshold, sub.scale));
  const signals = new Float64Array(resolved.length);
  const inputs = resolved.map((_, index): InputSource => ({ kind: 'feature', index }));
  const key = JSON.stringify([
    document.conjunction,
    resolved.map((sub) => [sub.signalFunction, sub.threshold, sub.scale]),
  ]);
  if (resolved.length === 1) {
    const [only] = each;
    // every conjunction gives a single -1, 0, 1 or NaN back as it is, at twice the time
    return { inputs, key, say: (row) => only(row[0]) };
  }
  return {
    inputs,
    key,
    say(row) {
      for (let j = 0; j < signals.length; j++) signals[j] = each[j](row[j]);
      return combine(signals);
    },
  };
}

/** The rule tree: BUY is 1, SELL is 0 or, in long_short, -1, HOLD keeps. */
export function rulesLogic(
  document: PipelineDocument,
  features: readonly Pick<FeatureRuntime, 'scale'>[],
): Logic & { program: RuleProgram } {
  const names = document.features.map((feature) => feature.name);
  // a prediction is a probability; of a column nobody knows the unit
  const scaleOf = (field: string): TieScale =>
    features[names.indexOf(field)]?.scale ?? (field === PREDICTION_FIELD ? PURE_NUMBER : WITH_UNIT);
  const program = new RuleProgram(document.signal.rule_tree, scaleOf);
  const sell = document.signal.position_mode === 'long_short' ? -1 : 0;
  return {
    program,
    key: JSON.stringify([document.signal.position_mode, document.signal.rule_tree]),
    inputs: program.fields.map((field): InputSource => {
      const index = names.indexOf(field);
      if (index >= 0) return { kind: 'feature', index };
      return field === PREDICTION_FIELD ? { kind: 'prediction' } : { kind: 'column', name: field };
    }),
    say(row, previous) {
      const outcome = program.evaluate(row, previous);
      if (outcome === 'BUY') return 1;
      if (outcome === 'SELL') return sell;
      return outcome === 'HOLD' ? KEEP : NaN;
    },
  };
}
