import { NO_MODEL, type FeatureSpec, type ModelSpec, type SignalSpec, type Timeframe } from '@assay/contracts';
import { modelPlan, parseRuleTree, ruleFields } from '@assay/domain';
import { type FieldProblem, invalid } from '@assay/primitives';
import type { FeatureContent } from './feature-content';
import type { ModelContent } from './model-content';
import type { Pinned } from './pinned';
import type { SignalContent } from './signal-content';
import type { PipelineConfig, Recipe } from './recipe';

export interface RecipeParts {
  universe: string[];
  timeframe: Timeframe;
  config: PipelineConfig;
  features: Pinned<FeatureContent>[];
  model: Pinned<ModelContent> | null;
  signal: Pinned<SignalContent> | null;
  /** Extra bar columns that rules may name, beside the standard ones. */
  extraColumns: string[];
}

export function featureSpec({ pin, content }: Pinned<FeatureContent>): FeatureSpec {
  const { name, plugin, plugin_version, params } = content;
  return { pin, name, plugin, plugin_version, params };
}

export function modelSpec({ pin, content }: Pinned<ModelContent>): ModelSpec {
  const plan = modelPlan(content);
  if (plan === null) return { pin, kind: NO_MODEL };
  const { kind, label, params, seed, refit, training } = plan;
  const trained = training ? { training } : {};
  return { pin, kind, inputs: plan.inputs.map((input) => input.name), label, params, seed, refit, ...trained };
}

export function signalSpec({ pin, content }: Pinned<SignalContent>): SignalSpec {
  return { pin, ...content };
}

const duplicates = (names: string[]): string[] => names.filter((name, i) => names.indexOf(name) !== i);

function featureProblems(parts: RecipeParts): FieldProblem[] {
  const names = parts.features.map((feature) => feature.content.name);
  const problems: FieldProblem[] = duplicates(names).map((name) => ({
    field: 'feature_ids',
    rule: 'unique_names',
    value: name,
    message: `features of one strategy must have different names, ${name} occurs twice`,
  }));
  const plan = parts.model && modelPlan(parts.model.content);
  for (const input of plan?.inputs ?? []) {
    const feature = parts.features.find((candidate) => candidate.content.name === input.name);
    if (feature?.pin.hash === input.pin.hash) continue;
    const what = feature
      ? 'as it was when the model was defined'
      : `must be among the strategy's features (${names.join(', ') || 'none'})`;
    problems.push({
      field: 'feature_ids',
      rule: feature ? 'same_feature_revision' : 'model_inputs',
      value: input.name,
      message: `the model's input ${input.name} ${feature ? `must be attached ${what}` : what}`,
    });
  }
  return problems;
}

/**
 * Resolves the parts of a strategy into its recipe.
 * @throws DomainError `validation_failed`: equal feature names, model inputs that are no features of the strategy, rules
 * over unknown fields (with the path of each leaf).
 */
export function composeRecipe(parts: RecipeParts): Recipe {
  const problems = featureProblems(parts);
  if (problems.length > 0) throw invalid(problems);
  const features = parts.features.map(featureSpec);
  const model = parts.model ? modelSpec(parts.model) : null;
  // A rule tree can only be judged once the model is known: before, `prediction` may still come.
  if (parts.signal && model) {
    const names = features.map((feature) => feature.name);
    parseRuleTree(parts.signal.content.rule_tree, ruleFields(names, modelPlan(model) !== null, parts.extraColumns));
  }
  return {
    kind: 'pipeline',
    universe: parts.universe,
    timeframe: parts.timeframe,
    features,
    model,
    signal: parts.signal ? signalSpec(parts.signal) : null,
    document: null,
    config: parts.config,
  };
}
