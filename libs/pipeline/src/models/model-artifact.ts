import { DomainError, type ModelRuntime } from '@assay/domain';
import type { LogisticModel } from '@assay/quant';
import { canonicalJson } from '../hash';
import { logisticRuntime, type LogisticSpec } from './logistic';

const FORMAT = 'assay.logistic.v1';

/** Content of a model artifact. Numbers are written in the shortest form that reads back to the same 64 bits. */
export interface LogisticArtifact {
  format: typeof FORMAT;
  inputs: string[];
  label: LogisticSpec['label'];
  params: LogisticSpec['params'];
  seed: number;
  intercept: number;
  coefficients: number[];
  means: number[];
  scales: number[];
  iterations: number;
  converged: boolean;
  train: { first_bar: string; train_end: string; rows: number };
}

export function encodeLogistic(spec: LogisticSpec, model: LogisticModel, train: LogisticArtifact['train']): Uint8Array {
  const artifact: LogisticArtifact = {
    format: FORMAT,
    inputs: [...spec.inputs],
    label: spec.label,
    params: spec.params,
    seed: spec.seed,
    intercept: model.intercept,
    coefficients: [...model.coefficients],
    means: [...model.means],
    scales: [...model.scales],
    iterations: model.iterations,
    converged: model.converged,
    train,
  };
  return new TextEncoder().encode(canonicalJson(artifact));
}

function isNumbers(value: unknown, length: number): value is number[] {
  return Array.isArray(value) && value.length === length && value.every((x) => Number.isFinite(x));
}

function corrupt(why: string): DomainError {
  return new DomainError('evidence_mismatch', `the model artifact is not usable: ${why}`);
}

/** @throws DomainError `evidence_mismatch` when the bytes are no artifact of a known format. */
export function decodeArtifact(bytes: Uint8Array): LogisticArtifact {
  let artifact: LogisticArtifact;
  try {
    artifact = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as LogisticArtifact;
  } catch {
    throw corrupt('it is no JSON');
  }
  if (artifact?.format !== FORMAT) throw corrupt(`format must be ${FORMAT}, was ${String(artifact?.format)}`);
  const k = Array.isArray(artifact.inputs) ? artifact.inputs.length : -1;
  const complete =
    k > 0 &&
    Number.isFinite(artifact.intercept) &&
    isNumbers(artifact.coefficients, k) &&
    isNumbers(artifact.means, k) &&
    isNumbers(artifact.scales, k);
  if (!complete) throw corrupt('coefficients, means and scales must be one number per input');
  return artifact;
}

/** The runnable model of an artifact's bytes. */
export function loadModel(bytes: Uint8Array): ModelRuntime {
  const artifact = decodeArtifact(bytes);
  return logisticRuntime(artifact.inputs, {
    intercept: artifact.intercept,
    coefficients: Float64Array.from(artifact.coefficients),
    means: Float64Array.from(artifact.means),
    scales: Float64Array.from(artifact.scales),
    iterations: artifact.iterations,
    converged: artifact.converged,
  });
}
