import * as tf from '@tensorflow/tfjs';
import { createRng } from '../../random';
import { densePredictor, type Activation } from './dense-network';
import { lstmPredictor } from './lstm-network';
import type { NetworkOutput } from './network';

const rng = createRng('networks');
const draw = (length: number, size = 1): Float64Array =>
  Float64Array.from({ length }, () => Math.fround(size * (2 * rng.next() - 1)));
/** Columns [from, to) of a row-major matrix, transposed: Keras multiplies from the right. */
const transposed = (m: Float64Array, width: number, from: number, to: number): tf.Tensor2D => {
  const height = m.length / width;
  const values = Array.from({ length: to - from }, (_, c) =>
    Array.from({ length: height }, (_, r) => m[r * width + from + c]),
  );
  return tf.tensor2d(values, [to - from, height]);
};
const column = (m: Float64Array, width: number, at: number): tf.Tensor1D =>
  tf.tensor1d(Array.from({ length: m.length / width }, (_, r) => m[r * width + at]));
const standardised = (x: ArrayLike<number>, means: Float64Array, scales: Float64Array): number[] =>
  Array.from(x, (value, i) => (value - means[i % means.length]) / scales[i % means.length]);
const outputLayer = (outputIs: NetworkOutput) =>
  tf.layers.dense({ units: 1, activation: outputIs === 'chance' ? 'sigmoid' : 'linear' });

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

describe('a dense network', () => {
  const [inputs, hidden] = [3, [7, 4]] as const;
  const frame = { means: draw(inputs), scales: Float64Array.of(0.5, 2, 1.5), output: draw(hidden[1] + 1) };
  const layers = [draw(hidden[0] * (inputs + 1)), draw(hidden[1] * (hidden[0] + 1))];

  it.each([
    ['relu', 'chance'],
    ['tanh', 'chance'],
    ['relu', 'value'],
  ] as [Activation, NetworkOutput][])('with %s gives the %s that TensorFlow.js does', (activation, outputIs) => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: hidden[0], activation, inputShape: [inputs] }));
    model.add(tf.layers.dense({ units: hidden[1], activation }));
    model.add(outputLayer(outputIs));
    const widths = [inputs, ...hidden];
    const weights = [...layers, frame.output].flatMap((layer, l) => [
      transposed(layer, widths[l] + 1, 0, widths[l]),
      column(layer, widths[l] + 1, widths[l]),
    ]);
    model.setWeights(weights);
    const predict = densePredictor({ ...frame, layers, activation, outputIs });
    for (let i = 0; i < 50; i++) {
      const row = draw(inputs, 3);
      const wanted = (
        model.predict(tf.tensor2d([standardised(row, frame.means, frame.scales)])) as tf.Tensor
      ).dataSync();
      expect(Math.abs(predict(row) - wanted[0])).toBeLessThan(1e-6);
    }
  });

  it('has no prediction for an incomplete row and refuses layers that do not fit', () => {
    const network = { ...frame, layers, activation: 'relu', outputIs: 'chance' } as const;
    expect(densePredictor(network)([1, NaN, 1])).toBeNaN();
    expect(() => densePredictor({ ...network, layers: [layers[0].subarray(1)] })).toThrow(
      'layers[0] must be a multiple of 4 numbers, was 27',
    );
    expect(() => densePredictor({ ...network, output: draw(4) })).toThrow('output must be 5 numbers, was 4');
  });
});

describe('a network of long short-term memory', () => {
  const [inputs, units, steps] = [3, 6, 9];
  const width = inputs + 1 + units;
  const network = {
    means: draw(inputs),
    scales: Float64Array.of(0.5, 2, 1.5),
    output: draw(units + 1),
    outputIs: 'chance',
    steps,
    units,
    kernel: draw(4 * units * width),
  } as const;

  it.each(['chance', 'value'] as const)('gives the %s that TensorFlow.js does', (outputIs) => {
    const model = tf.sequential();
    model.add(tf.layers.lstm({ units, inputShape: [steps, inputs], recurrentActivation: 'sigmoid' }));
    model.add(outputLayer(outputIs));
    // the gates there are in the order in, forget, candidate, out
    const gate = (g: number): number[] => [...network.kernel.subarray(g * units * width, (g + 1) * units * width)];
    const theirs = Float64Array.from([0, 1, 3, 2].flatMap(gate));
    model.setWeights([
      transposed(theirs, width, 0, inputs),
      transposed(theirs, width, inputs + 1, width),
      column(theirs, width, inputs),
      transposed(network.output, units + 1, 0, units),
      column(network.output, units + 1, units),
    ]);
    const predict = lstmPredictor({ ...network, outputIs });
    const found = new Set<number>();
    for (let i = 0; i < 50; i++) {
      const rows = draw(steps * inputs, 3);
      const x = tf.tensor3d(standardised(rows, network.means, network.scales), [1, steps, inputs]);
      const wanted = (model.predict(x) as tf.Tensor).dataSync();
      expect(Math.abs(predict(rows) - wanted[0])).toBeLessThan(1e-6);
      found.add(predict(rows));
    }
    expect(found.size).toBe(50);
  });

  it('keeps nothing of the rows before, and has no prediction for incomplete ones', () => {
    const predict = lstmPredictor(network);
    const rows = draw(steps * inputs);
    const first = predict(rows);
    predict(draw(steps * inputs));
    expect(predict(rows.with(4, NaN))).toBeNaN();
    expect(predict(rows)).toBe(first);
  });

  it('refuses sizes that do not fit', () => {
    expect(() => lstmPredictor({ ...network, units: 5 })).toThrow('kernel must be 180 numbers, was 240');
    expect(() => lstmPredictor({ ...network, steps: 0 })).toThrow('steps must be an integer of at least 1, was 0');
    expect(() => lstmPredictor({ ...network, scales: Float64Array.of(1, 0, 1) })).toThrow('scales[1] must be above 0');
  });
});
