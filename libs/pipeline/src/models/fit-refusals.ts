import type { ModelPlan, ModelSelection } from '@assay/contracts';
import { DomainError, invalidField } from '@assay/primitives';
import { InvalidInputError } from '@assay/quant';
import { refusing } from '../errors';
import { LEAST_CALIBRATION_ROWS } from './calibration';
import { selectInputs } from './input-selection';
import { requireModelPlugin } from './model-registry';
import { hasTwoLabels, type TrainingSet } from './training-set';
import { validationSplit } from './validation-split';

/**
 * What the core refuses of a column is a refusal that names the input.
 * @param inputs of the model; `read` those of them that are the columns of the fit
 */
export function namingInputs<T>(inputs: readonly string[], read: readonly string[], fit: () => T): T {
  return refusing(() => {
    try {
      return fit();
    } catch (error) {
      const column = error instanceof InvalidInputError ? error.facts.column : undefined;
      if (typeof column !== 'number') throw error;
      const name = read[column]!;
      const message = `input ${name} must have values whose squares stay within the number range, below about 1e150: take its logarithm or a ratio`;
      throw invalidField(`model.inputs[${inputs.indexOf(name)}]`, 'number_range', name, message);
    }
  });
}

/** Why rows determine no model. */
export function undetermined(plan: ModelPlan, rows: TrainingSet): DomainError {
  const plugin = requireModelPlugin(plan.kind);
  const { calibration, selection } = plan.training ?? {};
  const split = calibration && validationSplit(rows, calibration.fraction);
  const kept = selection && selectInputs(selection, split?.fit ?? rows).kept.length;
  const required = plugin.leastRows(kept || rows.columns);
  const refusal = (message: string, facts: Record<string, unknown> = {}): DomainError =>
    new DomainError('insufficient_data', message, { rows: rows.count, required, ...facts });
  const least = `the training range must have at least ${required} labelled rows of two labels`;
  if (rows.count < required) return refusal(`${least}, had ${rows.count}`);
  if (!hasTwoLabels(rows)) return refusal(`${least}, had ${rows.count} that all have the label ${rows.labels[0]}`);
  if (selection && kept === 0) return noInputs(plan.inputs, selection, refusal);
  if (calibration === undefined) {
    return refusal(`${least} whose earlier bars, too, have all inputs; of ${rows.count} there are too few`);
  }
  const needed = LEAST_CALIBRATION_ROWS[calibration.kind];
  const where = `training.calibration of kind ${calibration.kind} must be fitted on at least ${needed} rows`;
  const what = `, since on fewer it harms the chances: raise its fraction of ${calibration.fraction} or train on more bars`;
  const had = Math.round(calibration.fraction * rows.count);
  if (!split || split.tail.count < needed) return refusal(`${where}, had ${had}${what}`, { required: needed });
  return refusal(`${least} before the ${had} rows that training.calibration takes, had ${split.fit.count}`);
}

function noInputs(
  inputs: readonly string[],
  { score, keep }: ModelSelection,
  refusal: (message: string) => DomainError,
): DomainError {
  const bound = keep.kind === 'above' ? ` above ${keep.score}` : '';
  return refusal(
    `training.selection must leave an input to learn from, but none of ${inputs.join(', ')} has a ${score}${bound}`,
  );
}
