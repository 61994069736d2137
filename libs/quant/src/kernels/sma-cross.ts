import { isAbove, isBelow, TIE, WITH_UNIT } from '../comparison/comparison';
import type { CellLedger } from './cell-ledger';
import { meansTile, type MeanRanking, STRIDE, TILE_BARS } from './mean-ranking';

/** Parts of a code: entry, exit, and what says nothing because the cell has not heard of the exchange before. */
const ENTRY = 1;
const EXIT = 2;
const SILENT = 4;
const CODE_BITS = 3;

/** The pairs of windows of a grid, as the ranking meets them. */
export interface CrossPairs {
  readonly cells: number;
  /** Ascending. */
  readonly windows: Int32Array;
  /**
   * What happens to a pair of windows when `moved` falls below `passed`, at moved x width + passed: cell x 8, plus
   * `ENTRY` or `EXIT`; 0 for a pair that is no cell.
   */
  readonly codes: Int32Array;
}

/**
 * Where a walk begins. Two means that are equal but for rounding may change places in the ranking, which the cell of
 * the pair must not hear: the pair is put among the `undecided` as moved x width + passed and its way back is silenced
 * in the codes. Once the means are told apart the cell hears of it; if they come back it never does.
 */
export interface CrossStart {
  readonly windows: Int32Array;
  readonly ranking: MeanRanking;
  /** Of `CrossPairs`; changed by the walk. */
  readonly codes: Int32Array;
  readonly undecided: number[];
}

export function crossStart({ windows, codes }: CrossPairs, ranking: MeanRanking): CrossStart {
  const start = {
    windows,
    ranking,
    codes: codes.slice(),
    undecided: ranking.undecided.filter((pair) => codes[pair] !== 0),
  };
  for (const pair of start.undecided) silence(start.codes, windows.length, pair);
  return start;
}

function wayBack(width: number, pair: number): number {
  return (pair % width) * width + Math.trunc(pair / width);
}

function silence(codes: Int32Array, width: number, pair: number): void {
  const back = wayBack(width, pair);
  codes[back] = ((codes[back] >> CODE_BITS) << CODE_BITS) + SILENT;
}

function voice(codes: Int32Array, width: number, pair: number): void {
  const back = wayBack(width, pair);
  codes[back] += (Math.trunc(back / width) > back % width ? ENTRY : EXIT) - SILENT;
}

/** True when the mean of the window `moved`, the lower one, is told from that of `passed`. The slow one is the level. */
function isDecided(moved: number, passed: number, mean: number, above: number): boolean {
  return moved > passed ? isAbove(above, mean, WITH_UNIT) : isBelow(mean, above, WITH_UNIT);
}

/** Cell c has the windows fast[c] < slow[c]. */
export function crossPairs(fast: Float64Array, slow: Float64Array): CrossPairs {
  let longest = 0;
  for (const window of slow) if (window > longest) longest = window;
  const indexOf = new Int32Array(longest + 1);
  for (let cell = 0; cell < fast.length; cell++) indexOf[fast[cell]] = indexOf[slow[cell]] = 1;
  const windows = Int32Array.from(indexOf.keys()).filter((window) => indexOf[window] === 1);
  const width = windows.length;
  for (let k = 0; k < width; k++) indexOf[windows[k]] = k;
  const codes = new Int32Array(width * width);
  for (let cell = 0; cell < fast.length; cell++) {
    const f = indexOf[fast[cell]];
    const s = indexOf[slow[cell]];
    codes[s * width + f] = (cell << CODE_BITS) + ENTRY;
    codes[f * width + s] = (cell << CODE_BITS) + EXIT;
  }
  return { cells: fast.length, windows, codes };
}

/** Marks the cells whose fast mean counts as above the slow one: their trades may be carried in. */
export function forEachAbove({ codes, ranking }: CrossStart, mark: (cell: number) => void): void {
  const { order, ranked } = ranking;
  for (let high = 1; high < ranked; high++)
    for (let low = 0; low < high; low++) {
      const code = codes[order[high] * order.length + order[low]];
      // of a silenced pair the cell still sees the order before
      if ((code & (order[high] < order[low] ? EXIT : SILENT)) !== 0) mark(code >> CODE_BITS);
    }
}

/**
 * Template `sma-cross` for many window pairs at once over the bars (first, last], from the ranking of bar `first`.
 *
 * The means of all windows are kept in ascending order by an insertion sort from bar to bar. One exchange in that sort
 * is one pair whose order has changed, so the crossings of all pairs are found without looking at each pair on each
 * bar; the sort moves only over strict inequality, so ties hold, and what rounding makes of a tie waits among the
 * undecided. A pair is entered when the fast mean rises above the slow one, which it can only do after having been below
 * it: an armed cell.
 *
 * Means have the bits of the `sma` indicator. The ledger counts its bars from `first`.
 */
export function runSmaCross(
  close: Float64Array,
  first: number,
  last: number,
  start: CrossStart,
  ledger: CellLedger,
): void {
  const { windows } = start;
  const width = windows.length;
  const columns = new Float64Array(width * STRIDE);
  const ranking: Ranking = {
    ...start.ranking,
    codes: start.codes,
    undecided: start.undecided,
    entries: new Int32Array(width * width + 1),
    exits: new Int32Array(width * width + 1),
    entryCount: 0,
    exitCount: 0,
  };
  let { ranked } = start.ranking;
  for (let from = first + 1; from <= last; from += TILE_BARS) {
    const to = Math.min(last + 1, from + TILE_BARS);
    meansTile(close, windows, from, to, columns);
    for (let bar = from; bar < to; bar++) {
      ledger.startBar(bar - first);
      rank(ranking, columns, bar - from, ranked);
      if (ranking.undecided.length > 0) decide(ranking, columns, bar - from);
      ledger.enterAll(ranking.entries, 0, ranking.entryCount, bar - first);
      ledger.exitAll(ranking.exits, 0, ranking.exitCount, bar - first);
      while (ranked < width && windows[ranked] <= bar + 1)
        join(ranking, columns[ranked * STRIDE + bar - from], ranked++);
    }
  }
}

interface Ranking {
  readonly order: Int32Array;
  readonly sorted: Float64Array;
  readonly codes: Int32Array;
  readonly undecided: number[];
  /** Cells to enter and to leave on this bar. */
  readonly entries: Int32Array;
  readonly exits: Int32Array;
  entryCount: number;
  exitCount: number;
}

/** Re-sorts the first `ranked` windows by their means at this bar of the tile. */
function rank(ranking: Ranking, columns: Float64Array, bar: number, ranked: number): void {
  const { order, sorted, codes, entries, exits } = ranking;
  const width = order.length;
  let entryCount = 0;
  let exitCount = 0;
  let highest = -Infinity;
  for (let r = 0; r < ranked; r++) {
    const moved = order[r];
    const mean = columns[moved * STRIDE + bar];
    if (mean >= highest) {
      highest = mean;
      sorted[r] = mean;
      continue;
    }
    const base = moved * width;
    const clear = mean * (1 + 2 * TIE);
    let p = r;
    do {
      const passed = order[p - 1];
      const above = sorted[p - 1];
      order[p] = passed;
      sorted[p] = above;
      // both lists are written and one of them grows: no branch to mispredict
      let code = codes[base + passed];
      if (above <= clear) code = heard(ranking, code, moved, passed, mean, above);
      entries[entryCount] = code >> CODE_BITS;
      exits[exitCount] = code >> CODE_BITS;
      entryCount += code & ENTRY;
      exitCount += (code & EXIT) >> 1;
      p--;
    } while (p > 0 && sorted[p - 1] > mean);
    order[p] = moved;
    sorted[p] = mean;
  }
  ranking.entryCount = entryCount;
  ranking.exitCount = exitCount;
}

/** The code, or 0 for an exchange of means that are equal but for rounding, which is put among the undecided. */
function heard(ranking: Ranking, code: number, moved: number, passed: number, mean: number, above: number): number {
  if (isDecided(moved, passed, mean, above)) return code;
  // an undecided pair on its way back is as the cell knows it
  if (code === 0 || (code & SILENT) !== 0) return 0;
  const { order, codes, undecided } = ranking;
  undecided.push(moved * order.length + passed);
  silence(codes, order.length, moved * order.length + passed);
  return 0;
}

/** Lets the cells hear of the undecided pairs that are told apart at this bar, and forgets those that came back. */
function decide(ranking: Ranking, columns: Float64Array, bar: number): void {
  const { order, codes, undecided, entries, exits } = ranking;
  const width = order.length;
  let kept = 0;
  for (const pair of undecided) {
    const moved = Math.trunc(pair / width);
    const passed = pair % width;
    const mean = columns[moved * STRIDE + bar];
    const above = columns[passed * STRIDE + bar];
    if (mean <= above && !isDecided(moved, passed, mean, above)) {
      undecided[kept++] = pair;
      continue;
    }
    voice(codes, width, pair);
    if (mean > above) continue;
    const code = codes[pair];
    if ((code & ENTRY) !== 0) entries[ranking.entryCount++] = code >> CODE_BITS;
    else exits[ranking.exitCount++] = code >> CODE_BITS;
  }
  undecided.length = kept;
}

/** Takes a window that has become warm into the order. A fast mean equal to it counts as above it, that is not armed. */
function join({ order, sorted, codes, undecided }: Ranking, mean: number, window: number): void {
  const width = order.length;
  let p = window;
  for (; p > 0 && sorted[p - 1] >= mean; p--) {
    sorted[p] = sorted[p - 1];
    order[p] = order[p - 1];
  }
  sorted[p] = mean;
  order[p] = window;
  for (let r = p - 1; r >= 0 && !isDecided(order[r], window, sorted[r], mean); r--) {
    const pair = order[r] * width + window;
    if (codes[pair] === 0) continue;
    undecided.push(pair);
    silence(codes, width, pair);
  }
}
