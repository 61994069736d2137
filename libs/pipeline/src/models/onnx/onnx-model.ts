import type { ParameterValues } from '@assay/contracts';
import { sha256Hex } from '@assay/primitives';
import type { Predict } from '../model-plugin';
import type { FloatType, OnnxSignature, OnnxValue } from './onnx-protocol';
import { OnnxRefusal, UnusableModel } from './onnx-runtime';
import { OnnxSession } from './onnx-session';

/** How a model of another framework is asked, and which number of its answer is the prediction. */
export interface OnnxPorts {
  input: string;
  type: FloatType;
  /** Of the rows that go in, 1 for the one sample. */
  shape: number[];
  output: string;
  /** Which value of the output; -1 the last. */
  column: number;
}

/** Output names that say what they are, where a model has several. */
const CHANCES = ['probabilities', 'probability'];

/** The value of what the model must have. @throws UnusableModel */
function must(holds: boolean, what: string, was: unknown): asserts holds {
  if (!holds) throw new UnusableModel(`${what}, was ${String(was)}`);
}

const named = (values: readonly OnnxValue[]): string => values.map(({ name }) => name).join(', ') || 'none';
const sized = ({ shape }: OnnxValue): string => `[${shape.join(', ')}]`;

/**
 * How a model takes `steps` rows of so many columns and answers with one number.
 * @throws UnusableModel that says what the model must have and what it has.
 */
export function portsOf({ inputs, outputs }: OnnxSignature, columns: number, params: ParameterValues): OnnxPorts {
  must(inputs.length === 1, 'the model must have one input', named(inputs));
  const [input] = inputs as [OnnxValue];
  const { name, type } = input;
  must(type === 'float32' || type === 'float64', `input ${name} must be of float32 or float64`, type);
  const steps = params.steps as number;
  const shape = steps === 1 ? [1, columns] : [1, steps, columns];
  const wanted = `[1 or free, ${shape.slice(1).join(', ')}]`;
  // a dimension with a name is free: it takes what it is given
  const fits =
    input.shape.length === shape.length &&
    input.shape.every((size, d) => typeof size === 'string' || size === shape[d]);
  must(fits, `input ${name} must have the shape ${wanted}: a row of ${columns} inputs a bar`, sized(input));
  const output = outputOf(outputs, params.output as string);
  must(output.isTensor, `output ${output.name} must be a tensor (skl2onnx: zipmap=False)`, output.type);
  const isFloat = output.type === 'float32' || output.type === 'float64';
  must(isFloat, `output ${output.name} must be of float32 or float64`, output.type);
  return { input: name, type, shape, output: output.name, column: params.column as number };
}

function outputOf(outputs: readonly OnnxValue[], asked: string): OnnxValue {
  if (asked !== 'auto') {
    const found = outputs.find(({ name }) => name === asked);
    if (found) return found;
    throw new UnusableModel(`output must be one of ${named(outputs)}, was ${asked}`);
  }
  const [only, other] = outputs;
  if (only && !other) return only;
  const found = outputs.find(({ name }) => CHANCES.includes(name));
  if (found) return found;
  throw new UnusableModel(`output must name one of ${named(outputs)}: the model has several`);
}

/**
 * The number that a model gives for its rows; NaN where one of them misses a value, or where it gives no finite number.
 * @throws UnusableModel when the answer has no such column, or not of one sample.
 */
export function onnxPredictor(session: OnnxSession, ports: OnnxPorts): Predict {
  const { input, type, shape, output, column } = ports;
  return (rows) => {
    for (let i = 0; i < rows.length; i++) if (!Number.isFinite(rows[i])) return NaN;
    const { dims, values, type: given } = session.run(input, output, type, shape, rows);
    must(values !== null, `output ${output} must be of float32 or float64`, given);
    const isOne = dims.length <= 2 && values.length >= 1 && (dims.length < 2 || dims[0] === 1);
    must(isOne, `output ${output} must have the shape [1] or [1, columns] for one row`, `[${dims.join(', ')}]`);
    const at = column === -1 ? values.length - 1 : column;
    must(at < values.length, `column must be below ${values.length}, the columns of output ${output}`, column);
    return Number.isFinite(values[at]!) ? values[at]! : NaN;
  };
}

export const openOnnx = (bytes: Uint8Array): OnnxSession => new OnnxSession(sha256Hex(bytes), bytes);

/** What the runtime says of a model it does not take, as our own refusal. */
export function refusing<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof OnnxRefusal) throw new UnusableModel(`ONNX Runtime cannot run it: ${error.message}`);
    throw error;
  }
}
