import type { ModelPlan } from '@assay/contracts';
import type { ModelRuntime } from '@assay/domain';
import type { ModelContent, ModelPlugin } from './model-plugin';
import { requireModelPlugin } from './model-registry';
import type { TrainingSet } from './training-set';

/** Fits the plan's model; null when the rows cannot determine one: too few of them, or all of one label. */
export function fitRows({ kind, params, seed }: ModelPlan, rows: TrainingSet): ModelContent | null {
  const plugin = requireModelPlugin(kind);
  if (rows.count < plugin.leastRows(rows.columns)) return null;
  let positives = 0;
  for (let i = 0; i < rows.count; i++) positives += rows.labels[i]!;
  if (positives === 0 || positives === rows.count) return null;
  return plugin.suffices?.(rows, params) === false ? null : plugin.fit(rows, params, seed);
}

/** The runnable model of a fit. */
export const modelRuntime = ({ kind, inputs }: ModelPlan, content: ModelContent): ModelRuntime =>
  runtimeOf(requireModelPlugin(kind), inputs, content);

/** @throws Error that says what is wrong, when the content is none of the plugin's. */
export function runtimeOf(plugin: ModelPlugin, inputs: readonly string[], content: ModelContent): ModelRuntime {
  const predict = plugin.load(content, inputs.length);
  return { inputs: [...inputs], window: plugin.window?.(content) ?? 1, predict };
}
