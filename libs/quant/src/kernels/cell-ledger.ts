import { BLOCK_BARS, BLOCK_BITS, buildSegmentTable, ENTRY, segmentTableSize } from './segment-table';
import { BOOK, CARRIED, FLAT, LOW, openBooks, PEAK, type SegmentBooks, SQUARE, SUM, WORST } from './segment-books';

/** What the ledger reads about each bar of its segment; bars are counted from the first of the segment. */
export interface LedgerColumns {
  readonly inverse: Float64Array;
  readonly sum: Float64Array;
  readonly square: Float64Array;
  readonly sumAtExit: Float64Array;
  readonly squareAtExit: Float64Array;
}

/** Multiplies equity at an entry and at an exit for a cost a side. */
export interface CostFactors {
  readonly enter: number;
  readonly exit: number;
}

export function costFactors(feeBps: number): CostFactors {
  const cost = feeBps / 10_000;
  return { enter: 1 / (1 + cost), exit: 1 - cost };
}

/**
 * The books of many cells that are each flat or fully invested: settles a whole trade in O(1). The specification of the
 * compiled kernels, which give the same bits.
 *
 * Sums of returns and of their squares come from prefix sums, the deepest drawdown inside a trade from the segment
 * table. Open trades are carried over the fixed block boundaries, so a cell's books do not depend on which other cells
 * are run with it.
 *
 * Cost `c` a side: a long entry multiplies equity by 1 / (1 + c) on the entry close, an exit by (1 - c) on its close.
 * `books` holds the trades that may be carried into the segment, which are settled apart: see `SegmentBooks`.
 */
export class CellLedger {
  private readonly state: Float64Array;
  private readonly entryBar: Int32Array;
  private readonly columns: LedgerColumns;
  private readonly table = new Float64Array(segmentTableSize);
  private blockStart = 0;
  private readonly enterFactor: number;
  private readonly exitFactor: number;
  private readonly entryReturn: number;

  constructor(
    private readonly close: Float64Array,
    private readonly books: SegmentBooks,
    feeBps: number,
  ) {
    const factors = costFactors(feeBps);
    this.enterFactor = factors.enter;
    this.exitFactor = factors.exit;
    this.entryReturn = factors.enter - 1;
    this.state = books.own;
    this.entryBar = books.entryBar;
    this.columns = ledgerColumns(close, factors);
    buildSegmentTable(close, 0, Math.min(close.length, BLOCK_BARS), this.table);
  }

  /** To be called for each bar in order before its entries and exits. */
  startBar(bar: number): void {
    if (bar >= this.blockStart + BLOCK_BARS) this.startBlock();
  }

  /** Opens a trade of the cells list[from .. to) at this bar's close. */
  enterAll(list: Int32Array, from: number, to: number, bar: number): void {
    const { entryBar } = this;
    for (let k = from; k < to; k++) entryBar[list[k]] = bar;
  }

  /** Closes the trades of the cells list[from .. to) at this bar's close; a flat cell stays as it is. */
  exitAll(list: Int32Array, from: number, to: number, bar: number): void {
    const { state, entryBar, enterFactor } = this;
    const { inverse, sum, square } = this.columns;
    const price = this.close[bar] * this.exitFactor;
    const sumAtExit = this.columns.sumAtExit[bar];
    const squareAtExit = this.columns.squareAtExit[bar];
    for (let k = from; k < to; k++) {
      const cell = list[k];
      const entered = entryBar[cell];
      if (entered <= CARRIED) {
        if (entered === CARRIED) this.leaveCarried(cell, bar);
        continue;
      }
      entryBar[cell] = FLAT;
      const at = cell * BOOK;
      const scale = state[at] * enterFactor * inverse[entered];
      this.hold(at, scale, entered, bar - 1);
      this.settle(at, scale * price);
      state[at + SUM] += sumAtExit - sum[entered];
      state[at + SQUARE] += squareAtExit - square[entered];
    }
  }

  /** Takes the equity after an exit into peak, low and worst ratio. */
  private settle(at: number, equity: number): void {
    const { state } = this;
    state[at] = equity;
    if (equity < state[at + PEAK] * state[at + WORST]) state[at + WORST] = equity / state[at + PEAK];
    if (equity > state[at + PEAK]) state[at + PEAK] = equity;
    if (equity < state[at + LOW]) state[at + LOW] = equity;
  }

  private leaveCarried(cell: number, bar: number): void {
    const { state, columns } = this;
    const at = cell * BOOK;
    const scale = columns.inverse[0];
    this.hold(at, scale, 0, bar - 1);
    this.settle(at, scale * this.close[bar] * this.exitFactor);
    state[at + SUM] = columns.sumAtExit[bar] - this.entryReturn;
    state[at + SQUARE] = columns.squareAtExit[bar] - this.entryReturn * this.entryReturn;
    this.entryBar[cell] = FLAT;
    this.books.carried.set(state.subarray(at, at + BOOK), at);
    openBooks(state, cell, cell + 1);
  }

  /**
   * Peak, low and worst ratio over the closes of bars from .. to of this block while equity is scale x close. Written
   * as conditions that are seldom true, because minima and maxima of random values cost mispredicted branches.
   */
  private hold(at: number, scale: number, from: number, to: number): void {
    const { state, table } = this;
    const left = from > this.blockStart ? from - this.blockStart : 0;
    const right = to - this.blockStart;
    if (right < left) return;
    // of one bar, level 0 has its own close on both sides
    const plane = (31 - Math.clz32((left ^ right) | 1)) << BLOCK_BITS;
    const a = (plane + left) * ENTRY;
    const b = (plane + right) * ENTRY;
    const peak = state[at + PEAK];
    let worst = state[at + WORST];
    if (table[a + 2] < worst) worst = table[a + 2];
    if (table[b + 2] < worst) worst = table[b + 2];
    if (table[b] < worst * table[a + 1]) worst = table[b] / table[a + 1];
    const lowA = table[a] * scale;
    const lowB = table[b] * scale;
    if (lowA < worst * peak) worst = lowA / peak;
    if (lowB < worst * peak) worst = lowB / peak;
    state[at + WORST] = worst;
    if (lowA < state[at + LOW]) state[at + LOW] = lowA;
    if (lowB < state[at + LOW]) state[at + LOW] = lowB;
    let high = peak;
    if (table[a + 1] * scale > high) high = table[a + 1] * scale;
    if (table[b + 1] * scale > high) high = table[b + 1] * scale;
    state[at + PEAK] = high;
  }

  private startBlock(): void {
    const end = this.blockStart + BLOCK_BARS;
    this.holdOpen(end - 1);
    this.blockStart = end;
    buildSegmentTable(this.close, end, Math.min(this.close.length, end + BLOCK_BARS), this.table);
  }

  private scaleOf(cell: number, entered: number): number {
    return entered === CARRIED
      ? this.columns.inverse[0]
      : this.state[cell * BOOK] * this.enterFactor * this.columns.inverse[entered];
  }

  private holdOpen(to: number): void {
    for (let cell = 0; cell < this.entryBar.length; cell++) {
      const entered = this.entryBar[cell];
      if (entered >= 0) this.hold(cell * BOOK, this.scaleOf(cell, entered), entered, to);
    }
  }

  /** Values open trades at the last close, without an exit: the books of the segment are then complete. */
  finish(): void {
    const { state, columns, entryReturn } = this;
    const last = this.close.length - 1;
    this.holdOpen(last);
    for (let cell = 0; cell < this.entryBar.length; cell++) {
      const entered = this.entryBar[cell];
      if (entered < 0) continue;
      const at = cell * BOOK;
      state[at] = this.scaleOf(cell, entered) * this.close[last];
      state[at + SUM] += columns.sum[last] - columns.sum[entered];
      state[at + SQUARE] += columns.square[last] - columns.square[entered];
      if (entered === CARRIED) {
        this.books.carried.set(state.subarray(at, at + BOOK), at);
        openBooks(state, cell, cell + 1);
      } else {
        state[at + SUM] += entryReturn;
        state[at + SQUARE] += entryReturn * entryReturn;
      }
    }
  }
}

function ledgerColumns(close: Float64Array, { enter, exit }: CostFactors): LedgerColumns {
  const n = close.length;
  const column = (): Float64Array => new Float64Array(n);
  const columns = { inverse: column(), sum: column(), square: column(), sumAtExit: column(), squareAtExit: column() };
  const entryReturn = enter - 1;
  let sum = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    columns.inverse[i] = 1 / close[i];
    if (i > 0) {
      const ratio = close[i] / close[i - 1];
      const held = ratio - 1;
      const exited = ratio * exit - 1;
      columns.sumAtExit[i] = sum + entryReturn + exited;
      columns.squareAtExit[i] = square + entryReturn * entryReturn + exited * exited;
      sum += held;
      square += held * held;
    }
    columns.sum[i] = sum;
    columns.square[i] = square;
  }
  return columns;
}
