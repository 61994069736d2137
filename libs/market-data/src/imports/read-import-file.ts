import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDated } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import { unadjustedSplits, type UnadjustedSplit } from '../adjustments';
import { calendarFor } from '../calendars';
import { openLongText, readPieces, readText, ReadNotes, type PiecesHead } from '../files';
import { BarSpoolWriter, Room, SpooledBars, type SpooledBarsFacts } from '../spool';
import { closedCount } from './closed-bars';
import {
  importOf,
  readImport,
  readingOf,
  requireFactor,
  splitWarning,
  unclosedWarning,
  warnsOfSplits,
  withPrices,
  type ImportOptions,
  type ReadImport,
} from './read-import';

/** What is read of a file lies in memory as far as this. */
export interface PieceLimits {
  /** Bytes of a text that is read as a whole. */
  wholeBytes: number;
  /** Bytes of a longer one that lie in memory at a time. */
  pieceBytes: number;
  /** Rows of it that are looked at at a time. */
  pieceRows: number;
  /** Bars that are handed on in memory. */
  wholeBars: number;
}

export const PIECE_LIMITS: PieceLimits = {
  wholeBytes: 8 * 1024 ** 2,
  pieceBytes: 1024 ** 2,
  pieceRows: 16_384,
  wholeBars: 100_000,
};

/** Most bytes that a file may unpack to on disk. */
const MOST_TEXT_BYTES = 16 * 1024 ** 3;
const LINE = 'line';

/** What `ReadImport` says of bars that lie on disk. */
export type SpooledImport = Omit<ReadImport, 'bars' | 'adjFactor'> & { spooled: SpooledBarsFacts };

/**
 * The same as `readImport` for a file on disk of any length, whose bars are on disk too where there are many. Texts in UTF-8 and
 * Parquet may be long; other kinds are read as a whole, up to the bound of the options.
 * @param folder an empty one, for what is between and the bars
 * @param onRead told now and then how much is read, from 0 to 1
 */
export async function readImportFile(
  path: string,
  options: ImportOptions,
  folder: string,
  limits: PieceLimits = PIECE_LIMITS,
  onRead: (fraction: number) => void = () => undefined,
): Promise<ReadImport | SpooledImport> {
  const notes = new ReadNotes();
  const reading = readingOf(options);
  const opened = await openLongText(path, { name: reading.name, folder, ...limits, mostBytes: MOST_TEXT_BYTES }, notes);
  if (opened === null) return readWhole(path, options);
  if (opened.kind === 'whole') return importOf(readText(opened.text, reading, notes), options);
  let writer: BarSpoolWriter | undefined;
  let head: PiecesHead | undefined;
  try {
    readPieces(opened.text, opened.source, { ...reading, folder, pieceRows: limits.pieceRows, onRead }, notes, (is) => {
      requireFactor(options, is.hasFactor);
      const { symbol, source, timeframe } = options;
      const into = new BarSpoolWriter(join(folder, 'bars'), { symbol, source, timeframe, extra: is.extra }, [LINE]);
      [writer, head] = [into, is];
      return ({ bars, adjFactor, lines }) => {
        const factors = adjFactor ?? new Float64Array(lines.length).fill(1);
        into.append({ bars: withPrices({ bars, present: is.present }), adjFactor: factors }, new Float64Array(lines));
      };
    });
  } finally {
    opened.source.close();
  }
  const all = new SpooledBars(writer!.close(head!.hasFactor));
  try {
    const { recognised, repairs } = notes;
    const { count } = all.facts;
    const { actions = 'none' } = options;
    if (isDated(options.timeframe) || count <= limits.wholeBars || actions !== 'none') {
      const { bars, adjFactor } = all.read(0, count);
      const lines = Int32Array.from(all.columns.read(LINE, 0, count));
      const factors = head!.hasFactor ? adjFactor : null;
      return importOf({ bars, adjFactor: factors, lines, present: head!.present, recognised, repairs }, options);
    }
    return { ...closedOf(all, options, limits.pieceRows), recognised, repairs };
  } finally {
    all.close();
  }
}

/** Kinds that cannot be read in pieces. */
function readWhole(path: string, options: ImportOptions): Promise<ReadImport> {
  const { size } = statSync(path);
  const most = options.reading?.mostBytes;
  if (most !== undefined && size > most) {
    const mib = Math.floor(most / 1024 ** 2);
    const message = `content must be at most ${mib} MiB where it is no text in UTF-8, gzip of that or Parquet, was ${Math.ceil(size / 1024 ** 2)} MiB: write it as one of these`;
    throw invalid([{ field: 'content', rule: 'max_bytes', value: size, message }]);
  }
  return readImport(readFileSync(path), options);
}

/** What an import keeps of bars on disk, and warns of: as `importOf` of intraday bars. */
function closedOf(
  all: SpooledBars,
  options: ImportOptions,
  pieceRows: number,
): Pick<SpooledImport, 'spooled' | 'actions' | 'warnings'> {
  const { facts, columns } = all;
  const calendar = calendarFor(options.market);
  const times = (from: number, to: number): Float64Array => columns.read('openTimeMs', from, Math.min(to, facts.count));
  let count = facts.count;
  for (let from = count; from > 0 && count === from;) {
    from = Math.max(0, count - pieceRows);
    const tail = { openTimeMs: times(from, count), timeframe: facts.timeframe };
    count = from + closedCount(tail, calendar, options.nowMs);
  }
  const lineOf = (bar: number): number => columns.read(LINE, bar, bar + 1)[0];
  const warnings = unclosedWarning({ count: facts.count, times, lineOf }, count, options, calendar);
  if (warnsOfSplits(options) && facts.factored) warnings.push(...splitWarning(splitsOf(all, pieceRows), facts.count));
  const factored = facts.factored && options.adjust === 'adj_close';
  return { spooled: { ...facts, count, factored }, actions: [], warnings };
}

/** As `unadjustedSplits` of all bars. */
function splitsOf(all: SpooledBars, pieceRows: number): UnadjustedSplit[] {
  const splits: UnadjustedSplit[] = [];
  const room = new Room();
  for (let from = 0; from < all.facts.count; from += pieceRows) {
    const begin = Math.max(0, from - 1);
    const { bars, adjFactor } = all.read(begin, Math.min(all.facts.count, from + pieceRows), room);
    splits.push(...unadjustedSplits(bars, adjFactor).map((split) => ({ ...split, bar: begin + split.bar })));
  }
  return splits;
}
