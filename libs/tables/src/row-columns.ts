import type { Cell, ColumnType, RowColumn } from './table';

const isTime = (type: ColumnType): boolean => type === 'timestamp' || type === 'date';

/**
 * Columns of rows that have their values under the columns' names, in the order in which they are named. Times that rows hold as
 * ISO-8601 text are read; what is no text, number or boolean is written as JSON.
 */
export const columnsNamed = <T>(types: { [K in keyof T & string]?: ColumnType }): RowColumn<T>[] =>
  (Object.entries(types) as [keyof T & string, ColumnType][]).map(([name, type]) => ({
    name,
    type,
    of: (row) => cellOf(row[name], type),
  }));

function cellOf(value: unknown, type: ColumnType): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  return isTime(type) && typeof value === 'string' ? Date.parse(value) : (value as Cell);
}
