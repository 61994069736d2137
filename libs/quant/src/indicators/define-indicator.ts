import type { TieScale } from '../comparison/comparison';
import { firstMissing, firstPresent } from '../series';
import type { BarColumn, Indicator, IndicatorStream, Parameters, ParameterSpec } from './indicator';
import { resolveParameters } from './parameters';

/** The state machine of an indicator: an all-zero state of `size` numbers is fresh. `step` never sees a missing input. */
export interface Recurrence {
  readonly size: number;
  /** Writes every element of `out`. */
  readonly step: (state: Float64Array, input: Float64Array, out: Float64Array) => void;
}

/**
 * Values of one gap-free run [from, to); writes out[.][from + lookback .. to). Called only when that is not empty.
 * With `probes` it returns a number that is finite only if all inputs of the run are.
 */
export type RunKernel = (
  input: readonly Float64Array[],
  from: number,
  to: number,
  out: readonly Float64Array[],
) => number | void;

export interface IndicatorDefinition {
  readonly key: string;
  /** What the values are, in a few words. */
  readonly description: string;
  /** Default `1`; see `Indicator`. */
  readonly version?: string;
  readonly inputs: readonly BarColumn[];
  readonly outputs: readonly string[];
  /** What the outputs are measured in: one scale for all, or one each. */
  readonly scale: TieScale | readonly TieScale[];
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** Rules between parameters; throws RangeError. */
  readonly check?: (params: Parameters) => void;
  readonly lookback: (params: Parameters) => number;
  /** The specification: what the stream runs, and the batch form too unless `kernel` is given. */
  readonly recurrence: (params: Parameters) => Recurrence;
  /**
   * A running total: a missing input is NaN on its bar and changes nothing, so the next bar goes on from the value before
   * instead of starting again. Without `kernel`.
   */
  readonly cumulative?: boolean;
  /** A faster batch form that does the operations of `recurrence` in its order. */
  readonly kernel?: (params: Parameters) => RunKernel;
  /** The kernel tells missing inputs by its result, which saves a pass over the inputs. */
  readonly probes?: boolean;
  /** The kernel leaves out columns of length 0. */
  readonly leavesOut?: boolean;
}

/** Builds both forms of an indicator from one definition, with the restart rule at gaps. */
export function defineIndicator(definition: IndicatorDefinition): Indicator {
  const { key, description, version = '1', inputs, outputs, scale, parameters, cumulative = false } = definition;
  const scales = typeof scale === 'number' ? outputs.map(() => scale) : scale;
  if (scales.length !== outputs.length) throw new Error(`${key} must have a scale for each of its outputs`);
  const resolve = (given: Parameters): Parameters => {
    const params = resolveParameters(parameters, given);
    definition.check?.(params);
    return params;
  };
  return {
    key,
    description,
    version,
    inputs,
    outputs,
    scales,
    parameters,
    cumulative,
    lookback: (given) => definition.lookback(resolve(given)),
    batch(input, given, wanted) {
      const params = resolve(given);
      const n = checkColumns(definition, input, wanted);
      const complete = definition.leavesOut || wanted.every((column) => column.length === n);
      const out = complete ? wanted : wanted.map((column) => (column.length === n ? column : new Float64Array(n)));
      const kernel = definition.kernel ? definition.kernel(params) : stepKernel(definition, params);
      if (cumulative) return streamOver(new RecurrenceStream(definition, params), input, out);
      const lookback = definition.lookback(params);
      let from = 0;
      if (definition.probes && lookback < n) {
        const probe = kernel(input, 0, n, out) as number;
        if (probe - probe === 0) {
          for (const column of out) column.fill(NaN, 0, lookback);
          return;
        }
      }
      while (from < n) {
        const start = firstPresent(input, from, n);
        const end = firstMissing(input, start, n);
        const warm = Math.min(start + lookback, end);
        for (const column of out) column.fill(NaN, from, warm);
        if (warm < end) kernel(input, start, end, out);
        from = end;
      }
    },
    stream: (given) => new RecurrenceStream(definition, resolve(given)),
  };
}

function checkColumns(
  { key, inputs, outputs }: IndicatorDefinition,
  input: readonly Float64Array[],
  out: readonly Float64Array[],
): number {
  if (input.length !== inputs.length)
    throw new RangeError(`${key} must get ${inputs.length} input columns (${inputs.join(', ')}), got ${input.length}`);
  if (out.length !== outputs.length)
    throw new RangeError(`${key} must get ${outputs.length} output columns (${outputs.join(', ')}), got ${out.length}`);
  const n = input[0].length;
  for (const column of input) checkLength(key, column.length, n);
  for (const column of out) if (column.length > 0) checkLength(key, column.length, n);
  return n;
}

function checkLength(key: string, length: number, n: number): void {
  if (length !== n) throw new RangeError(`${key} columns must have ${n} bars, one had ${length}`);
}

function stepKernel(definition: IndicatorDefinition, params: Parameters): RunKernel {
  const { size, step } = definition.recurrence(params);
  const bar = new Float64Array(definition.inputs.length);
  const values = new Float64Array(definition.outputs.length);
  return (input, from, to, out) => {
    const state = new Float64Array(size);
    for (let i = from; i < to; i++) {
      for (let c = 0; c < bar.length; c++) bar[c] = input[c][i];
      step(state, bar, values);
      for (let c = 0; c < values.length; c++) out[c][i] = values[c];
    }
  };
}

/** All bars by one state. */
function streamOver(stream: IndicatorStream, input: readonly Float64Array[], out: readonly Float64Array[]): void {
  const bar = new Float64Array(input.length);
  const values = new Float64Array(out.length);
  const n = input[0].length;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < bar.length; c++) bar[c] = input[c][i];
    stream.update(bar, values);
    for (let c = 0; c < values.length; c++) out[c][i] = values[c];
  }
}

class RecurrenceStream implements IndicatorStream {
  /** The recurrence's state, then one flag: 1 once a bar was taken since the start or the last gap. */
  private readonly state: Float64Array;
  private readonly recurrence: Recurrence;
  private readonly key: string;
  private readonly cumulative: boolean;

  constructor({ key, recurrence, cumulative = false }: IndicatorDefinition, params: Parameters) {
    this.key = key;
    this.cumulative = cumulative;
    this.recurrence = recurrence(params);
    this.state = new Float64Array(this.recurrence.size + 1);
  }

  update(input: Float64Array, out: Float64Array): void {
    const { state } = this;
    const flag = this.recurrence.size;
    for (let c = 0; c < input.length; c++) {
      if (input[c] - input[c] !== 0) {
        // the flag keeps a long gap O(1) per bar
        if (state[flag] !== 0 && !this.cumulative) state.fill(0);
        out.fill(NaN);
        return;
      }
    }
    state[flag] = 1;
    this.recurrence.step(state, input, out);
  }

  save(): Float64Array {
    return this.state.slice();
  }

  load(state: Float64Array): void {
    if (state.length !== this.state.length)
      throw new RangeError(`state of ${this.key} must have ${this.state.length} values, had ${state.length}`);
    this.state.set(state);
  }
}
