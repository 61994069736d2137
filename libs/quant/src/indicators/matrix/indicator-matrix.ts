import type { Indicator, Parameters } from '../indicator';
import { resolveParameters } from '../parameters';
import { matrixForms } from './forms';
import { MatrixGraph } from './graph';
import { tileMemory } from './kernels/matrix-kernels';
import type { Series } from './series';

/** One column of a matrix: an output of an indicator over some columns, all of the matrix of one length. */
export interface MatrixColumn {
  readonly indicator: Indicator;
  /** Complete parameters. */
  readonly params: Parameters;
  readonly inputs: readonly Float64Array[];
  /** Place among the indicator's outputs. */
  readonly output: number;
}

/** False where computing it together with others gains nothing. */
export const isMatrixColumn = ({ indicator }: Pick<MatrixColumn, 'indicator'>): boolean =>
  matrixForms.has(indicator.key);

/**
 * Columns of one matrix, to the bits of `indicator.batch` one after the other: what they have in common is computed once, and all of them
 * tile by tile. Columns over inputs with a gap, or of indicators without a form for it, are computed by themselves.
 * @param out columns to write to, each of the inputs' length; made where left out
 * @param memoryOf where the tiles lie, and with it whether the loops are compiled ones: the same bits either way
 * @throws RangeError for wrong parameters, or columns of several lengths
 */
export function indicatorMatrix(
  columns: readonly MatrixColumn[],
  out?: readonly Float64Array[],
  memoryOf = tileMemory,
): Float64Array[] {
  const n = columns.length > 0 ? columns[0].inputs[0].length : 0;
  const result = columns.map((_, i) => out?.[i] ?? new Float64Array(n));
  const graph = new MatrixGraph();
  const computed = new Map<Series, Float64Array[]>();
  const moderate = new Map<Float64Array, boolean>();
  columns.forEach((column, i) => {
    const { inputs } = column;
    for (const input of inputs) if (!moderate.has(input)) moderate.set(input, isModerate(input, n));
    const series = inputs.every((input) => moderate.get(input)!) ? seriesOf(graph, column) : null;
    if (series === null) return alone(column, result[i]);
    computed.set(series, [...(computed.get(series) ?? []), result[i]]);
  });
  if (computed.size > 0) graph.run(n, computed, memoryOf);
  return result;
}

function seriesOf(graph: MatrixGraph, { indicator, params, inputs, output }: MatrixColumn): Series | null {
  const form = matrixForms.get(indicator.key);
  if (!form) return null;
  // checks them
  indicator.lookback(params);
  const sources = inputs.map((input) => graph.source(input));
  return form(graph, sources, resolveParameters(indicator.parameters, params))[output]?.() ?? null;
}

function alone({ indicator, params, inputs, output }: MatrixColumn, column: Float64Array): void {
  const none = new Float64Array(0);
  indicator.batch(
    inputs,
    params,
    indicator.outputs.map((_, k) => (k === output ? column : none)),
  );
}

/** Without gap, and all so far from the largest numbers that no sum or product of two of them is infinite. */
function isModerate(column: Float64Array, n: number): boolean {
  if (column.length !== n) throw new RangeError(`columns of a matrix must have ${n} bars, one had ${column.length}`);
  // four sums that do not wait for each other
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < n; i += 4) {
    a += column[i] * column[i];
    b += column[i + 1] * column[i + 1];
    c += column[i + 2] * column[i + 2];
    d += column[i + 3] * column[i + 3];
  }
  for (; i < n; i++) a += column[i] * column[i];
  const sum = a + b + (c + d);
  return sum - sum === 0;
}
