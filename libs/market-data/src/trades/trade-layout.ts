import { invalid } from '@assay/primitives';
import { numberOf } from '../files/cells/number-bytes';
import { timeOfText } from '../files/cells/time-text';
import { columnName, type ColumnRole, type FileColumn } from '../files/layout/column-names';
import type { TextLayout } from '../files/layout/layout';
import { tableHead, type TableHead } from '../files/layout/table-head';
import type { ReadNotes } from '../files/read-note';
import type { FileText } from '../files/unwrap/file-text';
import { headerlessTrades } from './headerless-trades';
import { tradeColumnsOf, tradeSource, type SideOf, type TradeColumns } from './trade-columns';

/** Where the rows of a file of trades begin and what their cells are. */
export interface TradeLayout {
  /** As the reader of bars knows it: the price is the close, the size the volume. */
  text: TextLayout;
  at: TradeColumns;
  sideOf: SideOf;
  /** Prices as they stand, divided by it, are prices. */
  priceScale: number;
}

const NEEDED = ['time', 'price', 'size'] as const;
const AS_BARS: Readonly<Partial<Record<keyof TradeColumns, ColumnRole>>> = {
  ...{ time: 'time', clock: 'clock', price: 'close', size: 'volume', symbol: 'symbol' },
};
const NANO_UNITS = 1e9;

/** Recognises delimiter, header and columns by content. Throws `validation_failed` about the header. */
export function tradeLayoutOf(text: FileText, stated: readonly string[] | undefined, notes: ReadNotes): TradeLayout {
  const head = tableHead(text, notes);
  const { names, lines, source } = stated ? statedNames(stated, head) : recognisedNames(head, notes);
  const { at, sideOf } = tradeColumnsOf(names);
  const header = head.body[0]?.text ?? '';
  requireColumns(at, header);
  notes.facts.layout ??= source;
  const columns = names.map((name, i): FileColumn => ({ role: roleOf(at, i), name: columnName(name) }));
  notes.facts.columns = columns.map(({ name }, i) => ({ name, readAs: tradeRoleOf(at, i) ?? 'skip' }));
  const first = head.rows[lines];
  return {
    text: {
      ...{ delimiter: head.delimiter, columns, header, form: null, symbols: null, place: text.place },
      from: head.body[lines]?.from ?? head.body[lines - 1]?.next ?? text.bytes.length,
      line: text.place === 'line' ? head.before + lines + 1 : 1,
    },
    ...{ at, sideOf, priceScale: source === 'Databento trades' ? databentoScale(first?.[at.price], notes) : 1 },
  };
}

const tradeRoleOf = (at: TradeColumns, column: number): keyof TradeColumns | undefined =>
  (Object.keys(at) as (keyof TradeColumns)[]).find((role) => at[role] === column);

const roleOf = (at: TradeColumns, column: number): ColumnRole => AS_BARS[tradeRoleOf(at, column)!] ?? 'skip';

interface Names {
  names: readonly string[];
  /** Lines of the header. */
  lines: number;
  source: string | null;
}

function recognisedNames({ rows, before }: TableHead, notes: ReadNotes): Names {
  const form = headerlessTrades(rows[0] ?? ['']);
  if (form === null) return { names: rows[0] ?? [''], lines: 1, source: tradeSource(rows[0] ?? [''])?.source ?? null };
  notes.recognise('no_header', `there is no header: columns are ${form.names.join(', ')}`, before + 1);
  return { ...form, lines: 0 };
}

/** Columns as stated; lines before the first row of that form are header. */
function statedNames(names: readonly string[], { rows }: TableHead): Names {
  const { at } = tradeColumnsOf(names);
  requireColumns(at, names.join(','), 'columns');
  const isRow = (cells: readonly string[]): boolean =>
    cells.length === names.length && isNumber(cells[at.price]) && timeOfText(cells[at.time], 'dmy') !== null;
  const lines = Math.max(0, rows.findIndex(isRow));
  const cells = (rows[lines] ?? []).length;
  if (cells !== names.length) {
    const message = `columns must name the ${cells} columns of the file in their order, were ${names.length}: ${names.join(',')}`;
    throw invalid([{ field: 'columns', rule: 'cells', value: names.join(','), message }]);
  }
  return { names, lines, source: null };
}

function isNumber(cell: string): boolean {
  const bytes = Buffer.from(cell);
  return (['point', 'comma'] as const).some((mark) => !Number.isNaN(numberOf(bytes, 0, bytes.length, mark)));
}

function requireColumns(at: TradeColumns, header: string, field: 'header' | 'columns' = 'header'): void {
  const missing = NEEDED.filter((role) => at[role] < 0);
  if (missing.length === 0) return;
  const value = header.slice(0, 120);
  const hint =
    field === 'header'
      ? '; where the file has no header or other names, state its columns in their order by columns'
      : '';
  throw invalid(
    missing.map((role) => ({
      ...{ field: field === 'header' ? `header.${role}` : field, rule: 'required', value },
      message: `${field} must name ${role} of each trade, such as timestamp,price,size,side, was ${value}${hint}`,
    })),
  );
}

/** Databento writes prices as whole numbers of 1e-9 unless it was asked for decimals. */
function databentoScale(price: string | undefined, notes: ReadNotes): number {
  if (price === undefined || !/^\d+$/.test(price)) return 1;
  notes.recognise(
    'price_scale',
    `prices are whole numbers of 1e-9: the first, ${price}, is ${Number(price) / NANO_UNITS}`,
  );
  return NANO_UNITS;
}
