import { requireThat } from '../../errors/invalid-input';
import { portableTanh } from '../exponential';
import { checkFrame, readOut, type NetworkFrame } from './network';

export type Activation = 'relu' | 'tanh';

export interface DenseNetwork extends NetworkFrame {
  /** Row-major, units x (inputs of the layer + 1): a weight an input, then the constant. */
  readonly layers: readonly Float64Array[];
  readonly activation: Activation;
}

/**
 * A feed-forward network with hidden layers. The prediction of one row; NaN where an input is NaN. Sums go over the
 * constant first and then the inputs in their order, so that a row has one result. No allocation.
 * @throws InvalidInputError when the layers do not fit each other.
 */
export function densePredictor(network: DenseNetwork): (row: ArrayLike<number>) => number {
  const { means, scales, layers, activation } = network;
  const inputs = means.length;
  const units: Float64Array[] = [];
  let width = inputs;
  layers.forEach((layer, l) => {
    const count = layer.length / (width + 1);
    const isWhole = Number.isInteger(count) && count >= 1;
    requireThat(isWhole, `layers[${l}]`, `a multiple of ${width + 1} numbers`, layer.length);
    units.push(new Float64Array(count));
    width = count;
  });
  checkFrame(network, width);
  const first = new Float64Array(inputs);
  return (row) => {
    for (let j = 0; j < inputs; j++) {
      first[j] = (row[j] - means[j]) / scales[j];
      if (first[j] !== first[j]) return NaN;
    }
    let below: Float64Array = first;
    for (let l = 0; l < layers.length; l++) {
      activate(layers[l], below, units[l], activation);
      below = units[l];
    }
    return readOut(network, below);
  };
}

function activate(layer: Float64Array, below: Float64Array, units: Float64Array, activation: Activation): void {
  const width = below.length;
  for (let u = 0, at = 0; u < units.length; u++, at += width + 1) {
    let sum = layer[at + width];
    for (let j = 0; j < width; j++) sum += layer[at + j] * below[j];
    if (activation === 'tanh') units[u] = portableTanh(sum);
    else units[u] = sum > 0 ? sum : 0;
  }
}
