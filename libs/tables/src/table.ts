/** How a table is written. */
export const TABLE_FORMATS = ['csv', 'parquet'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/**
 * What a column holds. `timestamp` and `date` are UTC milliseconds, written as ISO-8601 and as Parquet's TIMESTAMP(ms, UTC)
 * and DATE; `decimal` is the text of a number, written as it is.
 */
export type ColumnType = 'double' | 'integer' | 'boolean' | 'text' | 'decimal' | 'timestamp' | 'date';

export interface TableColumn {
  name: string;
  type: ColumnType;
}

export type Cell = number | string | boolean | null;

/** Values of a column, null or NaN where one is missing. */
export type ColumnValues = Float64Array | readonly Cell[];

/** Some rows of a table: values by column, in the order of the columns. */
export interface TableBatch {
  rows: number;
  values: readonly ColumnValues[];
}

/** A table of any length: what its columns are, and its rows as they are read. */
export interface Table {
  columns: readonly TableColumn[];
  batches: AsyncIterable<TableBatch> | Iterable<TableBatch>;
}

/** A column of rows that are objects, and where a row has its value. */
export interface RowColumn<T> extends TableColumn {
  of(row: T): Cell | undefined;
}

/** Rows in a batch that is made of objects: a moment of work. */
const BATCH_ROWS = 2_048;

/** Rows one by one, or read from somewhere in pages. */
export type Rows<T> = Iterable<T> | AsyncIterable<readonly T[]>;

/** The table of rows that are objects. */
export const tableOfRows = <T>(columns: readonly RowColumn<T>[], rows: Rows<T>): Table => ({
  columns: columns.map(({ name, type }) => ({ name, type })),
  batches: batchesOf(columns, rows),
});

async function* batchesOf<T>(columns: readonly RowColumn<T>[], rows: Rows<T>): AsyncGenerator<TableBatch> {
  let open: T[] = [];
  const batchOf = (some: readonly T[]): TableBatch => ({
    rows: some.length,
    values: columns.map(({ of }) => some.map((row) => of(row) ?? null)),
  });
  for await (const page of pagesOf(rows)) {
    for (const row of page) {
      open.push(row);
      if (open.length < BATCH_ROWS) continue;
      yield batchOf(open);
      open = [];
    }
  }
  if (open.length > 0) yield batchOf(open);
}

async function* pagesOf<T>(rows: Rows<T>): AsyncGenerator<Iterable<T>> {
  if (Symbol.asyncIterator in rows) yield* rows;
  else yield rows;
}
