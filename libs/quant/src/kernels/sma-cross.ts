import type { CellLedger } from './cell-ledger';
import { meansTile, type MeanRanking, STRIDE, TILE_BARS } from './mean-ranking';

/** The pairs of windows of a grid, as the ranking meets them. */
export interface CrossPairs {
  /** Ascending. */
  readonly windows: Int32Array;
  /**
   * What happens to a pair of windows when `moved` falls below `passed`, at moved x width + passed: cell x 4, +1 for an
   * entry, +2 for an exit, 0 for a pair that is no cell.
   */
  readonly codes: Int32Array;
}

/** Cell c has the windows fast[c] < slow[c]. */
export function crossPairs(fast: Float64Array, slow: Float64Array): CrossPairs {
  const windows = Int32Array.from(new Set([...fast, ...slow])).sort();
  const width = windows.length;
  const indexOf = new Int32Array(windows[width - 1] + 1);
  for (let k = 0; k < width; k++) indexOf[windows[k]] = k;
  const codes = new Int32Array(width * width);
  for (let cell = 0; cell < fast.length; cell++) {
    const f = indexOf[fast[cell]];
    const s = indexOf[slow[cell]];
    codes[s * width + f] = cell * 4 + 1;
    codes[f * width + s] = cell * 4 + 2;
  }
  return { windows, codes };
}

/** Marks the cells whose fast mean is above the slow one in the ranking: their trades may be carried in. */
export function forEachAbove({ codes }: CrossPairs, ranking: MeanRanking, mark: (cell: number) => void): void {
  const { order, ranked } = ranking;
  for (let high = 1; high < ranked; high++)
    for (let low = 0; low < high; low++) {
      const code = codes[order[high] * order.length + order[low]];
      if ((code & 2) !== 0) mark(code >> 2);
    }
}

/**
 * Template `sma-cross` for many window pairs at once over the bars (first, last], from the ranking of bar `first`.
 *
 * The means of all windows are kept in ascending order by an insertion sort from bar to bar. One exchange in that sort
 * is one pair whose order has changed, so the crossings of all pairs are found without looking at each pair on each
 * bar; the sort moves only over strict inequality, so ties hold. A pair is entered when the fast mean rises above the
 * slow one, which it can only do after having been below it: an armed cell.
 *
 * Means have the bits of the `sma` indicator. The ledger counts its bars from `first`.
 */
export function runSmaCross(
  close: Float64Array,
  first: number,
  last: number,
  pairs: CrossPairs,
  start: MeanRanking,
  ledger: CellLedger,
): void {
  const { windows, codes } = pairs;
  const width = windows.length;
  const columns = new Float64Array(width * STRIDE);
  const ranking: Ranking = {
    ...start,
    codes,
    entries: new Int32Array(width * width + 1),
    exits: new Int32Array(width * width + 1),
    exitCount: 0,
  };
  let { ranked } = start;
  for (let from = first + 1; from <= last; from += TILE_BARS) {
    const to = Math.min(last + 1, from + TILE_BARS);
    meansTile(close, windows, from, to, columns);
    for (let bar = from; bar < to; bar++) {
      ledger.startBar(bar - first);
      const entryCount = rank(ranking, columns, bar - from, ranked);
      ledger.enterAll(ranking.entries, 0, entryCount, bar - first);
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
  /** Cells to enter and to leave on this bar. */
  readonly entries: Int32Array;
  readonly exits: Int32Array;
  exitCount: number;
}

/** Re-sorts the first `ranked` windows by their means at this bar of the tile; returns the number of entries. */
function rank(ranking: Ranking, columns: Float64Array, bar: number, ranked: number): number {
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
    let p = r;
    do {
      const passed = order[p - 1];
      order[p] = passed;
      sorted[p] = sorted[p - 1];
      // both lists are written and one of them grows: no branch to mispredict
      const code = codes[base + passed];
      entries[entryCount] = code >> 2;
      exits[exitCount] = code >> 2;
      entryCount += code & 1;
      exitCount += (code >> 1) & 1;
      p--;
    } while (p > 0 && sorted[p - 1] > mean);
    order[p] = moved;
    sorted[p] = mean;
  }
  ranking.exitCount = exitCount;
  return entryCount;
}

/** Takes a window that has become warm into the order. A fast mean equal to it counts as above it, that is not armed. */
function join({ order, sorted }: Ranking, mean: number, window: number): void {
  let p = window;
  for (; p > 0 && sorted[p - 1] >= mean; p--) {
    sorted[p] = sorted[p - 1];
    order[p] = order[p - 1];
  }
  sorted[p] = mean;
  order[p] = window;
}
