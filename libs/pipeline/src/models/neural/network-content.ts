import type { ModelContent } from '../model-plugin';
import { isNumbers } from '../linear/linear-content';
import type { TrainedNetwork } from './train-network';

/** What the artifact of every network holds beside its layers. */
export const frameContent = ({ means, scales, epochs, samples, validation }: TrainedNetwork): ModelContent => ({
  means: [...means],
  scales: [...scales],
  epochs,
  samples,
  ...(validation ? { validation_rows: validation.rows, validation_loss: validation.loss } : {}),
});

/** @throws Error when it is not of so many inputs. */
export function frameOf(
  { means, scales }: ModelContent,
  inputs: number,
): { means: Float64Array; scales: Float64Array } {
  if (!isNumbers(means, inputs) || !isNumbers(scales, inputs))
    throw new Error('means and scales must be one number per input');
  return { means: Float64Array.from(means), scales: Float64Array.from(scales) };
}

/** @throws Error when it is no list of finite numbers. */
export function weightsOf(value: unknown, name: string): Float64Array {
  if (!Array.isArray(value) || !isNumbers(value, value.length)) throw new Error(`${name} must be a list of numbers`);
  return Float64Array.from(value);
}

export const networkFigures = (content: ModelContent): Record<string, number> => {
  const { epochs, samples, validation_rows: rows, validation_loss: loss } = content as Record<string, number>;
  return {
    epochs: epochs!,
    samples: samples!,
    ...(rows === undefined ? {} : { validation_rows: rows, validation_loss: loss! }),
  };
};
