import { join } from 'node:path';
import { invalid } from '@assay/primitives';
import { ColumnSpool, Room, SpoolWriter } from '../../spool';
import type { TextLayout } from '../layout/layout';
import type { ReadNotes } from '../read-note';
import type { SettledText } from '../settled-text';
import { Neighbours, putInOrder, runsOneWay, turnedRound, type OrderedRows } from '../rows/order';
import type { ColumnReader } from '../rows/column-reader';
import type { Rows } from '../rows/read-rows';

/** So many may be sorted: they lie in memory at once. */
const MOST_SORTED_ROWS = 2_000_000;
/** The line of each row. */
export const LINE = 'line';

export const columnName = (column: number): string => `${column}`;

/** Columns of a file that are kept, by their places in it. */
export function keptColumns({ columns }: TextLayout, readers: Rows['readers']): number[] {
  return columns.flatMap(({ role }, c) => (role === 'clock' || !isRead(readers[c]) ? [] : [c]));
}

const isRead = (reader: ColumnReader | null): boolean => reader !== null && !reader.ignored;

/**
 * The rows of a spool in the order of their times, in another spool, each once. As `putInOrder`, whose notes and refusals it
 * has, except that only so many rows are sorted.
 * @returns the columns, and whether they are to be read from their end on
 */
export function orderedRows(
  rows: ColumnSpool,
  { layout, newestFirst }: SettledText,
  { readers, problems }: Rows,
  { sort, folder, pieceRows, notes }: { sort: boolean; folder: string; pieceRows: number; notes: ReadNotes },
): { ordered: ColumnSpool; backwards: boolean } {
  const kept = keptColumns(layout, readers);
  const time = layout.columns.findIndex(({ role }) => role === 'time');
  const options = { timeName: layout.columns[time].name, newestFirst, place: layout.place };
  const compared = kept.filter((c) => c !== time);
  const read = (from: number, to: number, room?: Room): OrderedRows => ({
    times: rows.read(columnName(time), from, to, room),
    lines: new Int32Array(rows.read(LINE, from, to, room)),
    columns: compared.map((c) => ({ name: layout.columns[c].name, values: rows.read(columnName(c), from, to, room) })),
    count: to - from,
  });
  const writer = new SpoolWriter(join(folder, 'ordered'), [...compared, time].map(columnName).concat(LINE));
  const write = ({ times, lines, columns }: OrderedRows, count: number): void => {
    const values = [...columns.map((one) => one.values), times].map((column) => column.subarray(0, count));
    writer.append([...values, new Float64Array(lines.subarray(0, count))]);
  };
  const { count } = rows.facts;
  let backwards = false;
  if (sort && !spoolRunsOneWay(rows, columnName(time), newestFirst, pieceRows)) {
    if (count > MOST_SORTED_ROWS) throw tooManyToSort(count);
    const all = read(0, count);
    const placed = putInOrder(all, { ...options, sort }, problems);
    problems.throwIfAny();
    notes.repairs.push(...placed.repairs);
    write(all, placed.count);
  } else {
    const neighbours = new Neighbours(options, problems);
    const room = new Room();
    let stay = 0;
    for (let from = 0; from < count; from += pieceRows) {
      const piece = read(from, Math.min(count, from + pieceRows), room);
      const some = neighbours.keep(piece);
      write(piece, some);
      stay += some;
    }
    problems.throwIfAny();
    backwards = newestFirst;
    if (backwards) notes.repairs.push(turnedRound(stay));
    notes.repairs.push(...neighbours.repairs());
  }
  const ordered = new ColumnSpool(writer.close());
  return { ordered, backwards };
}

function spoolRunsOneWay(rows: ColumnSpool, time: string, newestFirst: boolean, pieceRows: number): boolean {
  const { count } = rows.facts;
  const room = new Room();
  for (let from = 0; from < count; from += pieceRows) {
    // with the row before
    const times = rows.read(time, Math.max(0, from - 1), Math.min(count, from + pieceRows), room);
    if (!runsOneWay({ times, count: times.length }, newestFirst)) return false;
  }
  return true;
}

function tooManyToSort(rows: number): Error {
  const message = `sort must be for at most ${MOST_SORTED_ROWS} rows, the file has ${rows} in no order: sort them by time first, or split the file`;
  return invalid([{ field: 'sort', rule: 'max_rows', value: rows, message }]);
}
