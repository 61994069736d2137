import { NO_MODEL, type ModelPlan } from '@assay/contracts';
import { DomainError, sha256Hex } from '@assay/primitives';
import type { FittedModel } from './fitted-model';
import { fitRows } from './fit-rows';
import { assertFitted } from './import-model';
import { encodeArtifact } from './model-artifact';
import { requireModelPlugin } from './model-registry';
import { buildTrainingSet, rowsIn, type BarRange } from './training-set';

export interface ModelInput {
  /** Columns of the model's inputs, in their order, over the full history. */
  features: readonly Float64Array[];
  close: Float64Array;
  openTimeMs: Float64Array;
}

/**
 * Fits the plan on bars [from, to): a row counts when its label, too, ends before `to`. Same inputs, same bytes.
 * @throws DomainError `insufficient_data` when the rows cannot determine the model; `not_ready` without a plan.
 */
export function fitModel(plan: ModelPlan | null, input: ModelInput, [from, to]: BarRange): FittedModel {
  if (plan === null) {
    throw new DomainError('not_ready', `${NO_MODEL} has nothing to fit; the rules read the features alone`);
  }
  assertFitted(plan, 'a training');
  const plugin = requireModelPlugin(plan.kind);
  const set = buildTrainingSet(input.features, input.close, plan.label.horizon);
  const rows = rowsIn(set, [[from, to - plan.label.horizon]]);
  const content = fitRows(plan, rows);
  if (content === null) {
    const required = plugin.leastRows(set.columns);
    throw new DomainError(
      'insufficient_data',
      `the training range must have at least ${required} complete rows of both classes, had ${rows.count}`,
      { rows: rows.count, required },
    );
  }
  const iso = (bar: number): string => new Date(input.openTimeMs[bar]!).toISOString();
  const train = { first_bar: iso(rows.bar[0]!), train_end: iso(to - 1), rows: rows.count };
  const bytes = encodeArtifact(plan, plugin, content, train);
  return {
    bytes,
    sha256: sha256Hex(bytes),
    trainEnd: train.train_end,
    rows: rows.count,
    figures: plugin.figures(content, plan.inputs),
  };
}
