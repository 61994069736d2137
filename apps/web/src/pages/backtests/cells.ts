type ParamValue = string | number | boolean;

export interface Cell {
  cell: number;
  params: Record<string, unknown>;
  value: number | null;
}

/** Parameters with more than one value among the cells, in the order of the request. */
export const varied = (cells: readonly Cell[]): string[] => {
  const paths = Object.keys(cells[0]?.params ?? {});
  return paths.filter((path) => new Set(cells.map(({ params }) => JSON.stringify(params[path]))).size > 1);
};

/** Cells are listed best first: the first that has these values of the two parameters stands for a place of the heatmap. */
export function cellAt<C extends Cell>(
  cells: readonly C[],
  x: { path: string; value: ParamValue | undefined },
  y: { path: string; value: ParamValue | undefined },
): C | undefined {
  return cells.find(({ params }) => params[x.path] === x.value && params[y.path] === y.value);
}

/** Where the cell lies in the heatmap, by the values of the axes. undefined: not there. */
export function placeOf(
  cell: Cell,
  x: { path: string; values: readonly ParamValue[] },
  y: { path: string; values: readonly ParamValue[] },
): { x: number; y: number } | undefined {
  const column = x.values.indexOf(cell.params[x.path] as ParamValue);
  const row = y.values.indexOf(cell.params[y.path] as ParamValue);
  return column < 0 || row < 0 ? undefined : { x: column, y: row };
}
