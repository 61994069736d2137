import { NO_MODEL, taskOf, WARNINGS, type ModelPlan, type Warning } from '@assay/contracts';
import { DomainError, invalidField, isDomainError, refuse, sha256Hex } from '@assay/primitives';
import type { FittedModel } from './fitted-model';
import { encodeArtifact } from './model-artifact';
import type { ModelContent, ModelImport, ModelPlugin } from './model-plugin';
import { modelPlugins, requireModelPlugin } from './model-registry';

/** What whoever trained a model says of it: nothing in the file does. */
export interface StatedTraining {
  /** Open time of the first bar that it has seen, ISO-8601. */
  first_bar: string;
  /** Open time of the last bar that entered its training, labels included: bars after it are out of sample. */
  train_end: string;
}

/** What every result of an imported model warns of. */
export const STATED_TRAINING: Warning = { code: 'stated_training', message: WARNINGS.stated_training };

/**
 * An artifact of a model that was trained elsewhere. Same file, same bytes.
 * @throws DomainError `validation_failed` for a file that the kind cannot use, `not_ready` for a kind that is fitted here
 * or whose runtime is missing.
 */
export function importModel(plan: ModelPlan | null, file: Uint8Array, stated: StatedTraining): FittedModel {
  const plugin = plan === null ? null : requireModelPlugin(plan.kind);
  if (plan === null || !plugin?.imports) throw notImported(plan?.kind ?? NO_MODEL);
  const content = readContent(plugin.imports, file, plan);
  const bytes = encodeArtifact(plan, plugin, content, { ...stated, rows: null });
  return {
    bytes,
    sha256: sha256Hex(bytes),
    trainEnd: stated.train_end,
    rows: null,
    metrics: plugin.figures(content, plan.inputs),
  };
}

function readContent(
  { read, mostBytes }: ModelImport,
  file: Uint8Array,
  { inputs, params, label }: ModelPlan,
): ModelContent {
  if (file.length === 0 || file.length > mostBytes) {
    const message = `file must have from 1 to ${mostBytes} bytes, had ${file.length}`;
    throw invalidField('file', 'size', file.length, message);
  }
  try {
    const task = taskOf(label);
    const content = read(file, inputs.length, params, task);
    // it was trained on the labels themselves, not on standardised ones
    return task === 'regression' ? { ...content, target: { mean: 0, scale: 1 } } : content;
  } catch (error) {
    if (isDomainError(error)) throw error;
    throw invalidField('file', 'model_file', null, `file: ${(error as Error).message}`);
  }
}

const importedKinds = (): string =>
  [...modelPlugins.values()].flatMap(({ key, imports }) => (imports ? [key] : [])).join(', ');

function notImported(kind: string): DomainError {
  const message = `a model of kind ${kind} is fitted, not imported; imported are those of kind ${importedKinds()}`;
  return refuse('not_ready', message, { kind });
}

/** Whether models of the kind are trained elsewhere. */
export const isImported = ({ kind }: Pick<ModelPlan, 'kind'>): boolean =>
  requireModelPlugin(kind).imports !== undefined;

/** @throws DomainError `not_ready` for a kind whose models are imported: there is nothing to fit, once or again. */
export function assertFitted(plan: Pick<ModelPlan, 'kind'>, by: string): void {
  if (!isImported(plan)) return;
  const message = `${by} must have a model that can be fitted, but one of kind ${plan.kind} is imported: import its file, and backtest and validate the artifact on bars after its training`;
  throw refuse('not_ready', message, { kind: plan.kind });
}

/** The longest file of a model that any kind takes. */
export const MOST_MODEL_BYTES = Math.max(
  ...[...modelPlugins.values()].map(({ imports }: ModelPlugin) => imports?.mostBytes ?? 0),
);
