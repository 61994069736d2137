import { taskOf, type ModelPlan } from '@assay/contracts';
import type { ModelRuntime } from '@assay/domain';
import { canonicalJson, DomainError, isDomainError } from '@assay/primitives';
import type { ModelContent, ModelPlugin } from './model-plugin';
import { runtimeOf } from './fit-rows';
import { modelPlugins } from './model-registry';

/** What every artifact says of itself, beside the content of its kind. */
interface Envelope {
  /** Kind and version of the plugin that fitted it. */
  format: string;
  inputs: string[];
  label: ModelPlan['label'];
  params: ModelPlan['params'];
  seed: number;
  /** Where the plan has it. */
  training?: ModelPlan['training'];
  /** Of an imported model nobody counted the rows. */
  train: { first_bar: string; train_end: string; rows: number | null };
}

export interface ModelArtifact {
  kind: string;
  inputs: string[];
  train: Envelope['train'];
  model: ModelRuntime;
}

const formatOf = ({ key, version }: ModelPlugin): string => `assay.${key}.v${version}`;

/** The bytes that are stored and named by their hash: canonical JSON, so that the same fit has the same bytes. */
export function encodeArtifact(
  { inputs, label, params, seed, training }: ModelPlan,
  plugin: ModelPlugin,
  content: ModelContent,
  train: Envelope['train'],
): Uint8Array {
  const envelope: Envelope = { format: formatOf(plugin), inputs: [...inputs], label, params, seed, train };
  if (training !== undefined) envelope.training = training;
  const taken = Object.keys(content).filter((name) => Object.hasOwn(envelope, name));
  if (taken.length > 0) throw new Error(`the content of a model must leave ${taken.join(', ')} to its artifact`);
  return new TextEncoder().encode(canonicalJson({ ...content, ...envelope }));
}

function corrupt(why: string): DomainError {
  return new DomainError('evidence_mismatch', `the model artifact is not usable: ${why}`);
}

interface Decoded {
  plugin: ModelPlugin;
  found: Envelope & ModelContent;
}

/** @throws DomainError `evidence_mismatch` when the bytes are no artifact of a known format. */
function decode(bytes: Uint8Array): Decoded {
  let found: Envelope & ModelContent;
  try {
    found = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Envelope & ModelContent;
  } catch {
    throw corrupt('it is no JSON');
  }
  const plugin = [...modelPlugins.values()].find((known) => formatOf(known) === found?.format);
  if (plugin) return { plugin, found };
  const known = [...modelPlugins.values()].map(formatOf).join(' or ');
  throw corrupt(`format must be ${known}, was ${String(found?.format)}`);
}

/**
 * The file that an artifact was imported from; null of a model that was fitted here.
 * @throws DomainError `evidence_mismatch` when the bytes are no artifact of a known format.
 */
export function importedFile(bytes: Uint8Array): Uint8Array | null {
  const { plugin, found } = decode(bytes);
  return plugin.imports?.file(found) ?? null;
}

/** @throws DomainError `evidence_mismatch` when the bytes are no artifact of a known format. */
export function loadArtifact(bytes: Uint8Array): ModelArtifact {
  const { plugin, found } = decode(bytes);
  const { inputs, label, train } = found;
  if (!Array.isArray(inputs) || inputs.length === 0) throw corrupt('inputs must name at least one feature');
  const task: string | undefined = label && taskOf(label);
  if (task === undefined) throw corrupt('label must be of a known kind');
  try {
    return {
      kind: plugin.key,
      inputs,
      train,
      model: runtimeOf(plugin, { inputs, label }, found),
    };
  } catch (error) {
    // such as a runtime that is not installed here, which says nothing of the artifact
    if (isDomainError(error)) throw error;
    throw corrupt((error as Error).message);
  }
}
