import type { Cell, ColumnType, ColumnValues, TableBatch, TableColumn } from './table';

const SPECIAL = /[",\r\n]|^\s|\s$/;
/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A text as a cell (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it: texts may come from
 * elsewhere, such as a venue. An empty text is quoted, a missing one is an empty cell.
 */
function textCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return safe === '' || SPECIAL.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The shortest text that reads back to the same bits. */
const numberCell = (value: number): string => (value === 0 && 1 / value < 0 ? '-0' : String(value));

const WRITERS: Readonly<Record<ColumnType, (value: never) => string>> = {
  double: numberCell,
  integer: numberCell,
  boolean: (value: boolean) => String(value),
  text: textCell,
  decimal: (value: string) => value,
  timestamp: (ms: number) => new Date(ms).toISOString(),
  date: (ms: number) => new Date(ms).toISOString().slice(0, 10),
};

/** The header of a table as CSV. */
export const csvHead = (columns: readonly TableColumn[]): string =>
  `${columns.map(({ name }) => textCell(name)).join(',')}\n`;

/** Rows of a table as CSV; a missing value is an empty cell. */
export function csvRows(columns: readonly TableColumn[], { rows, values }: TableBatch): string {
  const cells = columns.map(({ type }, c) => cellsOf(values[c], WRITERS[type] as (value: Cell) => string));
  let text = '';
  for (let i = 0; i < rows; i += 1) {
    for (let c = 0; c < cells.length; c += 1) text += (c > 0 ? ',' : '') + cells[c](i);
    text += '\n';
  }
  return text;
}

const cellsOf =
  (values: ColumnValues, write: (value: Cell) => string) =>
  (i: number): string => {
    const value = values[i];
    return value === null || Number.isNaN(value) ? '' : write(value);
  };
