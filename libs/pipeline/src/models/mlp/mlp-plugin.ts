import { densePredictor, type Activation } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { ModelPlugin } from '../model-plugin';
import { glorotLimit } from '../neural/glorot';
import { frameContent, frameOf, networkFigures, weightsOf } from '../neural/network-content';
import { epochsParameter, TRAINING_PARAMETERS, trainingOptions } from '../neural/network-parameters';
import { LEAST_SAMPLES, trainNetwork, type Architecture, type WeightMatrix } from '../neural/train-network';

const ACTIVATIONS: readonly Activation[] = ['relu', 'tanh'];
const isActivation = (value: unknown): value is Activation => ACTIVATIONS.includes(value as Activation);

/** A feed-forward network, trained by TensorFlow.js; it predicts by sums of our own, so its bits depend on no backend. */
export const mlpPlugin: ModelPlugin = {
  key: 'mlp',
  aliases: ['dl.mlp'],
  version: '1',
  description: 'feed-forward neural network on standardised features',
  tasks: ['classification', 'regression'],
  parameterSchema: parametersSchema({
    units: { type: 'integer', minimum: 1, maximum: 256, default: 16, description: 'units of a hidden layer' },
    layers: { type: 'integer', minimum: 1, maximum: 4, default: 1, description: 'hidden layers' },
    activation: { type: 'string', enum: ACTIVATIONS, default: 'relu', description: 'what a unit makes of its sum' },
    epochs: epochsParameter(50),
    ...TRAINING_PARAMETERS,
  }),
  searchSpace: {
    units: { values: [8, 16, 32], description: 'numbers of units' },
    dropout: { values: [0, 0.2, 0.5], description: 'parts left out' },
    learning_rate: { values: [0.003, 0.01, 0.03], description: 'step sizes' },
  },
  refit: { every: 126, min_train: 252 },
  leastRows: () => 2 * LEAST_SAMPLES,
  fit(set, params, seed) {
    const activation = params.activation as Activation;
    const network = denseArchitecture(set.columns, params.units as number, params.layers as number, activation);
    const trained = trainNetwork(set, network, trainingOptions(params), seed);
    const layers = trained.weights.map((weights) => [...weights]);
    return { ...frameContent(trained), activation, output: layers.pop(), layers };
  },
  load(content, inputs, task) {
    const { activation, layers, output } = content;
    if (!isActivation(activation)) throw new Error(`activation must be ${ACTIVATIONS.join(' or ')}`);
    if (!Array.isArray(layers) || layers.length === 0) throw new Error('layers must be a list of at least one layer');
    return densePredictor({
      ...frameOf(content, inputs),
      activation,
      layers: layers.map((layer, l) => weightsOf(layer, `layers[${l}]`)),
      output: weightsOf(output, 'output'),
      outputIs: task === 'regression' ? 'value' : 'chance',
    });
  },
  figures: networkFigures,
};

function denseArchitecture(inputs: number, units: number, layers: number, activation: Activation): Architecture {
  const matrix = (rows: number, width: number): WeightMatrix => ({
    rows,
    columns: width + 1,
    constant: width,
    initial: (_, column, draw) => (column === width ? 0 : draw(glorotLimit(width, rows))),
  });
  const hidden = Array.from({ length: layers }, (_, l) => matrix(units, l === 0 ? inputs : units));
  return {
    steps: 1,
    matrices: [...hidden, matrix(1, units)],
    forward(tf, weights, [rows], thin) {
      let below = rows!;
      for (const layer of weights.slice(0, -1)) {
        const sums: Tensor2D = tf.matMul(layer, below);
        const active = activation === 'tanh' ? tf.tanh<Tensor2D>(sums) : tf.relu<Tensor2D>(sums);
        below = tf.concat([thin(active), tf.ones([1, active.shape[1]])], 0);
      }
      return tf.matMul(weights[weights.length - 1]!, below);
    },
  };
}
