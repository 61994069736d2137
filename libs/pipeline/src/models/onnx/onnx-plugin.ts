import { parametersSchema, type ModelTask, type ParameterValues } from '@assay/contracts';
import { refuse } from '@assay/primitives';
import { sigmoid } from '@assay/quant';
import type { ModelContent, ModelPlugin, Predict } from '../model-plugin';
import { onnxPredictor, openOnnx, portsOf, refusing } from './onnx-model';
import { UnusableModel } from './onnx-runtime';

const MEANINGS = ['chance', 'log_odds'] as const;
const MOST_BYTES = 8 * 1024 * 1024;

const stepsOf = ({ steps }: ModelContent): number => steps as number;

/** A model of another framework, as an ONNX file. It is never fitted here: whoever imports it says what it has seen. */
export const onnxPlugin: ModelPlugin = {
  key: 'onnx',
  aliases: ['import.onnx'],
  version: '1',
  description: 'a model trained elsewhere, imported as an ONNX file; needs the optional package onnxruntime-web',
  tasks: ['classification', 'regression'],
  parameterSchema: parametersSchema({
    output: {
      type: 'string',
      minLength: 1,
      default: 'auto',
      description: 'name of the output that is read; auto: the only one, or probabilities',
    },
    column: {
      type: 'integer',
      minimum: -1,
      maximum: 1000,
      default: -1,
      description: 'which value of the output is the prediction; -1 the last, as for the chance of label 1',
    },
    meaning: {
      type: 'string',
      enum: MEANINGS,
      default: 'chance',
      description:
        'what the value is: a chance from 0 to 1, or the log-odds of one; where the label is a number it is that number',
    },
    steps: {
      type: 'integer',
      minimum: 1,
      maximum: 256,
      default: 1,
      description: 'bars whose features it reads; from 2 on its input has the shape [1, steps, inputs]',
    },
  }),
  searchSpace: {},
  refit: { every: 252, min_train: 252 },
  leastRows: () => Infinity,
  fit() {
    throw refuse('not_ready', 'a model of kind onnx is imported, never fitted');
  },
  imports: {
    extension: '.onnx',
    mostBytes: MOST_BYTES,
    read(bytes, inputs, params, task) {
      const content = { onnx: Buffer.from(bytes).toString('base64'), ...settingsOf(params) };
      const trial = predictorOf(content, inputs, task)(new Float64Array(inputs * stepsOf(content)));
      if (Number.isNaN(trial)) throw new Error('the model must give a finite number for inputs of 0, gave none');
      return content;
    },
    file: bytesOf,
  },
  window: stepsOf,
  load(content, inputs, task) {
    const predict = predictorOf(content, inputs, task);
    return (rows) => {
      try {
        return predict(rows);
      } catch (error) {
        if (!(error instanceof UnusableModel)) throw error;
        throw refuse('evidence_mismatch', `the imported model is not usable: ${error.message}`);
      }
    };
  },
  figures: (content) => ({ bytes: bytesOf(content).length }),
};

const settingsOf = ({ output, column, meaning, steps }: ParameterValues) => ({ output, column, meaning, steps });

function bytesOf({ onnx }: ModelContent): Uint8Array {
  if (typeof onnx !== 'string' || onnx === '') throw new Error('onnx must be the file in base64');
  return Buffer.from(onnx, 'base64');
}

function predictorOf(content: ModelContent, inputs: number, task: ModelTask = 'classification'): Predict {
  const bytes = bytesOf(content);
  if (!Number.isInteger(content.steps) || !Number.isInteger(content.column)) {
    throw new Error('steps and column must be integers');
  }
  const session = openOnnx(bytes);
  const ports = portsOf(
    refusing(() => session.signature()),
    inputs,
    content as ParameterValues,
  );
  const value = onnxPredictor(session, ports);
  const isOdds = content.meaning === 'log_odds';
  return (rows) => {
    const found = refusing(() => value(rows));
    if (task === 'regression') return found;
    if (isOdds) return Number.isNaN(found) ? NaN : sigmoid(found);
    if (Number.isNaN(found) || (found >= 0 && found <= 1)) return found;
    throw new UnusableModel(`output ${ports.output} must be a chance from 0 to 1, was ${found}`);
  };
}
