import type { PipelineDocument, StrategyDocument } from '@assay/contracts';
import { modelPlan, type EvaluatorParts, type ModelRuntime } from '@assay/domain';
import { DomainError, invalid, sha256Hex } from '@assay/primitives';
import { featureRuntimes } from '../features';
import { loadArtifact, type ModelArtifact } from '../models';

/**
 * Everything outside the document that its evaluator needs: feature runtimes and the fitted model.
 * @throws DomainError `not_ready` when a model needs an artifact and none is given, `evidence_mismatch` when the bytes
 * are not those that the document names or were fitted on other inputs.
 */
export function partsFor(document: StrategyDocument, artifact: Uint8Array | null): EvaluatorParts {
  if (document.kind !== 'pipeline') return { features: [], model: null };
  return { features: featureRuntimes(document.features, document.timeframe), model: modelFor(document, artifact) };
}

/** The artifact's model, checked against the document; null without a model. */
export const modelFor = (document: PipelineDocument, artifact: Uint8Array | null): ModelRuntime | null =>
  artifactFor(document, artifact)?.model ?? null;

/** The artifact, checked against the document; null without a model. */
export function artifactFor(document: PipelineDocument, artifact: Uint8Array | null): ModelArtifact | null {
  const plan = modelPlan(document.model);
  if (plan === null) return null;
  if (artifact === null) throw new DomainError('not_ready', `model ${plan.kind} must have a fitted artifact, had none`);
  const actual = sha256Hex(artifact);
  if (document.artifact && document.artifact.sha256 !== actual) {
    const { sha256 } = document.artifact;
    throw new DomainError('evidence_mismatch', `artifact must have SHA-256 ${sha256}, was ${actual}`, {
      sha256,
      actual,
    });
  }
  const loaded = loadArtifact(artifact);
  const { kind, model } = loaded;
  if (kind !== plan.kind) {
    const message = `the artifact must be of kind ${plan.kind}, was ${kind}`;
    throw new DomainError('evidence_mismatch', message, { kind: plan.kind, actual: kind });
  }
  if (model.inputs.join('\n') !== plan.inputs.join('\n')) {
    const message = `the artifact must have the inputs ${plan.inputs.join(', ')}, had ${model.inputs.join(', ')}`;
    throw new DomainError('evidence_mismatch', message, { inputs: plan.inputs, actual: model.inputs });
  }
  return loaded;
}

/** Positions of the model's inputs among the document's features. @throws DomainError `validation_failed` for an unknown name. */
export function modelInputIndices(document: PipelineDocument): number[] {
  const names = document.features.map((feature) => feature.name);
  const inputs = modelPlan(document.model)?.inputs ?? [];
  return inputs.map((input, i) => {
    const at = names.indexOf(input);
    if (at >= 0) return at;
    const message = `model input must be one of the features ${names.join(', ')}, was ${input}`;
    throw invalid([{ field: `model.inputs[${i}]`, rule: 'known_feature', value: input, message }]);
  });
}
