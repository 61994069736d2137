// runSmaCross of sma-cross.ts.
import { enter, exitAll, startBar } from './ledger';
import { meansSpan } from './means';

const TILE_BARS: i32 = 256;
const STRIDE: i32 = TILE_BARS + 8;

let order: usize = 0;
let sorted: usize = 0;
let codes: usize = 0;
let columns: usize = 0;
let leaving: usize = 0;
let width: i32 = 0;

/**
 * Bars (first, last] from the ranking of bar `first`; `x` is where bar 0 would lie. Windows, codes, order and the list
 * of cells to leave are i32.
 */
export function cross(
  x: usize,
  first: i32,
  last: i32,
  windows: usize,
  windowCount: i32,
  codesAt: usize,
  orderAt: usize,
  sortedAt: usize,
  warm: i32,
  columnsAt: usize,
  leavingAt: usize,
): void {
  width = windowCount;
  codes = codesAt;
  order = orderAt;
  sorted = sortedAt;
  columns = columnsAt;
  leaving = leavingAt;
  let ranked = warm;
  for (let from = first + 1; from <= last; from += TILE_BARS) {
    const to = min(last + 1, from + TILE_BARS);
    for (let k = 0; k < width; k++) {
      const window = load<i32>(windows + ((<usize>k) << 2));
      if (window > to) break;
      meansSpan(x, max(from, window - 1), to, window, columns, k * STRIDE - from);
    }
    for (let bar = from; bar < to; bar++) {
      startBar(bar - first);
      const leavers = rank(bar - from, bar - first, ranked);
      if (leavers > 0) exitAll(leaving, leavers, bar - first);
      while (ranked < width && load<i32>(windows + ((<usize>ranked) << 2)) <= bar + 1) {
        join(load<f64>(columns + ((<usize>(ranked * STRIDE + bar - from)) << 3)), ranked);
        ranked++;
      }
    }
  }
}

/** Enters the cells whose order turned upwards, lists those to leave and returns their number. */
function rank(tileBar: i32, ledgerBar: i32, ranked: i32): i32 {
  const column = columns + ((<usize>tileBar) << 3);
  let leavers = 0;
  let highest: f64 = -Infinity;
  for (let r = 0; r < ranked; r++) {
    const at = (<usize>r) << 2;
    const moved = load<i32>(order + at);
    const mean = load<f64>(column + ((<usize>(moved * STRIDE)) << 3));
    if (mean >= highest) {
      highest = mean;
      store<f64>(sorted + (at << 1), mean);
      continue;
    }
    const row = codes + ((<usize>(moved * width)) << 2);
    let place = order + at;
    let value = sorted + (at << 1);
    do {
      const passed = load<i32>(place - 4);
      store<i32>(place, passed);
      store<f64>(value, load<f64>(value - 8));
      const code = load<i32>(row + ((<usize>passed) << 2));
      if (code & 1) enter(code >> 2, ledgerBar);
      store<i32>(leaving + ((<usize>leavers) << 2), code >> 2);
      leavers += (code >> 1) & 1;
      place -= 4;
      value -= 8;
    } while (place > order && load<f64>(value - 8) > mean);
    store<i32>(place, moved);
    store<f64>(value, mean);
  }
  return leavers;
}

function join(mean: f64, window: i32): void {
  let place = order + ((<usize>window) << 2);
  let value = sorted + ((<usize>window) << 3);
  while (place > order && load<f64>(value - 8) >= mean) {
    store<f64>(value, load<f64>(value - 8));
    store<i32>(place, load<i32>(place - 4));
    place -= 4;
    value -= 8;
  }
  store<f64>(value, mean);
  store<i32>(place, window);
}
