import { isAbove, isBelow, WITH_UNIT } from '../comparison/comparison';
import { entryLines, EXIT_LINE } from './bollinger-hysteresis';
import { meansTile, STRIDE, TILE_BARS } from './mean-ranking';
import type { ProtectedCells, SignalTurns } from './protected-cells';
import { MOMENT_CARRY, momentsTile } from './rolling-moments-tile';
import { BLOCK_BARS } from './segment-table';

/** The cells of a range by template parameters: those of one signal stand together, one a rule. */
export interface SignalGroups {
  /** First cell of each signal, then the number of cells. */
  readonly starts: Int32Array;
  /** Rule of the first cell; every later signal begins with rule 0. */
  readonly firstRule: number;
}

/** Cell c of the range has the parameters first[c] and second[c]; a signal has `rules` cells but for a cut range. */
export function signalGroups(first: Float64Array, second: Float64Array, firstRule: number): SignalGroups {
  const starts: number[] = [];
  for (let cell = 0; cell < first.length; cell++)
    if (cell === 0 || first[cell] !== first[cell - 1] || second[cell] !== second[cell - 1]) starts.push(cell);
  return { starts: Int32Array.from([...starts, first.length]), firstRule };
}

/** Signals of `sma-cross`: places of their windows in the ascending `windows`. */
export interface CrossSignals {
  readonly windows: Int32Array;
  readonly fast: Int32Array;
  readonly slow: Int32Array;
}

export function crossSignals(first: Float64Array, second: Float64Array, { starts }: SignalGroups): CrossSignals {
  const windows = Int32Array.from(new Set([...first, ...second])).sort();
  const placeOf = new Map(Array.from(windows, (window, place) => [window, place]));
  const heads = starts.subarray(0, -1);
  return {
    windows,
    fast: heads.map((cell) => placeOf.get(first[cell])!),
    slow: heads.map((cell) => placeOf.get(second[cell])!),
  };
}

/** Signals of `bollinger-hysteresis` by window: the signals [starts[k], starts[k + 1]) have the window windows[k]. */
export interface HysteresisSignals {
  readonly windows: Int32Array;
  readonly starts: Int32Array;
  readonly lines: Float64Array;
}

export function hysteresisSignals(first: Float64Array, second: Float64Array, groups: SignalGroups): HysteresisSignals {
  const heads = groups.starts.subarray(0, -1);
  const starts: number[] = [];
  heads.forEach((cell, signal) => {
    if (signal === 0 || first[cell] !== first[heads[signal - 1]]) starts.push(signal);
  });
  return {
    windows: Int32Array.from(starts, (signal) => first[heads[signal]]),
    starts: Int32Array.from([...starts, heads.length]),
    lines: entryLines(Float64Array.from(heads, (cell) => second[cell])),
  };
}

/** State of a cross signal between tiles: on once it is armed and above. */
const ARMED = 1;
const ON = 2;

/** `sma-cross` over all bars: the means of a tile once for all signals, then each signal's turns, then its cells. */
export function runProtectedCross(
  close: Float64Array,
  signals: CrossSignals,
  groups: SignalGroups,
  cells: ProtectedCells,
): void {
  const { windows, fast, slow } = signals;
  const n = close.length;
  const columns = new Float64Array(windows.length * STRIDE);
  const states = new Uint8Array(fast.length);
  const turns = { on: false, count: 0, bars: new Int32Array(TILE_BARS) };
  for (let from = 0; from < n; from += TILE_BARS) {
    const to = Math.min(n, from + TILE_BARS);
    meansTile(close, windows, from, to, columns);
    for (let signal = 0; signal < fast.length; signal++) {
      const begin = Math.max(from, windows[slow[signal]] - 1);
      if (begin >= to) continue;
      const quick = fast[signal] * STRIDE - from;
      const calm = slow[signal] * STRIDE - from;
      states[signal] = findCrossTurns(columns, quick, calm, begin, to, states[signal], turns);
      const rule = signal === 0 ? groups.firstRule : 0;
      cells.runAll(groups.starts[signal], groups.starts[signal + 1], rule, turns, begin, to);
    }
  }
}

/** Mean of bar i: columns[quick + i] and columns[calm + i]. Returns the new state. */
function findCrossTurns(
  columns: Float64Array,
  quick: number,
  calm: number,
  begin: number,
  to: number,
  state: number,
  turns: SignalTurns,
): number {
  turns.on = (state & ON) !== 0;
  turns.count = 0;
  for (let i = begin; i < to; i++) {
    if (state === ARMED) {
      if (!isAbove(columns[quick + i], columns[calm + i], WITH_UNIT)) continue;
      state = ARMED | ON;
    } else {
      if (!isBelow(columns[quick + i], columns[calm + i], WITH_UNIT)) continue;
      const armed = state !== 0;
      state = ARMED;
      if (!armed) continue;
    }
    turns.bars[turns.count++] = i;
  }
  return state;
}

/** `bollinger-hysteresis` over all bars: the z-scores of a tile once for all thresholds of a window. */
export function runProtectedHysteresis(
  close: Float64Array,
  signals: HysteresisSignals,
  groups: SignalGroups,
  cells: ProtectedCells,
): void {
  const { windows, starts, lines } = signals;
  const n = close.length;
  const means = new Float64Array(BLOCK_BARS);
  const scores = new Float64Array(BLOCK_BARS);
  const carry = new Float64Array(windows.length * MOMENT_CARRY);
  const turns = { on: false, count: 0, bars: new Int32Array(BLOCK_BARS) };
  const held = new Uint8Array(lines.length);
  for (let from = 0; from < n; from += BLOCK_BARS) {
    const to = Math.min(n, from + BLOCK_BARS);
    for (let k = 0; k < windows.length; k++) {
      const window = windows[k];
      momentsTile(close, from, to, window, carry, k * MOMENT_CARRY, means, scores);
      const begin = Math.max(from, window - 1);
      if (begin >= to) continue;
      // with the bits of the `zscore` indicator, ddof 0
      for (let i = begin; i < to; i++) {
        const m2 = scores[i - from];
        scores[i - from] = m2 > 0 ? (close[i] - means[i - from]) / Math.sqrt(m2 / window) : NaN;
      }
      for (let signal = starts[k]; signal < starts[k + 1]; signal++) {
        turns.on = held[signal] === 1;
        turns.count = findHysteresisTurns(scores, lines[signal], from, begin, to, turns);
        held[signal] = Number(turns.on) ^ (turns.count & 1);
        const rule = signal === 0 ? groups.firstRule : 0;
        cells.runAll(groups.starts[signal], groups.starts[signal + 1], rule, turns, begin, to);
      }
    }
  }
}

function findHysteresisTurns(
  scores: Float64Array,
  line: number,
  from: number,
  begin: number,
  to: number,
  { on, bars }: SignalTurns,
): number {
  let count = 0;
  for (let i = begin; i < to; i++) {
    const z = scores[i - from];
    if (on ? !(z < EXIT_LINE) : !(z > line)) continue;
    on = !on;
    bars[count++] = i;
  }
  return count;
}
