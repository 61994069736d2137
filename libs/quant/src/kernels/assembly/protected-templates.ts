// protected-templates.ts: columns of a tile, turns of each signal, cells of each signal.
import { EXIT_LINE, momentsTile } from './hysteresis';
import { meansSpan } from './means';
import { runAll } from './protected';

const TILE_BARS: i32 = 256;
const STRIDE: i32 = TILE_BARS + 8;
const BLOCK_BARS: i32 = 2048;
const MOMENT_CARRY: usize = 40;
const TIE: f64 = 1e-12;
const ARMED: u8 = 1;
const ON: u8 = 2;

// @ts-ignore: decorator
@inline
function int(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2));
}

/** Of four comparisons, side by side in two vectors: a bit each. */
// @ts-ignore: decorator
@inline
function bits(first: v128, second: v128): i32 {
  return i64x2.bitmask(first) | (i64x2.bitmask(second) << 2);
}

/**
 * First bar in [i, to) with a below b, ties by rounding among them, else `to`; `a` and `b` are where bar 0 would lie.
 * Looks at four bars at a time, so columns have room for three more, whatever stands there.
 */
// @ts-ignore: decorator
@inline
function nextBelow(a: usize, b: usize, i: i32, to: i32): i32 {
  for (; i < to; i += 4) {
    const at = (<usize>i) << 3;
    const first = f64x2.lt(v128.load(a + at), v128.load(b + at));
    const second = f64x2.lt(v128.load(a + at, 16), v128.load(b + at, 16));
    const hits = bits(first, second);
    if (hits != 0) return min(i + ctz(hits), to);
  }
  return to;
}

/**
 * `starts`: first cell of each signal, then the number of cells; `fast` and `slow`: places of its windows; `windows`
 * and `turns`, room for a tile: all i32. `states`: a byte a signal, 0 at first.
 */
export function protectedCross(
  x: usize,
  n: i32,
  windows: usize,
  windowCount: i32,
  signals: i32,
  starts: usize,
  fast: usize,
  slow: usize,
  firstRule: i32,
  states: usize,
  columns: usize,
  turns: usize,
): void {
  for (let from = 0; from < n; from += TILE_BARS) {
    const to = min(n, from + TILE_BARS);
    for (let k = 0; k < windowCount; k++) {
      const window = int(windows, k);
      if (window > to) break;
      meansSpan(x, max(from, window - 1), to, window, columns, k * STRIDE - from);
    }
    for (let signal = 0; signal < signals; signal++) {
      const place = int(slow, signal);
      const begin = max(from, int(windows, place) - 1);
      if (begin >= to) continue;
      const quick = columns + ((<usize>(int(fast, signal) * STRIDE - from)) << 3);
      const calm = columns + ((<usize>(place * STRIDE - from)) << 3);
      let state = load<u8>(states + <usize>signal);
      const on = (state & ON) != 0;
      let count = 0;
      let i = begin;
      while (true) {
        if (state == ARMED) {
          i = nextBelow(calm, quick, i, to);
          if (i >= to) break;
          const level = load<f64>(calm + ((<usize>i) << 3));
          if (!(load<f64>(quick + ((<usize>i) << 3)) > level + TIE * level)) {
            i++;
            continue;
          }
          state = ARMED | ON;
        } else {
          i = nextBelow(quick, calm, i, to);
          if (i >= to) break;
          const level = load<f64>(calm + ((<usize>i) << 3));
          if (!(load<f64>(quick + ((<usize>i) << 3)) < level - TIE * level)) {
            i++;
            continue;
          }
          const armed = state != 0;
          state = ARMED;
          if (!armed) {
            i++;
            continue;
          }
        }
        store<i32>(turns + ((<usize>count) << 2), i++);
        count++;
      }
      store<u8>(states + <usize>signal, state);
      runAll(int(starts, signal), int(starts, signal + 1), signal == 0 ? firstRule : 0, on, turns, count, begin, to);
    }
  }
}

/** First bar in [i, to) with x above the level, else `to`. */
// @ts-ignore: decorator
@inline
function nextAbove(x: usize, level: f64, i: i32, to: i32): i32 {
  const levels = f64x2.splat(level);
  for (; i < to; i += 4) {
    const at = x + ((<usize>i) << 3);
    const hits = bits(f64x2.gt(v128.load(at), levels), f64x2.gt(v128.load(at, 16), levels));
    if (hits != 0) return min(i + ctz(hits), to);
  }
  return to;
}

// @ts-ignore: decorator
@inline
function nextOut(x: usize, i: i32, to: i32): i32 {
  const lines = f64x2.splat(EXIT_LINE);
  for (; i < to; i += 4) {
    const at = x + ((<usize>i) << 3);
    const hits = bits(f64x2.lt(v128.load(at), lines), f64x2.lt(v128.load(at, 16), lines));
    if (hits != 0) return min(i + ctz(hits), to);
  }
  return to;
}

/**
 * `firstSignals`: first signal of each window, then the number of signals; `starts`, `windows` and `turns` i32;
 * `carry`: five f64 a window; `held`: a byte a signal; `means` and `scores`: one block each, the scores with
 * room for three more.
 */
export function protectedHysteresis(
  x: usize,
  n: i32,
  windows: usize,
  windowCount: i32,
  firstSignals: usize,
  lines: usize,
  starts: usize,
  firstRule: i32,
  carry: usize,
  held: usize,
  means: usize,
  scores: usize,
  turns: usize,
): void {
  for (let from = 0; from < n; from += BLOCK_BARS) {
    const to = min(n, from + BLOCK_BARS);
    const score = scores - ((<usize>from) << 3);
    for (let k = 0; k < windowCount; k++) {
      const window = int(windows, k);
      momentsTile(x, from, to, window, carry + <usize>k * MOMENT_CARRY, means, scores);
      const begin = max(from, window - 1);
      if (begin >= to) continue;
      const size = <f64>window;
      for (let i = begin; i < to; i++) {
        const at = (<usize>i) << 3;
        const m2 = load<f64>(score + at);
        const mean = load<f64>(means + at - ((<usize>from) << 3));
        store<f64>(score + at, m2 > 0 ? (load<f64>(x + at) - mean) / Math.sqrt(m2 / size) : NaN);
      }
      for (let signal = int(firstSignals, k), last = int(firstSignals, k + 1); signal < last; signal++) {
        const line = load<f64>(lines + ((<usize>signal) << 3));
        const onAtFirst = load<u8>(held + <usize>signal) != 0;
        let on = onAtFirst;
        let count = 0;
        let i = begin;
        while (true) {
          i = on ? nextOut(score, i, to) : nextAbove(score, line, i, to);
          if (i >= to) break;
          on = !on;
          store<i32>(turns + ((<usize>count) << 2), i++);
          count++;
        }
        store<u8>(held + <usize>signal, on ? 1 : 0);
        const rule = signal == 0 ? firstRule : 0;
        runAll(int(starts, signal), int(starts, signal + 1), rule, onAtFirst, turns, count, begin, to);
      }
    }
  }
}
