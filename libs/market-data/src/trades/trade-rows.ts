import { hasYear } from '@assay/primitives';
import { POINT, shortNumber, textOf } from '../files/cells/number-bytes';
import { NumberCell } from '../files/cells/number-cell';
import { ZoneClock } from '../files/cells/zone-clock';
import type { FileStyle } from '../files/layout/file-style';
import { RepairList, type ReadNotes } from '../files/read-note';
import type { RowProblems } from '../files/rows/row-problems';
import { RowScanner } from '../files/rows/row-scanner';
import type { Side, TradeBlock } from './trade-block';
import type { SideOf } from './trade-columns';
import type { TradeLayout } from './trade-layout';
import { TradeTimeCell } from './trade-time';

/** What rows are read with. */
export interface RowContext {
  bytes: Uint8Array;
  layout: TradeLayout;
  style: FileStyle;
  sideOf: SideOf;
  /** Of times that state none; undefined is UTC. */
  zone: string | undefined;
  newestFirst: boolean;
  skipBad: boolean;
  notes: ReadNotes;
  problems: RowProblems;
}

/** Buyers are written buy, b or bid (the aggressor's side), sellers sell, s, a or ask; booleans tell whether the seller took. */
const SIDES = new Map<string, Side>([
  ...['buy', 'b', 'bid', '1'].map((text) => [text, 1] as const),
  ...['sell', 's', 'a', 'ask', '-1'].map((text) => [text, -1] as const),
  ...['', 'n', 'none', 'null', 'unknown', '0'].map((text) => [text, 0] as const),
]);
const TRUTHS = new Map<string, Side>([
  ...['true', '1', 't'].map((text) => [text, -1] as const),
  ...['false', '0', 'f'].map((text) => [text, 1] as const),
  ['', 0],
]);
/** Of Polygon's corrections, those whose trade never was: corrected, erroneous, cancelled, and the records that say so. */
const UNDONE = new Set(['1', '01', '7', '07', '8', '08', '10', '11']);
const ID_DIGITS = 15;
const YEARS = 'a time in the years 1 to 9999 of UTC';
/** Of price x size: no file has more trades than keep the sums of a bar finite. */
const MOST_PAID = 1e290;
const SAMPLED_ROWS = 2000;

/** Reads rows of trades into blocks; what is wrong is a problem by line and column, or left out where that is wanted. */
export class TradeRows {
  /** Rows that were read, with those left out. */
  rows = 0;
  private readonly scanner: RowScanner;
  private readonly time: TradeTimeCell;
  private readonly number: NumberCell;
  private readonly clock: ZoneClock | null;
  private readonly bad = new RepairList('bad_rows', (n) => `${n} rows that broke a rule were left out in all`);
  private readonly undone = new RepairList('corrected_trades', (n) => `${n} corrected trades were left out in all`);
  private previousMs = NaN;

  constructor(private readonly context: RowContext) {
    const { bytes, layout, style, zone, notes } = context;
    this.scanner = new RowScanner(bytes, layout.text.delimiter, layout.text.columns.length);
    this.time = new TradeTimeCell(bytes, style.order);
    this.number = new NumberCell(bytes, style.mark, notes);
    this.clock = zone === undefined ? null : new ZoneClock(zone);
  }

  /** Repairs so far. */
  get repairs() {
    return [...this.bad.all(), ...this.undone.all()];
  }

  /** Appends the row that begins at a byte to the block, if it is a trade; gives where the next row begins. */
  read(from: number, line: number, block: TradeBlock): number {
    const { scanner } = this;
    const next = scanner.next(from);
    if (scanner.blank) return next;
    const { layout, problems, skipBad } = this.context;
    const { columns, symbols, place } = layout.text;
    if (scanner.cells === columns.length && symbols?.isOther(scanner)) return next;
    this.rows += 1;
    const before = problems.count;
    if (scanner.cells !== columns.length) problems.cells(line, columns.length, scanner.cells);
    else if (this.isUndone()) {
      this.undone.add(line, () => `${place} ${line} is a trade that was corrected or cancelled: left out`);
      return next;
    } else this.put(line, block);
    if (problems.count === before) block.count += Number(scanner.cells === columns.length);
    else if (skipBad) {
      const [{ message }] = problems.takeBack(before);
      this.bad.add(line, () => `${message}: left out`);
    }
    return next;
  }

  private isUndone(): boolean {
    const { correction } = this.context.layout.at;
    if (correction < 0) return false;
    const { starts, ends } = this.scanner;
    return UNDONE.has(textOf(this.context.bytes, starts[correction], ends[correction]));
  }

  private put(line: number, block: TradeBlock): void {
    const { at, priceScale } = this.context.layout;
    const row = block.count;
    this.putTime(line, block, row);
    block.price[row] = this.positive(line, at.price) / priceScale;
    block.size[row] = this.positive(line, at.size);
    this.checkAmount(line, block, row);
    block.side[row] = at.side < 0 ? 0 : this.sideAt(line, at.side);
    block.id[row] = at.id < 0 ? NaN : this.idAt(at.id);
    block.line[row] = line;
  }

  private putTime(line: number, block: TradeBlock, row: number): void {
    const { time, scanner } = this;
    const { layout, problems } = this.context;
    const { at } = layout;
    const [from, to] = [scanner.starts[at.time], scanner.ends[at.time]];
    const isTime =
      at.clock < 0
        ? time.read(from, to)
        : time.readWithClock(from, to, scanner.starts[at.clock], scanner.ends[at.clock]);
    if (!isTime) {
      const must = 'a time such as 2020-01-31T09:30:00.25Z or an epoch';
      problems.cell(line, layout.text.columns[at.time].name, 'iso_8601', must, from, to);
      return;
    }
    const instantMs = time.isWall ? this.instantOf(time.instantMs, line) : time.instantMs;
    if (!hasYear(instantMs)) problems.cell(line, layout.text.columns[at.time].name, 'iso_8601', YEARS, from, to);
    block.timeMs[row] = instantMs;
    block.ns[row] = time.ns;
  }

  /** The instant of a wall time. */
  private instantOf(wallMs: number, line: number): number {
    const { notes, zone, newestFirst } = this.context;
    if (notes.facts.zone === null) {
      notes.facts.zone = zone ?? 'UTC';
      const how = zone === undefined ? 'as UTC: give a zone where they are not' : `by the clocks of ${zone}`;
      notes.recognise('zone', `times state no zone and are read ${how}`, line);
    }
    this.previousMs = this.clock === null ? wallMs : this.clock.instantMs(wallMs, this.previousMs, newestFirst);
    return this.previousMs;
  }

  private positive(line: number, column: number): number {
    const [from, to] = [this.scanner.starts[column], this.scanner.ends[column]];
    const value = this.number.read(line, from, to);
    const { problems, layout } = this.context;
    if (!(value > 0 && value < Infinity)) problems.price(line, layout.text.columns[column].name, value, from, to);
    return value;
  }

  /** A bar whose sums overflow, or round to nothing, has no vwap and reaches no threshold. */
  private checkAmount(line: number, { price, size }: TradeBlock, row: number): void {
    const { at, text } = this.context.layout;
    const paid = price[row] * size[row];
    if (
      (paid > 0 && paid <= MOST_PAID && size[row] <= MOST_PAID) ||
      !(price[row] > 0 && size[row] > 0 && size[row] < Infinity)
    )
      return;
    const [from, to] = [this.scanner.starts[at.size], this.scanner.ends[at.size]];
    const must = `a number that, like price x size, is above 0 and at most ${MOST_PAID}`;
    this.context.problems.cell(line, text.columns[at.size].name, 'amount', must, from, to);
  }

  private sideAt(line: number, column: number): number {
    const [from, to] = [this.scanner.starts[column], this.scanner.ends[column]];
    const { bytes, sideOf, problems, layout } = this.context;
    const text = textOf(bytes, from, to).toLowerCase();
    const side = (sideOf === 'seller_took' ? TRUTHS : SIDES).get(text);
    if (side !== undefined) return sideOf === 'maker' ? -side : side;
    const must = sideOf === 'seller_took' ? 'true or false' : 'buy or sell';
    problems.cell(line, layout.text.columns[column].name, 'side', must, from, to);
    return 0;
  }

  /** A number as it stands, any other text as a hash of 52 bits; NaN for none. */
  private idAt(column: number): number {
    const [from, to] = [this.scanner.starts[column], this.scanner.ends[column]];
    const { bytes } = this.context;
    if (to - from <= ID_DIGITS) {
      const id = shortNumber(bytes, from, to, POINT);
      if (!Number.isNaN(id) || to === from) return id;
    }
    return hashOf(bytes, from, to);
  }
}

/** FNV-1a over two bases, 32 and 20 bits of them. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let at = from; at < to; at += 1) {
    low = Math.imul(low ^ bytes[at], 0x01000193);
    high = Math.imul(high ^ bytes[at], 0x01000193);
  }
  return (low >>> 0) + (high & 0xfffff) * 2 ** 32;
}

/** Which way the first rows run: their times fall more often than they rise. */
export function runsNewestFirst({ bytes, layout, style }: Pick<RowContext, 'bytes' | 'layout' | 'style'>): boolean {
  const { text, at } = layout;
  const scanner = new RowScanner(bytes, text.delimiter, text.columns.length);
  const time = new TradeTimeCell(bytes, style.order);
  let [previousMs, previousNs, falling, steps] = [NaN, 0, 0, 0];
  for (let from = text.from, rows = 0; from < bytes.length && rows < SAMPLED_ROWS; rows += 1) {
    from = scanner.next(from);
    if (scanner.cells !== text.columns.length || text.symbols?.isOther(scanner)) continue;
    const [begin, end] = [scanner.starts[at.time], scanner.ends[at.time]];
    const isTime =
      at.clock < 0
        ? time.read(begin, end)
        : time.readWithClock(begin, end, scanner.starts[at.clock], scanner.ends[at.clock]);
    if (!isTime) continue;
    const step = time.instantMs - previousMs || time.ns - previousNs;
    if (step !== 0 && !Number.isNaN(previousMs)) {
      steps += 1;
      falling += Number(step < 0);
    }
    [previousMs, previousNs] = [time.instantMs, time.ns];
  }
  return falling > steps / 2;
}
