import type { CellLedger } from './cell-ledger';
import { MOMENT_CARRY, momentsTile } from './rolling-moments-tile';
import { BLOCK_BARS } from './segment-table';

/** Rounding allowance of the squared comparison that decides whether the exact z-score has to be computed. */
const NEARLY = 1 - 1e-9;

/** The cells of a grid by window: those entered are always a prefix of a group's ascending thresholds. */
export interface HysteresisGroups {
  readonly windows: Int32Array;
  /** First cell of each group, then the number of cells. */
  readonly starts: Int32Array;
  readonly thresholds: Float64Array;
  /** Squared thresholds, a little lower, for the comparison without a root. */
  readonly squares: Float64Array;
}

/** Cell c has the window windowOf[c] and the threshold thresholds[c]; the cells of a window stand together. */
export function hysteresisGroups(windowOf: Float64Array, thresholds: Float64Array): HysteresisGroups {
  const starts = groupStarts(windowOf);
  return {
    windows: Int32Array.from(starts.subarray(0, -1), (cell) => windowOf[cell]),
    starts,
    thresholds,
    squares: thresholds.map((s) => s * s * NEARLY),
  };
}

/**
 * Template `bollinger-hysteresis` for many windows and thresholds: one walk per window serves all its thresholds,
 * because those entered are always a prefix of the ascending thresholds and all of them leave together.
 * z-scores have the bits of the `zscore` indicator with ddof 0.
 */
export function runBollingerHysteresis(close: Float64Array, groups: HysteresisGroups, ledger: CellLedger): void {
  const { windows, starts, thresholds, squares } = groups;
  const n = close.length;
  const walk: Walk = {
    close,
    means: new Float64Array(BLOCK_BARS),
    m2s: new Float64Array(BLOCK_BARS),
    thresholds,
    squares,
    cells: Int32Array.from(thresholds, (_, cell) => cell),
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
  readonly thresholds: Float64Array;
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
  const { close, means, m2s, thresholds, squares, cells, ledger } = walk;
  for (let bar = from > window - 1 ? from : window - 1; bar < to; bar++) {
    const distance = close[bar] - means[bar - from];
    if (distance < 0) {
      // z < 0; a window without variance has distance 0
      if (entered > first) {
        ledger.exitAll(cells, first, entered, bar);
        entered = first;
      }
    } else if (entered < end) {
      const m2 = m2s[bar - from];
      if (distance * distance * window < squares[entered] * m2 || !(m2 > 0)) continue;
      const z = distance / Math.sqrt(m2 / window);
      const before = entered;
      while (entered < end && z > thresholds[entered]) entered++;
      if (entered > before) ledger.enterAll(cells, before, entered, bar);
    }
  }
  return entered;
}
