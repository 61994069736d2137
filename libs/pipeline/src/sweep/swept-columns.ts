import type { ParamValue } from '@assay/contracts';
import type { MetricKey } from '@assay/quant';
import type { SweepGrid } from './grid';

/** What identifies the rows of a sweep. */
export interface SweptColumns {
  /** Grid index of each row. */
  cells: Uint32Array;
  /** One column of values per parameter, then the three figures, then the metric that was asked for. */
  columns: string[];
  /** Per parameter the value of each row; of a categorical one the value's index in `categories`. */
  values: Float64Array[];
  /** Per parameter its values where they are texts or booleans, null where they are numbers. */
  categories: (ParamValue[] | null)[];
}

/** A row for each of the cells, in their order. */
export function sweptColumns({ params, positionsOf }: SweepGrid, cells: Uint32Array, metric?: MetricKey): SweptColumns {
  const categories = params.map(({ values }) =>
    values.length > 0 && typeof values[0] !== 'number' ? [...(values as readonly ParamValue[])] : null,
  );
  const values = params.map(() => new Float64Array(cells.length));
  cells.forEach((cell, row) =>
    positionsOf(cell).forEach((at, p) => (values[p]![row] = categories[p] ? at : (params[p]!.values[at] as number))),
  );
  const figures = ['total_return', 'sharpe', 'max_drawdown', ...(metric ? [metric] : [])];
  return { cells, columns: [...params.map(({ path }) => path), ...figures], values, categories };
}
