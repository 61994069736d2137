import { join } from 'node:path';
import type { BarColumns } from '@assay/domain';
import { ColumnSpool, Room, SpoolWriter } from '../../spool';
import { assembledBars, noteIgnored, refuseRepairs, rowsOf, type ParsedBars } from '../read-bars-text';
import { settledText } from '../settled-text';
import type { ReadNotes } from '../read-note';
import type { ReadOptions } from '../read-options';
import { clipInto, clips } from '../rows/repairs';
import type { TextFile } from '../rows/text-source';
import { scaledByLean, tickColumnOf, noteLean, noteTicks } from '../rows/source-values';
import type { FileText } from '../unwrap/file-text';
import { columnName, keptColumns, LINE, orderedRows } from './ordered-rows';
import { ColumnFacts } from './column-facts';

/** A part of the bars of a file, as `ParsedBars` has all of them; its memory is that of the next one. */
export type ParsedPiece = Pick<ParsedBars, 'bars' | 'adjFactor' | 'lines'>;

/** What `take` is given before the first piece. */
export interface PiecesHead {
  present: ParsedBars['present'];
  timeframe: BarColumns['timeframe'];
  /** Names of the further columns. */
  extra: string[];
  hasFactor: boolean;
}

/**
 * Reads a text from disk as `readText` does one in memory: the same bars, notes and refusals, in parts of which few lie in
 * memory. What is between is written into `folder`. A date is needed.
 * @param take gives what takes the bars, part after part, oldest first
 */
export function readPieces(
  text: Omit<FileText, 'bytes'>,
  source: TextFile,
  options: ReadOptions & { folder: string; pieceRows: number; onRead: (fraction: number) => void },
  notes: ReadNotes,
  take: (head: PiecesHead) => (piece: ParsedPiece) => void,
): void {
  const settled = settledText({ ...text, bytes: source.head }, source, options, notes);
  const { layout, timeframe, present } = settled;
  const named = layout.columns
    .map((_, c) => c)
    .filter((c) => !['skip', 'symbol', 'clock'].includes(layout.columns[c].role));
  const writer = new SpoolWriter(join(options.folder, 'rows'), [...named.map(columnName), LINE]);
  const facts = new ColumnFacts();
  const rows = rowsOf(source, settled, options, notes, ({ readers, lines, count }) => {
    options.onRead(ROWS_SHARE * source.walked);
    const columns = named.map((c) => readers[c]!.values.subarray(0, count));
    columns.forEach((column, i) => facts.see(named[i], column));
    writer.append([...columns, new Float64Array(lines.subarray(0, count))]);
  });
  const read = new ColumnSpool(writer.close());
  const { ordered, backwards } = orderedRows(read, settled, rows, { ...options, sort: options.sort ?? false, notes });
  read.remove();

  const { columns, form } = layout;
  const kept = new Set(keptColumns(layout, rows.readers));
  const at = (role: string): number => columns.findIndex((one) => one.role === role);
  const lean = form?.lean === true && ['open', 'high', 'low', 'close'].every((role) => facts.areIntegers(at(role)));
  const ticks = tickColumnOf(columns);
  const ticked = kept.has(ticks) && facts.areZero(at('volume')) && !facts.areZero(ticks);
  const clipped = clips();
  const room = new Room();
  let given = 0;
  let give: ((piece: ParsedPiece) => void) | undefined;
  for (const [from, to] of rangesOf(ordered.facts.count, options.pieceRows, backwards)) {
    const column = (name: string): Float64Array => {
      const values = ordered.read(name, from, to, room);
      return backwards ? values.reverse() : values;
    };
    const readers = columns.map((_, c) => (kept.has(c) ? { values: column(columnName(c)), ignored: null } : null));
    const lines = new Int32Array(column(LINE));
    const { bars, adjFactor } = assembledBars(columns, { readers, count: to - from }, timeframe, options);
    if (!give) {
      if (lean) noteLean(bars.close[0], notes);
      if (ticked) noteTicks(columns[ticks].name, notes);
      give = take({ present, timeframe, extra: Object.keys(bars.extra), hasFactor: adjFactor !== null });
    }
    if (lean) scaledByLean(bars);
    if (ticked) bars.volume.set(bars.extra[columns[ticks].name]);
    clipInto(clipped, bars, (bar) => lines[bar]);
    give({ bars, adjFactor, lines });
    given += to - from;
    options.onRead(ROWS_SHARE + (1 - ROWS_SHARE) * (given / ordered.facts.count));
  }
  ordered.remove();
  notes.repairs.push(...clipped.all());
  noteIgnored(columns, rows.readers, notes);
  if (options.strict) refuseRepairs(notes.repairs);
}

/** Of the time that the reading takes, that of the rows. */
const ROWS_SHARE = 0.7;

/** Rows [from, to) of each part; backwards, the last part comes first. */
function rangesOf(count: number, rows: number, backwards: boolean): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  for (let from = 0; from < count; from += rows) ranges.push([from, Math.min(count, from + rows)]);
  return backwards ? ranges.reverse() : ranges;
}
