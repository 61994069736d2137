import type { ModelSpec } from '@assay/contracts';
import { DomainError } from '@assay/domain';
import { sha256Hex } from '../hash';
import { fitLogisticOn } from './logistic';
import { encodeLogistic } from './model-artifact';
import { buildTrainingSet, rowsIn, type BarRange } from './training-set';

export interface ModelInput {
  /** Columns of the model's inputs, in their order, over the full history. */
  features: readonly Float64Array[];
  close: Float64Array;
  openTimeMs: Float64Array;
}

export interface FittedModel {
  bytes: Uint8Array;
  sha256: string;
  /** Open time of the last bar whose close entered the fit, ISO-8601: bars after it are out of sample. */
  trainEnd: string;
  rows: number;
  iterations: number;
  converged: boolean;
}

/**
 * Fits the recipe on bars [from, to): a row counts when its label, too, ends before `to`. Same inputs, same bytes.
 * @throws DomainError `insufficient_data` when the rows cannot determine the model; `not_ready` for a model without artifact.
 */
export function fitModel(spec: ModelSpec, input: ModelInput, [from, to]: BarRange): FittedModel {
  if (spec.kind === 'rule.identity') {
    throw new DomainError('not_ready', 'rule.identity has nothing to fit; the rules read the features alone');
  }
  const set = buildTrainingSet(input.features, input.close, spec.label.horizon);
  const rows = rowsIn(set, [[from, to - spec.label.horizon]]);
  const model = fitLogisticOn(spec, rows);
  if (model === null) {
    throw new DomainError(
      'insufficient_data',
      `the training range must have at least ${set.columns + 2} complete rows of both classes, had ${rows.count}`,
      { rows: rows.count, required: set.columns + 2 },
    );
  }
  const iso = (bar: number): string => new Date(input.openTimeMs[bar]!).toISOString();
  const train = { first_bar: iso(rows.bar[0]!), train_end: iso(to - 1), rows: rows.count };
  const bytes = encodeLogistic(spec, model, train);
  const { iterations, converged } = model;
  return { bytes, sha256: sha256Hex(bytes), trainEnd: train.train_end, rows: rows.count, iterations, converged };
}
