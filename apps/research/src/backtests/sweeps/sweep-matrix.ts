import { invalid } from '@assay/primitives';
import { resultMatrix } from '@assay/quant';
import { toColumn } from './sweep-answer';
import { assertColumn } from './sweep-columns';
import { byCell, MOST_GRID_CELLS, placeRows } from './sweep-grid';
import type { SweptParam, SweptTable } from '@assay/contracts';
import type { SweepMatrixDto } from './sweep.response';
import type { SweepMatrixQuery } from './sweep.request';

/**
 * A figure of a sweep over two of its parameters.
 * @throws DomainError `validation_failed` for a path that was not swept, or the same one twice
 */
export function sweepMatrix(
  params: readonly SweptParam[],
  { columns, rows, plateau_scores: scores }: SweptTable,
  { x, y, metric = 'sharpe', reduce = 'max' }: SweepMatrixQuery,
): SweepMatrixDto {
  const paths = params.map(({ path }) => path);
  const axisOf = (field: 'x' | 'y', path: string): number => {
    const axis = paths.indexOf(path);
    if (axis >= 0 && (field === 'x' || path !== x)) return axis;
    const others = field === 'x' ? paths : paths.filter((other) => other !== x);
    const message =
      others.length === 0
        ? `${field} must be a parameter that was swept, but ${paths.length === 0 ? 'rule trees were' : `only ${x} was`}`
        : `${field} must be one of the swept parameters ${others.join(', ')}, was ${path}`;
    throw invalid([{ field, rule: 'enum', value: path, message }]);
  };
  const shown = { columns: axisOf('x', x), rows: axisOf('y', y) };
  const shownCells = params[shown.columns]!.values.length * params[shown.rows]!.values.length;
  if (shownCells > MOST_GRID_CELLS) {
    const message = `y must make at most ${MOST_GRID_CELLS} cells with x, were ${shownCells}`;
    throw invalid([{ field: 'y', rule: 'max_cells', value: y, message }]);
  }
  if (metric === 'plateau' && !scores) {
    const message = 'metric must be a figure of the cells, this sweep has no plateau scores, was plateau';
    throw invalid([{ field: 'metric', rule: 'enum', value: metric, message }]);
  }
  assertColumn('metric', metric, columns);
  const at = columns.lastIndexOf(metric);
  const figure = metric === 'plateau' ? scores! : rows.map((row) => row[at] as number | null);
  const placed = placeRows(params, rows);
  const matrix = resultMatrix(placed.grid, byCell(placed, toColumn(figure)), shown, reduce);
  const line = (row: number): (number | null)[] =>
    Array.from(matrix.values.subarray(row * matrix.columns, (row + 1) * matrix.columns), (value) =>
      Number.isNaN(value) ? null : value,
    );
  return {
    x: { path: x, values: placed.axes[shown.columns]! },
    y: { path: y, values: placed.axes[shown.rows]! },
    metric,
    reduce,
    values: Array.from({ length: matrix.rows }, (_, row) => line(row)),
  };
}
