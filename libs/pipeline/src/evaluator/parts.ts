import type { PipelineDocument, StrategyDocument } from '@assay/contracts';
import { DomainError, invalid, type EvaluatorParts, type ModelRuntime } from '@assay/domain';
import { featureRuntime } from '../features';
import { sha256Hex } from '../hash';
import { loadModel } from '../models';

/**
 * Everything outside the document that its evaluator needs: feature runtimes and the fitted model.
 * @throws DomainError `not_ready` when a model needs an artifact and none is given, `evidence_mismatch` when the bytes
 * are not those that the document names or were fitted on other inputs.
 */
export function partsFor(document: StrategyDocument, artifact: Uint8Array | null): EvaluatorParts {
  if (document.kind !== 'pipeline') return { features: [], model: null };
  return { features: document.features.map(featureRuntime), model: modelFor(document, artifact) };
}

/** The artifact's model, checked against the document; null for `rule.identity`. */
export function modelFor(document: PipelineDocument, artifact: Uint8Array | null): ModelRuntime | null {
  const { model: spec } = document;
  if (spec.kind === 'rule.identity') return null;
  if (artifact === null) throw new DomainError('not_ready', `model ${spec.kind} must have a fitted artifact, had none`);
  const actual = sha256Hex(artifact);
  if (document.artifact && document.artifact.sha256 !== actual) {
    const { sha256 } = document.artifact;
    throw new DomainError('evidence_mismatch', `artifact must have SHA-256 ${sha256}, was ${actual}`, {
      sha256,
      actual,
    });
  }
  const model = loadModel(artifact);
  if (model.inputs.join('\n') !== spec.inputs.join('\n')) {
    const message = `the artifact must have the inputs ${spec.inputs.join(', ')}, had ${model.inputs.join(', ')}`;
    throw new DomainError('evidence_mismatch', message, { inputs: spec.inputs, actual: model.inputs });
  }
  return model;
}

/** Positions of the model's inputs among the document's features. @throws DomainError `validation_failed` for an unknown name. */
export function modelInputIndices(document: PipelineDocument): number[] {
  if (document.model.kind === 'rule.identity') return [];
  const names = document.features.map((feature) => feature.name);
  return document.model.inputs.map((input, i) => {
    const at = names.indexOf(input);
    if (at >= 0) return at;
    const message = `model input must be one of the features ${names.join(', ')}, was ${input}`;
    throw invalid([{ field: `model.inputs[${i}]`, rule: 'known_feature', value: input, message }]);
  });
}
