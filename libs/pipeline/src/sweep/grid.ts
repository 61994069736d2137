/** One swept number of a document and its values. */
export interface SweepParam {
  path: string;
  values: readonly number[] | Float64Array;
}

export function gridSize(params: readonly SweepParam[]): number {
  return params.reduce((size, { values }) => size * values.length, 1);
}

/** Parameter values of a cell in grid order: the last parameter runs fastest. */
export function cellValues(params: readonly SweepParam[], cell: number): number[] {
  const values = new Array<number>(params.length);
  let rest = cell;
  for (let p = params.length - 1; p >= 0; p--) {
    const size = params[p]!.values.length;
    values[p] = params[p]!.values[rest % size]!;
    rest = Math.floor(rest / size);
  }
  return values;
}
