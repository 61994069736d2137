import type { ModelFold } from '@assay/contracts';
import { columnsNamed, type RowColumn } from '@assay/tables';

/** By name: stored documents have their keys in an order of their own. */
const namesIn = (records: readonly (Record<string, unknown> | null)[]): string[] =>
  [...new Set(records.flatMap((record) => Object.keys(record ?? {})))].sort();

/** Columns of folds: what was judged, a column a metric, one an input for its importance, and where fits choose inputs one an input for whether it was, 1 or 0. */
export const foldColumns = (folds: readonly ModelFold[]): RowColumn<ModelFold>[] => [
  ...columnsNamed<ModelFold>({ from: 'timestamp', to: 'timestamp', rows: 'integer', fitted_rows: 'integer' }),
  ...namesIn(folds.map(({ metrics }) => metrics)).map((name): RowColumn<ModelFold> => ({
    ...{ name, type: 'double', of: ({ metrics }) => metrics?.[name] },
  })),
  ...namesIn(folds.map(({ importance }) => importance)).map((name): RowColumn<ModelFold> => ({
    ...{ name: `importance.${name}`, type: 'double', of: ({ importance }) => importance[name] },
  })),
  ...selectedColumns(folds),
];

/** None where no fit has chosen any; empty of a fold without a model. */
function selectedColumns(folds: readonly ModelFold[]): RowColumn<ModelFold>[] {
  if (folds.every(({ selected }) => selected === undefined)) return [];
  return namesIn(folds.map(({ importance }) => importance)).map((name) => ({
    ...{ name: `selected.${name}`, type: 'integer', of: ({ selected }) => selected && Number(selected.includes(name)) },
  }));
}
