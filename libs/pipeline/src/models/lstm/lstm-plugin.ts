import { lstmPredictor } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { ModelContent, ModelPlugin } from '../model-plugin';
import { glorotLimit } from '../neural/glorot';
import { frameContent, frameOf, networkFigures, weightsOf } from '../neural/network-content';
import { epochsParameter, TRAINING_PARAMETERS, trainingOptions } from '../neural/network-parameters';
import { hasSamples, LEAST_SAMPLES, trainNetwork, type Architecture } from '../neural/train-network';

const DEFAULT_STEPS = 10;
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1;

function stepsOf({ steps }: ModelContent): number {
  if (!isCount(steps)) throw new Error('steps must be an integer of at least 1');
  return steps;
}

/** One layer of long short-term memory, trained by TensorFlow.js; it predicts by sums of our own over the last bars' rows. */
export const lstmPlugin: ModelPlugin = {
  key: 'lstm',
  aliases: ['dl.lstm'],
  version: '1',
  description: 'recurrent network (LSTM) on the standardised features of the last bars',
  tasks: ['classification', 'regression'],
  parameterSchema: parametersSchema({
    units: { type: 'integer', minimum: 1, maximum: 128, default: 8, description: 'units of the layer' },
    steps: {
      type: 'integer',
      minimum: 2,
      maximum: 256,
      default: DEFAULT_STEPS,
      description: 'bars whose features a prediction reads; without one of them there is none',
    },
    epochs: epochsParameter(20),
    ...TRAINING_PARAMETERS,
  }),
  searchSpace: {
    units: { values: [4, 8, 16], description: 'numbers of units' },
    steps: { values: [5, 10, 20], description: 'numbers of bars' },
    learning_rate: { values: [0.003, 0.01, 0.03], description: 'step sizes' },
  },
  refit: { every: 252, min_train: 504 },
  // with the steps it has by default
  leastRows: () => 2 * LEAST_SAMPLES + DEFAULT_STEPS,
  suffices: (set, params) => hasSamples(set, params.steps as number, trainingOptions(params)),
  fit(set, params, seed) {
    const [units, steps] = [params.units as number, params.steps as number];
    const trained = trainNetwork(set, lstmArchitecture(set.columns, units, steps), trainingOptions(params), seed);
    const [kernel, output] = trained.weights.map((weights) => [...weights]);
    return { ...frameContent(trained), units, steps, kernel, output };
  },
  window: stepsOf,
  load(content, inputs, task) {
    if (!isCount(content.units)) throw new Error('units must be an integer of at least 1');
    return lstmPredictor({
      ...frameOf(content, inputs),
      steps: stepsOf(content),
      units: content.units,
      kernel: weightsOf(content.kernel, 'kernel'),
      output: weightsOf(content.output, 'output'),
      outputIs: task === 'regression' ? 'value' : 'chance',
    });
  },
  figures: networkFigures,
};

/** Gates in the order of `LstmNetwork`; forget gates begin open (Jozefowicz et al. 2015). */
function lstmArchitecture(inputs: number, units: number, steps: number): Architecture {
  const width = inputs + 1 + units;
  const isForget = (row: number): boolean => row >= units && row < 2 * units;
  return {
    steps,
    matrices: [
      {
        rows: 4 * units,
        columns: width,
        constant: inputs,
        initial: (row, column, draw) => {
          if (column === inputs) return isForget(row) ? 1 : 0;
          return draw(glorotLimit(column < inputs ? inputs : units, units));
        },
      },
      {
        rows: 1,
        columns: units + 1,
        constant: units,
        initial: (_, column, draw) => (column === units ? 0 : draw(glorotLimit(units, 1))),
      },
    ],
    forward(tf, [kernel, output], rows, thin) {
      const size = rows[0]!.shape[1];
      let hidden: Tensor2D = tf.zeros([units, size]);
      let cell: Tensor2D | null = null;
      for (const row of rows) {
        const sums = tf.matMul(kernel!, tf.concat([row, hidden], 0));
        const [gates, candidate] = tf.split(sums, [3 * units, units], 0);
        const [into, forget, out] = tf.split(tf.sigmoid(gates!), 3, 0);
        const taken = tf.mul<Tensor2D>(into!, tf.tanh(candidate!));
        cell = cell === null ? taken : tf.add<Tensor2D>(tf.mul(forget!, cell), taken);
        hidden = tf.mul(out!, tf.tanh(cell));
      }
      return tf.matMul(output!, tf.concat([thin(hidden), tf.ones([1, size])], 0));
    },
  };
}
