import { requireThat } from '../../errors/invalid-input';
import { sigmoid } from '../sigmoid';

/** What the last sum of a network means: log-odds of label 1, or the label itself. */
export type NetworkOutput = 'chance' | 'value';

/** What every network has around its layers. */
export interface NetworkFrame {
  /** Per input: its mean, which is taken off, and its scale, which what is left is divided by. */
  readonly means: Float64Array;
  readonly scales: Float64Array;
  /** A weight for each unit of the last layer, then the constant. */
  readonly output: Float64Array;
  readonly outputIs: NetworkOutput;
}

/** The prediction from the units of the last layer. */
export function readOut({ output, outputIs }: NetworkFrame, units: Float64Array): number {
  let sum = output[units.length];
  for (let u = 0; u < units.length; u++) sum += output[u] * units[u];
  return outputIs === 'chance' ? sigmoid(sum) : sum;
}

/** @throws InvalidInputError that names the field. */
export function checkFrame({ means, scales, output }: NetworkFrame, units: number): void {
  requireThat(means.length >= 1, 'means', 'one number per input', means.length);
  requireThat(scales.length === means.length, 'scales', `${means.length} like means`, scales.length);
  requireThat(output.length === units + 1, 'output', `${units + 1} numbers`, output.length);
  for (let j = 0; j < scales.length; j++) requireThat(scales[j] > 0, `scales[${j}]`, 'above 0', scales[j]);
}
