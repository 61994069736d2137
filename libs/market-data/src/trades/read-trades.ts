import { invalid } from '@assay/primitives';
import { ZoneClock } from '../files/cells/zone-clock';
import { styleOf } from '../files/layout/file-style';
import { openedText } from '../files/read-bars-file';
import { refuseRepairs } from '../files/read-bars-text';
import { ReadNotes, type ReadNote } from '../files/read-note';
import type { ReadOptions } from '../files/read-options';
import { RowProblems } from '../files/rows/row-problems';
import { symbolsOf } from '../files/rows/symbols';
import { WholeText } from '../files/rows/text-source';
import type { FileText } from '../files/unwrap/file-text';
import { BLOCK_TRADES, copyOf, sortedBlock, tradeBlock, turnRound, type TradeBlock } from './trade-block';
import { tradeLayoutOf } from './trade-layout';
import { TradeOrder } from './trade-order';
import { runsNewestFirst, TradeRows, type RowContext } from './trade-rows';

/** What is known about a file of trades beside its bytes; the fields are those of a file of bars. */
export interface TradeReadOptions extends Pick<
  ReadOptions,
  'name' | 'symbol' | 'zone' | 'decimal' | 'dateFormat' | 'columns' | 'sort' | 'skipBad' | 'strict' | 'mostBytes'
> {
  /** Whose side a column of sides states; default by the source, else the taker's. */
  sideOf?: 'taker' | 'maker';
}

/** What a file of trades held. */
export interface TradeFile {
  /** Whose export it looks like; null for nobody's. */
  layout: string | null;
  /** Whether the file says who took liquidity. */
  hasSides: boolean;
  /** The only or the picked symbol of the file; null where it states none. */
  symbol: string | null;
  trades: number;
  recognised: ReadNote[];
  repairs: ReadNote[];
}

/** Takes blocks of trades in order of time; a block is only lent. */
export type TakeTrades = (block: TradeBlock) => void;

/**
 * Reads trades of a file of any kind that bars come in, by the same rules, and hands them on block by block in order of
 * time, to the nanosecond: beside the text no more than a block is held, unless rows have to be sorted. A file that
 * begins with the newest is read from its end. `begin` learns what the file has before the first block.
 * @throws DomainError `validation_failed` with line, column, rule and value (the first 20 problems)
 */
export async function readTrades(
  input: Uint8Array,
  options: TradeReadOptions,
  begin: (file: { hasSides: boolean }) => TakeTrades,
): Promise<TradeFile> {
  const notes = new ReadNotes();
  checkZone(options.zone);
  const text = await openedText(input, options, notes);
  const context = contextOf(text, options, notes);
  const { layout, newestFirst, problems } = context;
  const { at } = layout;
  const take = begin({ hasSides: at.side >= 0 });
  const rows = new TradeRows(context);
  const { columns, place } = layout.text;
  const order = new TradeOrder({ timeName: columns[at.time].name, newestFirst, place, hasIds: at.id >= 0 }, problems);
  let trades = 0;
  const pass = (block: TradeBlock): void => {
    order.check(block);
    trades += block.count;
    if (problems.count === 0) take(block);
  };
  const moved =
    options.sort === true ? sortAll(text.bytes, context, rows, pass) : readInTurn(text.bytes, context, rows, pass);
  problems.throwIfAny();
  if (trades === 0) throw emptyFile();
  notes.facts.rows = rows.rows;
  const repairs = [...(moved ? [moved] : []), ...rows.repairs, ...order.repairs];
  if (options.strict) refuseRepairs(repairs);
  const { facts, recognised } = notes;
  const symbol = facts.symbols.length === 1 ? facts.symbols[0] : (options.symbol ?? null);
  return { layout: facts.layout, hasSides: at.side >= 0, symbol, trades, recognised, repairs };
}

function contextOf(text: FileText, options: TradeReadOptions, notes: ReadNotes): RowContext {
  const { bytes } = text;
  const source = new WholeText(bytes);
  const layout = tradeLayoutOf(text, options.columns, notes);
  layout.text = { ...layout.text, symbols: symbolsOf(source, layout.text, options.symbol, notes) };
  const style = styleOf(source, layout.text, options, notes);
  const sideOf = layout.sideOf === 'seller_took' ? layout.sideOf : (options.sideOf ?? layout.sideOf);
  if (layout.at.side >= 0 && sideOf === 'maker') {
    notes.recognise('side', 'sides are the makers: a buy is a sale of the taker');
  }
  return {
    ...{ bytes, layout, style, sideOf, notes, zone: options.zone, skipBad: options.skipBad ?? false },
    newestFirst: runsNewestFirst({ bytes, layout, style }),
    problems: new RowProblems(bytes, text.place),
  };
}

/** Block after block in the order of time, from the end where the file begins with the newest. */
function readInTurn(bytes: Uint8Array, context: RowContext, rows: TradeRows, pass: TakeTrades): ReadNote | null {
  const { problems, newestFirst } = context;
  const block = tradeBlock();
  const pieces = newestFirst ? piecesFromEnd(bytes, context) : piecesFromBegin(bytes, context);
  let count = 0;
  for (const { from, to, line } of pieces) {
    block.count = 0;
    for (let at = from, row = line; at < to && !problems.full; row += 1) at = rows.read(at, row, block);
    if (newestFirst) turnRound(block);
    count += block.count;
    pass(block);
    if (problems.full) break;
  }
  if (!newestFirst) return null;
  return { code: 'newest_first', message: 'the file begins with the newest trade: its rows were turned round', count };
}

function sortAll(bytes: Uint8Array, context: RowContext, rows: TradeRows, pass: TakeTrades): ReadNote | null {
  const blocks: TradeBlock[] = [];
  const turned = readInTurn(bytes, context, rows, (block) => blocks.push(copyOf(block)));
  if (context.problems.count > 0) return null;
  const { block, moved } = sortedBlock(blocks);
  pass(block);
  if (moved === 0) return turned;
  return { code: 'sorted', message: `the rows were in no order: sorted by time, ${moved} of them moved`, count: moved };
}

interface Piece {
  from: number;
  to: number;
  /** Number of its first line. */
  line: number;
}

function* piecesFromBegin(bytes: Uint8Array, { layout }: RowContext): Generator<Piece> {
  let { from, line } = layout.text;
  while (from < bytes.length) {
    let to = from;
    let lines = 0;
    for (; lines < BLOCK_TRADES && to < bytes.length; lines += 1) to = lineEnd(bytes, to);
    yield { from, to, line };
    from = to;
    line += lines;
  }
}

function* piecesFromEnd(bytes: Uint8Array, { layout }: RowContext): Generator<Piece> {
  const { from: begin, line: first } = layout.text;
  let line = first;
  for (let at = begin; at < bytes.length; at = lineEnd(bytes, at)) line += 1;
  let to = bytes.length;
  while (to > begin) {
    let from = to;
    let lines = 0;
    for (; lines < BLOCK_TRADES && from > begin; lines += 1) from = Math.max(begin, lineBegin(bytes, from));
    line -= lines;
    yield { from, to, line };
    to = from;
  }
}

const NEWLINE = 10;

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end + 1;
}

/** Where the line begins whose end, the newline included, is at `to`. */
const lineBegin = (bytes: Uint8Array, to: number): number => (to < 2 ? 0 : bytes.lastIndexOf(NEWLINE, to - 2) + 1);

function checkZone(zone: string | undefined): void {
  if (zone === undefined || ZoneClock.isZone(zone)) return;
  const message = `zone must be an IANA time zone such as Asia/Hong_Kong, was ${zone}`;
  throw invalid([{ field: 'zone', rule: 'time_zone', value: zone, message }]);
}

function emptyFile(): Error {
  const message = 'the file must have at least 1 trade, was 0';
  return invalid([{ field: 'content', rule: 'min_rows', value: 0, message }]);
}
