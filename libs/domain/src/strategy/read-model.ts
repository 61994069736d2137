import {
  NO_MODEL,
  type ArtifactRef,
  type ModelKinds,
  type ModelPlan,
  type ModelSpec,
  type ParametersSchema,
  type PinnedRef,
} from '@assay/contracts';
import { describeValue, SHA256_HEX } from '@assay/primitives';
import { type ObjectReader } from '../documents';
import { PLUGIN_KEY, readDeclaredParams, readParams } from './read-params';

export const SHA256 = { matches: SHA256_HEX, text: 'be a SHA-256 in lower-case hexadecimal' };

/** Reads a pin; an absent one is null. */
export function readPin(parent: ObjectReader): PinnedRef | null {
  if (parent.raw('pin') === null || parent.raw('pin') === undefined) return null;
  const reader = parent.object('pin');
  if (!reader) return null;
  const id = reader.uuid('id', { required: true });
  const revision = reader.integer('revision', { required: true, min: 1 });
  const hash = reader.text('hash', { required: true, pattern: SHA256 });
  reader.refuseUnknown();
  return id && revision && hash ? { id, revision, hash } : null;
}

/**
 * Reads the model specification; `features` are the names it may take as inputs. Without `kinds` every key is taken for a
 * kind, and its parameters as they come.
 */
export function readModel(
  parent: ObjectReader,
  features: readonly string[],
  kinds: ModelKinds | null,
): ModelSpec | undefined {
  const reader = parent.object('model', { required: true });
  if (!reader) return undefined;
  const kind = kinds
    ? reader.oneOf('kind', [NO_MODEL, ...kinds.keys()], { required: true })
    : reader.text('kind', { required: true, pattern: PLUGIN_KEY });
  if (kind === undefined) return undefined;
  const pin = readPin(reader);
  const model: ModelSpec | undefined =
    kind === NO_MODEL ? { pin, kind: NO_MODEL } : readPlan(reader, pin, kind, features, kinds?.get(kind));
  reader.refuseUnknown();
  return model;
}

function readPlan(
  reader: ObjectReader,
  pin: PinnedRef | null,
  kind: string,
  features: readonly string[],
  parameters: ParametersSchema | undefined,
): ModelPlan | undefined {
  const before = reader.problems.length;
  const inputs = reader.list('inputs', { required: true, min: 1, max: features.length || 1 }, (item, path) => {
    if (typeof item === 'string' && features.includes(item)) return item;
    const message = `${path} must be one of ${features.join(', ')}, was ${describeValue(item)}`;
    reader.problems.push({ field: path, rule: 'unknown_reference', value: item, message });
    return undefined;
  });
  if (inputs && new Set(inputs).size !== inputs.length) reader.fail('inputs', 'unique', 'name each feature once');
  const label = reader.object('label', { required: true });
  const labelKind = label?.oneOf('kind', ['forward_return_sign'], { required: true });
  const horizon = label?.integer('horizon', { required: true, min: 1, max: 1000 });
  label?.refuseUnknown();
  const params = parameters ? readDeclaredParams(reader, parameters) : readParams(reader);
  const seed = reader.integer('seed', { required: true, min: 0 });
  const refit = reader.object('refit', { required: true });
  const every = refit?.integer('every', { required: true, min: 1 });
  const minTrain = refit?.integer('min_train', { required: true, min: 2 });
  refit?.refuseUnknown();
  if (reader.problems.length > before || !inputs || !labelKind || !params) return undefined;
  return {
    pin,
    kind,
    inputs,
    label: { kind: labelKind, horizon: horizon! },
    params,
    seed: seed!,
    refit: { every: every!, min_train: minTrain! },
  };
}

/** Reads the artifact reference; null when the document has none. */
export function readArtifact(parent: ObjectReader): ArtifactRef | null {
  if (parent.raw('artifact') === null || parent.raw('artifact') === undefined) return null;
  const reader = parent.object('artifact');
  if (!reader) return null;
  const uri = reader.text('uri', { required: true, minLength: 1, maxLength: 2048 });
  const sha256 = reader.text('sha256', { required: true, pattern: SHA256 });
  const trainEnd = reader.raw('train_end') === null ? null : reader.instant('train_end', { required: true });
  reader.refuseUnknown();
  return uri && sha256 && trainEnd !== undefined ? { uri, sha256, train_end: trainEnd } : null;
}
