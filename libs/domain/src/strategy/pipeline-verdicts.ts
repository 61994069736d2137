import { columnNames, MOST_FEATURES, NO_MODEL, PREDICTION_FIELD, type FeatureSpec } from '@assay/contracts';
import { below, describeValue, type FieldProblem, noting } from '@assay/primitives';
import { rawFields, rawItems } from '../documents';
import { ruleVerdicts } from '../rule-tree';
import type { ExtraColumns } from './limits';

/** Throws `validation_failed` for a feature of a pipeline that nothing can compute. */
export type CheckFeature = (feature: FeatureSpec) => void;

/** Names the rules of a pipeline may use: its features, `prediction` where a model makes one, and bar columns. */
export function ruleFields(features: readonly string[], hasPredictions: boolean, columns: readonly string[]): string[] {
  return [...features, ...(hasPredictions ? [PREDICTION_FIELD] : []), ...columnNames(columns).slice(1)];
}

/**
 * What the schema of a pipeline document cannot say: features that nothing can compute, and names that no feature or column has.
 * @param problems what the schema has found
 */
export function pipelineVerdicts(
  input: unknown,
  problems: readonly FieldProblem[],
  columns: ExtraColumns,
  checkFeature: CheckFeature,
): FieldProblem[] {
  const verdicts: FieldProblem[] = [];
  const wrong = new Map(problems.map(({ field, rule }) => [field, rule]));
  const features = rawItems(input, 'features', '', MOST_FEATURES).flatMap(([item, place]) => {
    const feature = readableFeature(item, place, wrong);
    if (feature) noting(verdicts, () => below(place, () => checkFeature(feature)));
    return feature ? [feature.name] : [];
  });
  const { model, signal } = rawFields(input);
  const { kind } = rawFields(model);
  if (kind !== NO_MODEL && kind !== undefined && !wrong.has('model.kind')) {
    verdicts.push(...inputVerdicts(model, features));
  }
  const fields = columns === 'any' ? null : ruleFields(features, kind !== NO_MODEL, columns);
  return [
    ...verdicts.filter(({ field }) => !wrong.has(field) || field.startsWith('model.')),
    ...ruleVerdicts(rawFields(signal).rule_tree, 'signal.rule_tree', fields),
  ];
}

/** A feature whose own fields are right, with those of its parameters that are; a name that is taken is one all the same. */
function readableFeature(item: unknown, place: string, wrong: ReadonlyMap<string, string>): FeatureSpec | undefined {
  const isWrong = ['name', 'plugin', 'plugin_version', 'params'].some((key) => {
    const rule = wrong.get(`${place}.${key}`);
    return rule !== undefined && rule !== 'reserved';
  });
  if (isWrong || wrong.has(place)) return undefined;
  const feature = item as FeatureSpec;
  const params = Object.entries(feature.params).filter(([name]) => !wrong.has(`${place}.params.${name}`));
  return { ...feature, params: Object.fromEntries(params) };
}

/** The inputs of a model are features, as many at most. */
function inputVerdicts(model: unknown, features: readonly string[]): FieldProblem[] {
  const { inputs } = rawFields(model);
  const most = features.length || 1;
  if (Array.isArray(inputs) && inputs.length > most) {
    const message = `model.inputs must have at most ${most} items, had ${inputs.length}`;
    return [{ field: 'model.inputs', rule: 'max_items', value: inputs.length, message }];
  }
  return rawItems(model, 'inputs', 'model', most).flatMap(([input, field]) => {
    if (features.includes(input as string)) return [];
    const message = `${field} must be one of ${features.join(', ')}, was ${describeValue(input)}`;
    return [{ field, rule: 'unknown_reference', value: input, message }];
  });
}

/** Each feature is an input once; what is no feature is said by itself. */
export function repeatedInputs(input: unknown, problems: readonly FieldProblem[]): FieldProblem[] {
  const { inputs } = rawFields(rawFields(input).model);
  const told = new Set(problems.map(({ field }) => field));
  if (!Array.isArray(inputs) || told.has('model.inputs') || told.has('model.kind')) return [];
  const named = inputs.filter((_, i) => !told.has(`model.inputs[${i}]`));
  if (new Set(named).size === named.length) return [];
  const message = `model.inputs must name each feature once, was ${describeValue(inputs)}`;
  return [{ field: 'model.inputs', rule: 'unique', value: inputs, message }];
}
