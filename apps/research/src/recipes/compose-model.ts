import { NO_MODEL, type ModelLabel, type ModelTraining } from '@assay/contracts';
import { checkPlan, requireModelPlugin, resolveParams } from '@assay/pipeline';
import { type FieldProblem, invalid } from '@assay/primitives';
import type { FeatureContent } from './feature-content';
import type { Pinned } from './pinned';
import type { ModelContent, ModelRefit } from './model-content';

const DEFAULT_LABEL: ModelLabel = { kind: 'forward_return_sign', horizon: 1 };

export interface ModelFields {
  kind: string;
  features: Pinned<FeatureContent>[];
  label?: ModelLabel | null;
  params?: Readonly<Record<string, unknown>> | null;
  seed?: number | null;
  refit?: ModelRefit | null;
  training?: ModelTraining | null;
}

/** The content of a model with its defaults. @throws DomainError `validation_failed` for fields that do not fit the kind. */
export function composeModel({ kind, features, label, params, seed, refit, training }: ModelFields): ModelContent {
  const problems: FieldProblem[] = [];
  if (kind === NO_MODEL) {
    const given = {
      feature_ids: features.length > 0 ? features.map((f) => f.pin.id) : undefined,
      label,
      params,
      seed,
      refit,
      training,
    };
    for (const [field, value] of Object.entries(given)) {
      if (value === undefined || value === null) continue;
      problems.push({
        field,
        rule: 'not_applicable',
        value,
        message: `${field} must not be given for a model of kind ${NO_MODEL}`,
      });
    }
    if (problems.length > 0) throw invalid(problems);
    return { kind };
  }
  if (features.length === 0) {
    problems.push({
      field: 'feature_ids',
      rule: 'min_items',
      value: [],
      message: 'feature_ids must have at least 1 item, was empty',
    });
  }
  features.forEach(({ content: { name } }, i) => {
    if (features.findIndex((f) => f.content.name === name) === i) return;
    problems.push({
      field: `feature_ids[${i}]`,
      rule: 'unique',
      value: name,
      message: `feature_ids must name each feature once, ${name} is repeated`,
    });
  });
  if (problems.length > 0) throw invalid(problems);
  const plugin = requireModelPlugin(kind);
  const { every, min_train } = refit ?? plugin.refit;
  const plan = {
    label: label ?? DEFAULT_LABEL,
    params: resolveParams(plugin, params ?? {}),
    ...(training ? { training } : {}),
  };
  checkPlan(plugin, { ...plan, inputs: features.map(({ content }) => content.name) });
  return {
    kind,
    inputs: features.map(({ pin, content }) => ({ name: content.name, pin })),
    ...plan,
    seed: seed ?? 0,
    refit: { every, min_train },
  };
}
