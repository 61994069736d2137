import type { TieScale } from '../comparison/comparison';

/** A column an indicator reads. `value` is one freely chosen data column. */
export type BarColumn = 'open' | 'high' | 'low' | 'close' | 'volume' | 'value';

/** Parameter values by name. */
export type Parameters = Record<string, number>;

export type ParameterSpec = {
  readonly default: number;
  readonly min: number;
  readonly description: string;
} & ({ readonly integer: true; readonly max: number } | { readonly integer?: false; readonly max?: number });

/** Bar-by-bar form. The same operations in the same order as the batch form, so the same bits. */
export interface IndicatorStream {
  /** Takes one bar, `input` in the order of the indicator's inputs; writes one value per output, NaN while not warm. */
  update(input: Float64Array, out: Float64Array): void;
  /** The complete state. */
  save(): Float64Array;
  /** Throws RangeError when the state is not of this indicator with these parameters. */
  load(state: Float64Array): void;
}

/**
 * A causal function of bars. A missing input (NaN or infinite) gives NaN on that bar and a restart: the bars after a
 * gap get the values they would have if the series began there, so no value mixes the two sides of a gap. A `cumulative`
 * one, such as on-balance volume, goes on from the value before the gap.
 */
export interface Indicator<P = Parameters> {
  readonly key: string;
  readonly description: string;
  /** Rises whenever the same bars and parameters would give other values. */
  readonly version: string;
  readonly inputs: readonly BarColumn[];
  readonly outputs: readonly string[];
  /** What each output is measured in, which decides when two of its values are the same. */
  readonly scales: readonly TieScale[];
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** A running total, which a missing input does not start again. */
  readonly cumulative?: boolean;
  /** Number of leading bars without value. */
  lookback(params: P): number;
  /** Writes every element of `out`; each column has the length of the input, or 0 where the output is not wanted. */
  batch(input: readonly Float64Array[], params: P, out: readonly Float64Array[]): void;
  stream(params: P): IndicatorStream;
}
