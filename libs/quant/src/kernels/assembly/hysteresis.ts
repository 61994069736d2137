// runBollingerHysteresis of bollinger-hysteresis.ts, momentsTile of rolling-moments-tile.ts.
import { enter, exitAll, startBar } from './ledger';

const BLOCK_BARS: i32 = 2048;
const MOMENT_CARRY: usize = 40;
const REBUILD_WINDOWS: i32 = 8;
const SHRINK: f64 = 1e6;
export const EXIT_LINE: f64 = -1e-12;
const CERTAIN_EXIT: f64 = (EXIT_LINE * EXIT_LINE) / (1 - 1e-9);

// @ts-ignore: decorator
@inline
function at64(x: usize, i: i32): f64 {
  return load<f64>(x + ((<usize>i) << 3));
}

/**
 * `starts`: first cell of each group, then the number of cells, i32; `windows` and `entered`: i32 a group; `carry`:
 * five f64 a group; `cells`: every cell's number, i32; `means` and `m2s`: one tile each.
 */
export function hysteresis(
  x: usize,
  n: i32,
  groups: i32,
  starts: usize,
  windows: usize,
  lines: usize,
  squares: usize,
  cells: usize,
  carry: usize,
  entered: usize,
  means: usize,
  m2s: usize,
): void {
  for (let from = 0; from < n; from += BLOCK_BARS) {
    const to = min(n, from + BLOCK_BARS);
    startBar(from);
    for (let g = 0; g < groups; g++) {
      const slot = <usize>g << 2;
      const window = load<i32>(windows + slot);
      momentsTile(x, from, to, window, carry + <usize>g * MOMENT_CARRY, means, m2s);
      const first = load<i32>(starts + slot);
      const end = load<i32>(starts + slot, 4);
      store<i32>(
        entered + slot,
        walk(x, from, to, window, first, load<i32>(entered + slot), end, lines, squares, cells, means, m2s),
      );
    }
  }
}

function walk(
  x: usize,
  from: i32,
  to: i32,
  window: i32,
  first: i32,
  held: i32,
  end: i32,
  lines: usize,
  squares: usize,
  cells: usize,
  means: usize,
  m2s: usize,
): i32 {
  let entered = held;
  const size = <f64>window;
  for (let bar = max(from, window - 1); bar < to; bar++) {
    const distance = at64(x, bar) - at64(means, bar - from);
    if (distance < 0) {
      if (entered > first && isBelowExit(distance, at64(m2s, bar - from), size)) {
        exitAll(cells + ((<usize>first) << 2), entered - first, bar);
        entered = first;
      }
    } else if (entered < end) {
      const m2 = at64(m2s, bar - from);
      if (distance * distance * size < at64(squares, entered) * m2 || !(m2 > 0)) continue;
      const z = distance / Math.sqrt(m2 / size);
      while (entered < end && z > at64(lines, entered)) enter(entered++, bar);
    }
  }
  return entered;
}

// @ts-ignore: decorator
@inline
function isBelowExit(distance: f64, m2: f64, size: f64): bool {
  if (!(m2 > 0)) return false;
  return distance * distance * size > CERTAIN_EXIT * m2 || distance / Math.sqrt(m2 / size) < EXIT_LINE;
}

export function momentsTile(x: usize, from: i32, to: i32, window: i32, carry: usize, means: usize, m2s: usize): void {
  const share = 1.0 / <f64>window;
  const first = window - 1;
  let run = <i32>load<f64>(carry, 32);
  let i = from;
  for (const end = min(to, first); i < end; i++) run = i > 0 && at64(x, i) == at64(x, i - 1) ? run + 1 : 1;
  let mean = load<f64>(carry);
  let m2 = load<f64>(carry, 8);
  let peak = load<f64>(carry, 16);
  let rebuildAt = i <= first ? first : <i32>load<f64>(carry, 24);
  while (i < to) {
    if (i > first) {
      const end = min(to, rebuildAt);
      let last = at64(x, i - 1);
      for (; i < end; i++) {
        const value = at64(x, i);
        const old = at64(x, i - window);
        const before = mean;
        const delta = value - old;
        mean = before + delta * share;
        m2 += delta * (value - mean + (old - before));
        if (m2 > peak) peak = m2;
        else if (m2 * SHRINK < peak) break;
        if (value != last) run = 1;
        else if (++run >= window) {
          mean = value;
          m2 = 0;
        }
        last = value;
        store<f64>(means + ((<usize>(i - from)) << 3), mean);
        store<f64>(m2s + ((<usize>(i - from)) << 3), m2);
      }
      if (i >= to) break;
    }
    run = i > 0 && at64(x, i) == at64(x, i - 1) ? run + 1 : 1;
    mean = 0;
    for (let k = i - window + 1; k <= i; k++) mean += at64(x, k);
    mean /= <f64>window;
    m2 = 0;
    for (let k = i - window + 1; k <= i; k++) m2 += (at64(x, k) - mean) * (at64(x, k) - mean);
    peak = m2;
    rebuildAt = i + REBUILD_WINDOWS * window;
    if (run >= window) {
      mean = at64(x, i);
      m2 = 0;
    }
    store<f64>(means + ((<usize>(i - from)) << 3), mean);
    store<f64>(m2s + ((<usize>(i - from)) << 3), m2);
    i++;
  }
  store<f64>(carry, mean);
  store<f64>(carry, m2, 8);
  store<f64>(carry, peak, 16);
  store<f64>(carry, <f64>rebuildAt, 24);
  store<f64>(carry, <f64>run, 32);
}
