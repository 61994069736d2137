import { taskOf, type ModelPlan } from '@assay/contracts';
import { predictRange, type ModelRuntime } from '@assay/domain';
import { calibrated, fitCalibration } from './calibration';
import { namingInputs } from './fit-refusals';
import { loadSelected, readInputs, selectInputs, selectionContent, selectionFigures } from './input-selection';
import { inLabelUnits, labelScale, standardised } from './label-scale';
import type { ModelContent, ModelPlugin, Predict } from './model-plugin';
import { requireModelPlugin } from './model-registry';
import type { RowMetrics } from './row-metrics';
import { weighRows } from './sample-weights';
import { withColumns, hasTwoLabels, type TrainingSet } from './training-set';
import { validationSplit } from './validation-split';

/**
 * Fits the plan's model; null when the rows cannot determine one: too few of them, or all of one label. A calibration is
 * fitted on the last rows, and the model on those whose label is known before them. The same content on any number of threads.
 */
export function fitRows(plan: ModelPlan, rows: TrainingSet, threads = 1): ModelContent | null {
  const plugin = requireModelPlugin(plan.kind);
  const { calibration } = plan.training ?? {};
  if (calibration === undefined) return fitOn(plugin, plan, rows, threads);
  const split = validationSplit(rows, calibration.fraction);
  const content = split && fitOn(plugin, plan, split.fit, threads);
  if (!content) return null;
  const tail = weighRows(split.tail, plan.training);
  const curve = fitCalibration(calibration.kind, predictRows(runtimeOf(plugin, plan, content), tail), tail);
  return curve && { ...content, calibration: curve };
}

function fitOn(plugin: ModelPlugin, plan: ModelPlan, rows: TrainingSet, threads: number): ModelContent | null {
  const { inputs, training } = plan;
  if (training?.selection === undefined) return fitInputs(plugin, plan, inputs, rows, threads);
  if (!hasTwoLabels(rows)) return null;
  const selected = selectInputs(training.selection, rows);
  const { kept } = selected;
  if (kept.length === 0) return null;
  const params = plugin.paramsOf?.(plan.params, kept) ?? plan.params;
  const selection = selectionContent(inputs, selected);
  const content = fitInputs(plugin, { ...plan, params }, selection.kept, withColumns(rows, kept), threads);
  return content && { ...content, selection };
}

/** @param read names of the columns of the rows, which are some of the plan's inputs or all of them */
function fitInputs(
  plugin: ModelPlugin,
  plan: ModelPlan,
  read: readonly string[],
  rows: TrainingSet,
  threads: number,
): ModelContent | null {
  const { params, seed, training, inputs } = plan;
  if (rows.count < plugin.leastRows(rows.columns) || !hasTwoLabels(rows)) return null;
  const weighed = weighRows(rows, training);
  const ways = { bootstrap: training?.bootstrap, threads };
  return namingInputs(inputs, read, () => {
    if (plugin.suffices?.(rows, params) === false) return null;
    if (rows.task === 'classification') return plugin.fit(weighed, params, seed, ways);
    const target = labelScale(weighed);
    return { ...plugin.fit(standardised(weighed, target), params, seed, ways), target };
  });
}

/** What the kind says of its search, and which inputs were chosen for it. */
export const contentFigures = (plugin: ModelPlugin, inputs: readonly string[], content: ModelContent): RowMetrics => ({
  ...plugin.figures(content, readInputs(inputs, content)),
  ...selectionFigures(content),
});

/** The runnable model of a fit. */
export const modelRuntime = (plan: ModelPlan, content: ModelContent): ModelRuntime =>
  runtimeOf(requireModelPlugin(plan.kind), plan, content);

/** @throws Error that says what is wrong, when the content is none of the plugin's. */
export function runtimeOf(
  plugin: ModelPlugin,
  { inputs, label }: Pick<ModelPlan, 'inputs' | 'label'>,
  content: ModelContent,
): ModelRuntime {
  const task = taskOf(label);
  const said = loadSelected(inputs, content, (read) => plugin.load(content, read, task));
  const predict = finished(task, said, content);
  return { inputs: [...inputs], window: plugin.window?.(content) ?? 1, predict, predictAll: predict.all };
}

function finished(task: TrainingSet['task'], said: Predict, content: ModelContent): Predict {
  if (task === 'regression') return inLabelUnits(content.target, said);
  return content.calibration === undefined ? said : calibrated(content.calibration, said);
}

/** The prediction of each row. */
export function predictRows(model: ModelRuntime, { history, bar, count }: TrainingSet): Float64Array {
  if (count === 0) return new Float64Array(0);
  const to = bar[count - 1]! + 1;
  const all = new Float64Array(to);
  predictRange(model, history, [bar[0]!, to], all);
  return Float64Array.from(bar, (at) => all[at]!);
}
