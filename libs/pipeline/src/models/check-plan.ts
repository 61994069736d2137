import { taskOf, type CheckedPlan, type ModelSelection } from '@assay/contracts';
import { invalid, type FieldProblem } from '@assay/primitives';
import type { ModelPlugin } from './model-plugin';

/**
 * What no schema can say of a plan: names in its label that are no inputs, ways to train that its kind or its label does
 * not have, parameters that do not fit its inputs.
 * @throws DomainError `validation_failed` with every problem.
 */
export function checkPlan(plugin: ModelPlugin, plan: CheckedPlan): void {
  const problems = [...taskProblems(plugin, plan), ...labelProblems(plan), ...trainingProblems(plugin, plan)];
  if (problems.length > 0) throw invalid(problems);
  plugin.checkInputs?.(plan.params, plan.inputs.length);
}

function taskProblems({ key, tasks }: ModelPlugin, { label }: CheckedPlan): FieldProblem[] {
  if (tasks.includes(taskOf(label))) return [];
  const message = `label.kind must be one that ${key} can learn (${tasks.join(', ')}), was ${label.kind}`;
  return [{ field: 'label.kind', rule: 'task', value: label.kind, message }];
}

function labelProblems({ label, inputs }: CheckedPlan): FieldProblem[] {
  if (label.kind !== 'triple_barrier') return [];
  const named: [string, string | null][] = [
    ['label.side', label.side],
    ['label.width.name', label.width.kind === 'input' ? label.width.name : null],
  ];
  return named.flatMap(([field, value]) => {
    if (value === null || inputs.includes(value)) return [];
    const message = `${field} must be one of the model's inputs ${inputs.join(', ')}, was ${value}`;
    return [{ field, rule: 'unknown_reference', value, message }];
  });
}

function trainingProblems(plugin: ModelPlugin, { label, inputs, training = {} }: CheckedPlan): FieldProblem[] {
  const isRegression = taskOf(label) === 'regression';
  if (plugin.imports && Object.keys(training).length > 0) {
    const message = `training must not be given: a model of kind ${plugin.key} is trained elsewhere`;
    return [{ field: 'training', rule: 'not_applicable', value: training, message }];
  }
  const absent: [keyof typeof training, boolean, string][] = [
    ['class_weight', isRegression, `a label of kind ${label.kind} has no classes`],
    ['calibration', isRegression, `predictions of ${label.kind} are no chances`],
    ['bootstrap', plugin.drawsRows !== true, `${plugin.key} draws no rows`],
  ];
  const refused = absent.flatMap(([name, isWrong, why]) => {
    if (training[name] === undefined || !isWrong) return [];
    const message = `training.${name} must not be given: ${why}`;
    return [{ field: `training.${name}`, rule: 'not_applicable', value: training[name], message }];
  });
  return [...refused, ...selectionProblems(training.selection?.keep, inputs.length)];
}

function selectionProblems(keep: ModelSelection['keep'] | undefined, inputs: number): FieldProblem[] {
  if (keep?.kind !== 'best' || keep.count <= inputs) return [];
  const field = 'training.selection.keep.count';
  const message = `${field} must be at most the ${inputs} inputs of the model, was ${keep.count}`;
  return [{ field, rule: 'maximum', value: keep.count, message }];
}
