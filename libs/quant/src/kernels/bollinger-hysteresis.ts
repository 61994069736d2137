import { highestTie, lowestTie, PURE_NUMBER } from '../comparison/comparison';
import type { CellLedger } from './cell-ledger';
import { MOMENT_CARRY, momentsTile } from './rolling-moments-tile';
import { BLOCK_BARS } from './segment-table';

/** Rounding allowance of the squared comparisons that decide whether the exact z-score has to be computed. */
const NEARLY = 1 - 1e-9;

/** A cell leaves below it: what equals 0 is not below. */
export const EXIT_LINE = lowestTie(0, PURE_NUMBER);
const CERTAIN_EXIT = (EXIT_LINE * EXIT_LINE) / NEARLY;

/** The cells of a grid by window: those entered are always a prefix of a group's ascending thresholds. */
export interface HysteresisGroups {
  readonly windows: Int32Array;
  /** First cell of each group, then the number of cells. */
  readonly starts: Int32Array;
  /** What a z-score must exceed: the highest that equals the threshold. */
  readonly lines: Float64Array;
  /** Squared lines, a little lower, for the comparison without a root. */
  readonly squares: Float64Array;
}

/** Cell c has the window windowOf[c] and the threshold thresholds[c]; the cells of a window stand together. */
export function hysteresisGroups(windowOf: Float64Array, thresholds: Float64Array): HysteresisGroups {
  const starts = groupStarts(windowOf);
  const lines = entryLines(thresholds);
  return {
    windows: Int32Array.from(starts.subarray(0, -1), (cell) => windowOf[cell]),
    starts,
    lines,
    squares: lines.map((s) => s * s * NEARLY),
  };
}

/** A cell is entered above its line. */
export function entryLines(thresholds: Float64Array): Float64Array {
  return thresholds.map((s) => highestTie(s, PURE_NUMBER));
}

/**
 * Template `bollinger-hysteresis` for many windows and thresholds: one walk per window serves all its thresholds,
 * because those entered are always a prefix of the ascending thresholds and all of them leave together.
 * z-scores have the bits of the `zscore` indicator with ddof 0.
 */
export function runBollingerHysteresis(close: Float64Array, groups: HysteresisGroups, ledger: CellLedger): void {
  const { windows, starts, lines, squares } = groups;
  const n = close.length;
  const walk: Walk = {
    close,
    means: new Float64Array(BLOCK_BARS),
    m2s: new Float64Array(BLOCK_BARS),
    lines,
    squares,
    cells: Int32Array.from(lines, (_, cell) => cell),
    ledger,
  };
  const carry = new Float64Array(windows.length * MOMENT_CARRY);
  const entered = starts.slice(0, -1);
  for (let from = 0; from < n; from += BLOCK_BARS) {
    const to = Math.min(n, from + BLOCK_BARS);
    ledger.startBar(from);
    for (let g = 0; g < windows.length; g++) {
      momentsTile(close, from, to, windows[g], carry, g * MOMENT_CARRY, walk.means, walk.m2s);
      entered[g] = walkTile(walk, windows[g], from, to, starts[g], entered[g], starts[g + 1]);
    }
  }
}

/** First cell of each run of equal values, then the number of cells. */
function groupStarts(values: Float64Array): Int32Array {
  const starts: number[] = [];
  for (let cell = 0; cell < values.length; cell++)
    if (cell === 0 || values[cell] !== values[cell - 1]) starts.push(cell);
  return Int32Array.from([...starts, values.length]);
}

interface Walk {
  readonly close: Float64Array;
  readonly means: Float64Array;
  readonly m2s: Float64Array;
  readonly lines: Float64Array;
  readonly squares: Float64Array;
  readonly cells: Int32Array;
  readonly ledger: CellLedger;
}

/** One window over one tile: cells [first, entered) hold a position; returns the new `entered`. */
function walkTile(
  walk: Walk,
  window: number,
  from: number,
  to: number,
  first: number,
  entered: number,
  end: number,
): number {
  const { close, means, m2s, lines, squares, cells, ledger } = walk;
  for (let bar = from > window - 1 ? from : window - 1; bar < to; bar++) {
    const distance = close[bar] - means[bar - from];
    if (distance < 0) {
      if (entered > first && isBelowExit(distance, m2s[bar - from], window)) {
        ledger.exitAll(cells, first, entered, bar);
        entered = first;
      }
    } else if (entered < end) {
      const m2 = m2s[bar - from];
      if (distance * distance * window < squares[entered] * m2 || !(m2 > 0)) continue;
      const z = distance / Math.sqrt(m2 / window);
      const before = entered;
      while (entered < end && z > lines[entered]) entered++;
      if (entered > before) ledger.enterAll(cells, before, entered, bar);
    }
  }
  return entered;
}

/** True if the z-score is below the exit line; a window without variance has none. */
function isBelowExit(distance: number, m2: number, window: number): boolean {
  if (!(m2 > 0)) return false;
  return distance * distance * window > CERTAIN_EXIT * m2 || distance / Math.sqrt(m2 / window) < EXIT_LINE;
}
