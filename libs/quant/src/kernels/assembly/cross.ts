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
let leavers: i32 = 0;
let undecided: usize = 0;
let undecidedCount: i32 = 0;
let width: i32 = 0;

const TIE: f64 = 1e-12;
const ENTRY: i32 = 1;
const EXIT: i32 = 2;
const SILENT: i32 = 4;
const CODE_BITS: i32 = 3;

/**
 * Bars (first, last] from the ranking of bar `first`; `x` is where bar 0 would lie. Windows, codes, order and the lists
 * of cells to leave and of undecided pairs are i32.
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
  undecidedAt: usize,
  undecidedPairs: i32,
): void {
  width = windowCount;
  codes = codesAt;
  order = orderAt;
  sorted = sortedAt;
  columns = columnsAt;
  leaving = leavingAt;
  undecided = undecidedAt;
  undecidedCount = undecidedPairs;
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
      rank(bar - from, bar - first, ranked);
      if (undecidedCount > 0) decide(bar - from, bar - first);
      if (leavers > 0) exitAll(leaving, leavers, bar - first);
      while (ranked < width && load<i32>(windows + ((<usize>ranked) << 2)) <= bar + 1) {
        join(load<f64>(columns + ((<usize>(ranked * STRIDE + bar - from)) << 3)), ranked);
        ranked++;
      }
    }
  }
}

/** Enters the cells whose order turned upwards and lists those to leave. */
function rank(tileBar: i32, ledgerBar: i32, ranked: i32): void {
  const column = columns + ((<usize>tileBar) << 3);
  let count = 0;
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
    const clear = mean * (1 + 2 * TIE);
    let place = order + at;
    let value = sorted + (at << 1);
    do {
      const passed = load<i32>(place - 4);
      const above = load<f64>(value - 8);
      store<i32>(place, passed);
      store<f64>(value, above);
      let code = load<i32>(row + ((<usize>passed) << 2));
      if (above <= clear) code = heard(code, moved, passed, mean, above);
      if (code & ENTRY) enter(code >> CODE_BITS, ledgerBar);
      store<i32>(leaving + ((<usize>count) << 2), code >> CODE_BITS);
      count += (code & EXIT) >> 1;
      place -= 4;
      value -= 8;
    } while (place > order && load<f64>(value - 8) > mean);
    store<i32>(place, moved);
    store<f64>(value, mean);
  }
  leavers = count;
}

function codeAt(row: i32, column: i32): usize {
  return codes + ((<usize>(row * width + column)) << 2);
}

function isDecided(moved: i32, passed: i32, mean: f64, above: f64): bool {
  return moved > passed ? above > mean + TIE * mean : mean < above - TIE * above;
}

function putAside(moved: i32, passed: i32): void {
  store<i32>(undecided + ((<usize>undecidedCount) << 2), moved * width + passed);
  undecidedCount++;
  const back = codeAt(passed, moved);
  store<i32>(back, ((load<i32>(back) >> CODE_BITS) << CODE_BITS) + SILENT);
}

function heard(code: i32, moved: i32, passed: i32, mean: f64, above: f64): i32 {
  if (isDecided(moved, passed, mean, above)) return code;
  if (code != 0 && (code & SILENT) == 0) putAside(moved, passed);
  return 0;
}

function decide(tileBar: i32, ledgerBar: i32): void {
  const column = columns + ((<usize>tileBar) << 3);
  let kept = 0;
  for (let k = 0; k < undecidedCount; k++) {
    const pair = load<i32>(undecided + ((<usize>k) << 2));
    const moved = pair / width;
    const passed = pair % width;
    const mean = load<f64>(column + ((<usize>(moved * STRIDE)) << 3));
    const above = load<f64>(column + ((<usize>(passed * STRIDE)) << 3));
    if (mean <= above && !isDecided(moved, passed, mean, above)) {
      store<i32>(undecided + ((<usize>kept) << 2), pair);
      kept++;
      continue;
    }
    const back = codeAt(passed, moved);
    store<i32>(back, load<i32>(back) + (passed > moved ? ENTRY : EXIT) - SILENT);
    if (mean > above) continue;
    const code = load<i32>(codeAt(moved, passed));
    if (code & ENTRY) enter(code >> CODE_BITS, ledgerBar);
    else {
      store<i32>(leaving + ((<usize>leavers) << 2), code >> CODE_BITS);
      leavers++;
    }
  }
  undecidedCount = kept;
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
  while (place > order) {
    place -= 4;
    value -= 8;
    const fast = load<i32>(place);
    if (isDecided(fast, window, load<f64>(value), mean)) break;
    if (load<i32>(codeAt(fast, window)) != 0) putAside(fast, window);
  }
}
