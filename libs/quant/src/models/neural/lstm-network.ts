import { requireThat } from '../../errors/invalid-input';
import { portableTanh } from '../exponential';
import { sigmoid } from '../sigmoid';
import { checkFrame, readOut, type NetworkFrame } from './network';

export interface LstmNetwork extends NetworkFrame {
  /** Rows that it reads. */
  readonly steps: number;
  readonly units: number;
  /**
   * Row-major, 4 units x (inputs + 1 + units): rows of the gates in, forget and out and of the candidate; in each the
   * weights of the inputs, the constant, the weights of the units one step before.
   */
  readonly kernel: Float64Array;
}

/**
 * One layer of long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000) over
 * the last `steps` rows, row-major and oldest first, from a state of zeros. NaN where an input is NaN. Sums go over the
 * constant, the inputs and the units in this order, so that rows have one result. No allocation.
 * @throws InvalidInputError when the sizes do not fit each other.
 */
export function lstmPredictor(network: LstmNetwork): (rows: ArrayLike<number>) => number {
  const { means, scales, steps, units, kernel } = network;
  const inputs = means.length;
  const width = inputs + 1 + units;
  requireThat(Number.isInteger(steps) && steps >= 1, 'steps', 'an integer of at least 1', steps);
  requireThat(Number.isInteger(units) && units >= 1, 'units', 'an integer of at least 1', units);
  requireThat(kernel.length === 4 * units * width, 'kernel', `${4 * units * width} numbers`, kernel.length);
  checkFrame(network, units);
  const x = new Float64Array(inputs);
  const cell = new Float64Array(units);
  const hidden = new Float64Array(units);
  const gates = new Float64Array(4 * units);
  return (rows) => {
    cell.fill(0);
    hidden.fill(0);
    for (let t = 0; t < steps; t++) {
      for (let j = 0; j < inputs; j++) {
        x[j] = (rows[t * inputs + j] - means[j]) / scales[j];
        if (x[j] !== x[j]) return NaN;
      }
      for (let g = 0, at = 0; g < gates.length; g++, at += width) {
        let sum = kernel[at + inputs];
        for (let j = 0; j < inputs; j++) sum += kernel[at + j] * x[j];
        const own = at + inputs + 1;
        for (let u = 0; u < units; u++) sum += kernel[own + u] * hidden[u];
        gates[g] = sum;
      }
      for (let u = 0; u < units; u++) {
        const taken = sigmoid(gates[u]) * portableTanh(gates[3 * units + u]);
        cell[u] = sigmoid(gates[units + u]) * cell[u] + taken;
        hidden[u] = sigmoid(gates[2 * units + u]) * portableTanh(cell[u]);
      }
    }
    return readOut(network, hidden);
  };
}
