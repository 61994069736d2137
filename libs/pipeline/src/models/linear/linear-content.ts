import type { LinearModel } from '@assay/quant';
import type { ModelContent } from '../model-plugin';

/** A linear model as an artifact holds it. */
export const linearContent = ({ intercept, coefficients, means, scales }: LinearModel): ModelContent => ({
  intercept,
  coefficients: [...coefficients],
  means: [...means],
  scales: [...scales],
});

/** The coefficients by the names of their inputs, each of one deviation of the input; of a regression in units of the label. */
export function coefficientFigures(content: ModelContent, inputs: readonly string[]): Record<string, number> {
  const coefficients = content.coefficients as number[];
  const { scale = 1 } = (content.target ?? {}) as { scale?: number };
  return Object.fromEntries(inputs.map((input, i) => [`coefficient.${input}`, coefficients[i]! * scale]));
}

/** @throws Error when it is not of so many inputs. */
export function linearOf({ intercept, coefficients, means, scales }: ModelContent, inputs: number): LinearModel {
  const isComplete =
    Number.isFinite(intercept) &&
    isNumbers(coefficients, inputs) &&
    isNumbers(means, inputs) &&
    isNumbers(scales, inputs);
  if (!isComplete) throw new Error('coefficients, means and scales must be one number per input');
  return {
    intercept: intercept as number,
    coefficients: Float64Array.from(coefficients),
    means: Float64Array.from(means),
    scales: Float64Array.from(scales),
  };
}

/** Whether it is a list of so many finite numbers. */
export function isNumbers(value: unknown, length: number): value is number[] {
  return Array.isArray(value) && value.length === length && value.every((x) => Number.isFinite(x));
}
