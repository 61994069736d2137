import { invalid } from '@assay/primitives';
import type { TextLayout } from '../layout/layout';
import { RepairList, type ReadNote } from '../read-note';
import { columnReaders, isMissing, type ColumnContext, type ColumnReader } from './column-reader';
import { RowProblems } from './row-problems';
import { RowScanner } from './row-scanner';

export interface Rows {
  /** In the order of the columns; null for those left out. */
  readers: (ColumnReader | null)[];
  lines: Int32Array;
  count: number;
  problems: RowProblems;
  repairs: ReadNote[];
}

const PRICES = new Set(['open', 'high', 'low', 'close']);

/**
 * The cells of all rows. A row whose prices are all missing is no bar and left out; one that breaks a rule is a problem,
 * or left out where that is wanted.
 */
export function readRows(
  bytes: Uint8Array,
  layout: TextLayout,
  { skipBad, ...cells }: Omit<ColumnContext, 'bytes' | 'problems'> & { skipBad: boolean },
): Rows {
  const { columns, delimiter, from, line: firstLine, place, symbols } = layout;
  const capacity = from < bytes.length ? countLines(bytes, from) : 0;
  const problems = new RowProblems(bytes, place);
  const readers = columnReaders(columns, capacity, { bytes, problems, ...cells });
  const inOrder = readingOrder(layout);
  const scanner = new RowScanner(bytes, delimiter, columns.length);
  const lines = new Int32Array(capacity);
  const empty = new RepairList('empty_rows', (count) => `${count} rows without a price were left out in all`);
  const bad = new RepairList('bad_rows', (count) => `${count} rows that broke a rule were left out in all`);
  const prices = columns.flatMap(({ role }, c) => (PRICES.has(role) ? [c] : []));
  const dated = columns.some(({ role }) => role === 'time');
  const isEmpty = ({ starts, ends }: RowScanner): boolean =>
    dated && prices.length > 0 && prices.every((c) => isMissing(bytes, starts[c], ends[c]));
  let count = 0;
  let line = firstLine;
  for (let at = from; at < bytes.length && !problems.full; line += 1) {
    at = scanner.next(at);
    // in a file of one column, an empty line between others is a missing value
    if (scanner.blank && (columns.length > 1 || isBlank(bytes, at))) continue;
    const before = problems.count;
    if (scanner.cells !== columns.length) problems.cells(line, columns.length, scanner.cells);
    else if (symbols?.isOther(scanner)) continue;
    else for (const c of inOrder) readers[c]!.read(count, line, scanner.starts[c], scanner.ends[c]);
    if (problems.count > before) {
      const row = line;
      if (scanner.cells === columns.length && isEmpty(scanner)) {
        problems.takeBack(before);
        empty.add(row, () => `${place} ${row} has no price: left out`);
        continue;
      }
      if (skipBad) {
        const [{ message }] = problems.takeBack(before);
        bad.add(row, () => `${message}: left out`);
        continue;
      }
    }
    lines[count] = line;
    count += 1;
  }
  problems.throwIfAny();
  const repairs = [...empty.all(), ...bad.all()];
  if (count === 0) throw emptyFile(repairs);
  return { readers, lines, count, problems, repairs };
}

/** Dates are read before the times of day beside them. */
function readingOrder({ columns }: TextLayout): number[] {
  const read = columns.flatMap(({ role }, c) => (role === 'skip' || role === 'symbol' ? [] : [c]));
  const isClock = (c: number): boolean => columns[c].role === 'clock';
  return [...read.filter((c) => !isClock(c)), ...read.filter(isClock)];
}

function countLines(bytes: Uint8Array, from: number): number {
  let lines = 1;
  for (let at = bytes.indexOf(10, from); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

function isBlank(bytes: Uint8Array, from: number): boolean {
  return bytes.subarray(from).every((byte) => byte === 10 || byte === 13 || byte === 32);
}

function emptyFile(repairs: readonly ReadNote[]): Error {
  const why = repairs.length > 0 ? `: ${repairs[0].message}` : '';
  return invalid([
    { field: 'content', rule: 'min_rows', value: 0, message: `the file must have at least 1 row, was 0${why}` },
  ]);
}
