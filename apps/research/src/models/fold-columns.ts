import type { ModelFold } from '@assay/contracts';
import { columnsNamed, type RowColumn } from '@assay/tables';

/** By name: stored documents have their keys in an order of their own. */
const namesIn = (records: readonly (Record<string, unknown> | null)[]): string[] =>
  [...new Set(records.flatMap((record) => Object.keys(record ?? {})))].sort();

/** Columns of folds: what was judged, a column a metric, and one an input for its importance. */
export const foldColumns = (folds: readonly ModelFold[]): RowColumn<ModelFold>[] => [
  ...columnsNamed<ModelFold>({ from: 'timestamp', to: 'timestamp', rows: 'integer', fitted_rows: 'integer' }),
  ...namesIn(folds.map(({ metrics }) => metrics)).map((name): RowColumn<ModelFold> => ({
    ...{ name, type: 'double', of: ({ metrics }) => metrics?.[name] },
  })),
  ...namesIn(folds.map(({ importance }) => importance)).map((name): RowColumn<ModelFold> => ({
    ...{ name: `importance.${name}`, type: 'double', of: ({ importance }) => importance[name] },
  })),
];
