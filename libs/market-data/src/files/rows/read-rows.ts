import { invalid } from '@assay/primitives';
import type { TextLayout } from '../layout/layout';
import { RepairList, type ReadNote } from '../read-note';
import { columnReaders, isMissing, type ColumnContext, type ColumnReader } from './column-reader';
import { PlainRow } from './plain-row';
import { RowProblems } from './row-problems';
import { RowScanner } from './row-scanner';
import { goesOn } from './row-source';
import type { TextSource } from './text-source';

/** The rows of one piece of a file, whose memory is that of the next one. */
export interface PieceRows {
  /** In the order of the columns; null for those left out. Only the first `count` values are of rows. */
  readers: (ColumnReader | null)[];
  lines: Int32Array;
  count: number;
}

export interface Rows {
  readers: (ColumnReader | null)[];
  /** Of all pieces. */
  count: number;
  problems: RowProblems;
  repairs: ReadNote[];
}

const PRICES = new Set(['open', 'high', 'low', 'close']);

/**
 * The cells of all rows, a piece of the text at a time. A row whose prices are all missing is no bar and left out; one that
 * breaks a rule is a problem, or left out where that is wanted.
 */
export function readRows(
  text: TextSource,
  layout: TextLayout,
  { skipBad, ...cells }: Omit<ColumnContext, 'bytes' | 'problems'> & { skipBad: boolean },
  take: (rows: PieceRows) => void,
): Rows {
  const { columns, delimiter, from, line: firstLine, place, symbols } = layout;
  const problems = new RowProblems(new Uint8Array(0), place);
  const context: ColumnContext = { bytes: problems.bytes, problems, ...cells };
  const readers = columnReaders(columns, context);
  const inOrder = readingOrder(layout);
  const plain = PlainRow.of(layout, readers, cells.number.decimal);
  const empty = new RepairList('empty_rows', (count) => `${count} rows without a price were left out in all`);
  const bad = new RepairList('bad_rows', (count) => `${count} rows that broke a rule were left out in all`);
  const prices = columns.flatMap(({ role }, c) => (PRICES.has(role) ? [c] : []));
  const dated = columns.some(({ role }) => role === 'time');
  const isEmpty = ({ starts, ends, bytes }: RowScanner): boolean =>
    dated && prices.length > 0 && prices.every((c) => isMissing(bytes, starts[c], ends[c]));
  let total = 0;
  let line = firstLine;
  let lines = new Int32Array(0);
  text.walk(from, (bytes, start, isLast) => {
    for (const one of [problems, context, cells.number, cells.time]) one.bytes = bytes;
    const capacity = start < bytes.length ? countLines(bytes, start) : 0;
    for (const reader of readers) reader?.begin(capacity);
    plain?.begin();
    if (lines.length < capacity) lines = new Int32Array(capacity);
    const scanner = new RowScanner(bytes, delimiter, columns.length);
    let count = 0;
    let at = start;
    for (; at < bytes.length && !problems.full; line += 1) {
      const before = problems.count;
      const plainEnd = plain === null ? 0 : plain.read(bytes, at, count, line);
      if (plainEnd > 0) at = plainEnd;
      else {
        const next = scanner.next(at);
        if (goesOn(next, bytes, isLast)) break;
        at = next;
        // in a file of one column, an empty line between others is a missing value
        if (scanner.blank && (columns.length > 1 || isBlank(bytes, at))) continue;
        if (scanner.cells !== columns.length) problems.cells(line, columns.length, scanner.cells);
        else if (symbols?.isOther(scanner)) continue;
        else for (const c of inOrder) readers[c]!.read(count, line, scanner.starts[c], scanner.ends[c]);
      }
      if (problems.count > before) {
        const row = line;
        if (plainEnd === 0 && scanner.cells === columns.length && isEmpty(scanner)) {
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
    total += count;
    if (problems.full) return null;
    take({ readers, lines, count });
    return Math.min(at, bytes.length);
  });
  problems.throwIfAny();
  const repairs = [...empty.all(), ...bad.all()];
  if (total === 0) throw emptyFile(repairs);
  return { readers, count: total, problems, repairs };
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
