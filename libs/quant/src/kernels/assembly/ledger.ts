// The books of segment-books.ts and cell-ledger.ts in linear memory: the same operations in the same order.
// Per bar: sum, square, inverse, unused; per bar at an exit: sum, square. Both pairs are moved as one vector.

const BOOK: usize = 48;
const WORST: usize = 8;
const RANGE: usize = 16;
const SUMS: usize = 32;
const BAR: usize = 32;
const EXIT: usize = 16;
const ENTRY: usize = 32;
const FLAT: i32 = -1;
const CARRIED: i32 = 0;
const BLOCK_BITS: i32 = 11;
const BLOCK_BARS: i32 = 1 << BLOCK_BITS;

let close: usize = 0;
let bars: i32 = 0;
let cells: i32 = 0;
let own: usize = 0;
let carried: usize = 0;
let entryBar: usize = 0;
let held: usize = 0;
let exits: usize = 0;
let table: usize = 0;
let blockStart: i32 = 0;
let enterFactor: f64 = 1;
let exitFactor: f64 = 1;

/** Where the ledger's arrays lie; `own`, `carried` and `entryBar` are filled by the caller. */
export function openLedger(
  closeAt: usize,
  barCount: i32,
  cellCount: i32,
  ownAt: usize,
  carriedAt: usize,
  entryBarAt: usize,
  heldAt: usize,
  exitsAt: usize,
  tableAt: usize,
  enter: f64,
  exit: f64,
): void {
  close = closeAt;
  bars = barCount;
  cells = cellCount;
  own = ownAt;
  carried = carriedAt;
  entryBar = entryBarAt;
  held = heldAt;
  exits = exitsAt;
  table = tableAt;
  enterFactor = enter;
  exitFactor = exit;
  blockStart = 0;
  fillColumns();
  buildTable(0, min(barCount, BLOCK_BARS));
}

function fillColumns(): void {
  const entryReturn = enterFactor - 1;
  let sum: f64 = 0;
  let square: f64 = 0;
  for (let i = 0; i < bars; i++) {
    const x = load<f64>(close + ((<usize>i) << 3));
    const at = held + <usize>i * BAR;
    store<f64>(at, 1.0 / x, 16);
    if (i > 0) {
      const ratio = x / load<f64>(close + ((<usize>(i - 1)) << 3));
      const gain = ratio - 1;
      const exited = ratio * exitFactor - 1;
      const out = exits + <usize>i * EXIT;
      store<f64>(out, sum + entryReturn + exited);
      store<f64>(out, square + entryReturn * entryReturn + exited * exited, 8);
      sum += gain;
      square += gain * gain;
    }
    store<f64>(at, sum);
    store<f64>(at, square, 8);
  }
}

function buildTable(from: i32, to: i32): void {
  const n = to - from;
  const x = close + ((<usize>from) << 3);
  for (let level = 0; level < BLOCK_BITS; level++) {
    const half = 1 << level;
    if (half >= n && level > 0) return;
    const plane = table + ((<usize>(level * BLOCK_BARS)) << 5);
    for (let split = half; split - half < n; split += 2 * half) {
      const start = split - half;
      const last = min(split, n) - 1;
      // low and high in one vector
      let range = v128.load64_splat(x + ((<usize>last) << 3));
      let worst: f64 = 1;
      for (let t = last; t >= start; t--) {
        const values = v128.load64_splat(x + ((<usize>t) << 3));
        const value = f64x2.extract_lane(values, 0);
        const low = f64x2.extract_lane(range, 0);
        if (low < worst * value) worst = low / value;
        range = widen(range, values);
        const entry = plane + ((<usize>t) << 5);
        v128.store(entry, range);
        store<f64>(entry, worst, 16);
      }
      if (split >= n) break;
      range = v128.load64_splat(x + ((<usize>split) << 3));
      worst = 1;
      const end = min(split + half, n);
      for (let t = split; t < end; t++) {
        const values = v128.load64_splat(x + ((<usize>t) << 3));
        const value = f64x2.extract_lane(values, 0);
        const high = f64x2.extract_lane(range, 1);
        if (value < worst * high) worst = value / high;
        range = widen(range, values);
        const entry = plane + ((<usize>t) << 5);
        v128.store(entry, range);
        store<f64>(entry, worst, 16);
      }
    }
  }
}

/** Low in lane 0 and high in lane 1, with more values taken in. */
// @ts-ignore: decorator
@inline
function widen(range: v128, values: v128): v128 {
  return v128.shuffle<f64>(f64x2.pmin(range, values), f64x2.pmax(range, values), 0, 3);
}

export function startBar(bar: i32): void {
  if (bar < blockStart + BLOCK_BARS) return;
  const end = blockStart + BLOCK_BARS;
  holdOpen(end - 1);
  blockStart = end;
  buildTable(end, min(bars, end + BLOCK_BARS));
}

// @ts-ignore: decorator
@inline
export function enter(cell: i32, bar: i32): void {
  store<i32>(entryBar + ((<usize>cell) << 2), bar);
}

/** Closes the trades of the cells of the list (i32 each) at this bar's close; a flat cell stays as it is. */
export function exitAll(list: usize, count: i32, bar: i32): void {
  const price = load<f64>(close + ((<usize>bar) << 3)) * exitFactor;
  const atExit = v128.load(exits + <usize>bar * EXIT);
  for (let k = 0; k < count; k++) {
    const cell = load<i32>(list + ((<usize>k) << 2));
    const slot = entryBar + ((<usize>cell) << 2);
    const entered = load<i32>(slot);
    if (entered <= CARRIED) {
      if (entered == CARRIED) leaveCarried(cell, bar);
      continue;
    }
    store<i32>(slot, FLAT);
    const at = own + <usize>cell * BOOK;
    const begin = held + <usize>entered * BAR;
    const scale = load<f64>(at) * enterFactor * load<f64>(begin, 16);
    hold(at, scale, entered, bar - 1);
    settle(at, scale * price);
    v128.store(at, f64x2.add(v128.load(at, SUMS), f64x2.sub(atExit, v128.load(begin))), SUMS);
  }
}

// @ts-ignore: decorator
@inline
function settle(at: usize, equity: f64): void {
  store<f64>(at, equity);
  const range = v128.load(at, RANGE);
  const peak = f64x2.extract_lane(range, 1);
  if (equity < peak * load<f64>(at, WORST)) store<f64>(at, equity / peak, WORST);
  v128.store(at, widen(range, f64x2.splat(equity)), RANGE);
}

function leaveCarried(cell: i32, bar: i32): void {
  const at = own + <usize>cell * BOOK;
  const scale = load<f64>(held, 16);
  const entryReturn = enterFactor - 1;
  const out = exits + <usize>bar * EXIT;
  hold(at, scale, 0, bar - 1);
  settle(at, scale * load<f64>(close + ((<usize>bar) << 3)) * exitFactor);
  store<f64>(at, load<f64>(out) - entryReturn, SUMS);
  store<f64>(at, load<f64>(out, 8) - entryReturn * entryReturn, SUMS + 8);
  store<i32>(entryBar + ((<usize>cell) << 2), FLAT);
  moveCarried(cell);
}

/** Keeps the cell's books as those of the carried trade and opens new ones. */
function moveCarried(cell: i32): void {
  const at = own + <usize>cell * BOOK;
  memory.copy(carried + <usize>cell * BOOK, at, BOOK);
  const ones = f64x2.splat(1);
  v128.store(at, ones);
  v128.store(at, ones, RANGE);
  v128.store(at, f64x2.splat(0), SUMS);
}

// @ts-ignore: decorator
@inline
function hold(at: usize, scale: f64, from: i32, to: i32): void {
  const left = max(from - blockStart, 0);
  const right = to - blockStart;
  if (right < left) return;
  const plane = table + ((<usize>(31 - clz((left ^ right) | 1))) << (BLOCK_BITS + 5));
  const a = plane + ((<usize>left) << 5);
  const b = plane + ((<usize>right) << 5);
  const first = v128.load(a);
  const second = v128.load(b);
  const factor = f64x2.splat(scale);
  const heldA = f64x2.mul(first, factor);
  const heldB = f64x2.mul(second, factor);
  const range = v128.load(at, RANGE);
  const low = f64x2.pmin(heldA, heldB);
  const lows = f64x2.pmin(range, low);
  const highs = f64x2.pmax(range, f64x2.pmax(heldA, heldB));
  v128.store(at, v128.shuffle<f64>(lows, highs, 0, 3), RANGE);
  const peak = f64x2.extract_lane(range, 1);
  const before = load<f64>(at, WORST);
  let worst = before;
  if (load<f64>(a, 16) < worst) worst = load<f64>(a, 16);
  if (load<f64>(b, 16) < worst) worst = load<f64>(b, 16);
  const lowB = f64x2.extract_lane(second, 0);
  const highA = f64x2.extract_lane(first, 1);
  if (lowB < worst * highA) worst = lowB / highA;
  if (f64x2.extract_lane(low, 0) < worst * peak) {
    const x = f64x2.extract_lane(heldA, 0);
    const y = f64x2.extract_lane(heldB, 0);
    if (x < worst * peak) worst = x / peak;
    if (y < worst * peak) worst = y / peak;
  }
  if (worst < before) store<f64>(at, worst, WORST);
}

// @ts-ignore: decorator
@inline
function scaleOf(at: usize, entered: i32): f64 {
  const inverse = load<f64>(held + <usize>entered * BAR, 16);
  return entered == CARRIED ? inverse : load<f64>(at) * enterFactor * inverse;
}

function holdOpen(to: i32): void {
  for (let cell = 0; cell < cells; cell++) {
    const entered = load<i32>(entryBar + ((<usize>cell) << 2));
    if (entered < 0) continue;
    const at = own + <usize>cell * BOOK;
    hold(at, scaleOf(at, entered), entered, to);
  }
}

export function closeLedger(): void {
  const last = bars - 1;
  const entryReturn = enterFactor - 1;
  const price = load<f64>(close + ((<usize>last) << 3));
  const end = held + <usize>last * BAR;
  holdOpen(last);
  for (let cell = 0; cell < cells; cell++) {
    const entered = load<i32>(entryBar + ((<usize>cell) << 2));
    if (entered < 0) continue;
    const at = own + <usize>cell * BOOK;
    const begin = held + <usize>entered * BAR;
    store<f64>(at, scaleOf(at, entered) * price);
    const gained = f64x2.sub(v128.load(end), v128.load(begin));
    v128.store(at, f64x2.add(v128.load(at, SUMS), gained), SUMS);
    if (entered == CARRIED) moveCarried(cell);
    else {
      store<f64>(at, load<f64>(at, SUMS) + entryReturn, SUMS);
      store<f64>(at, load<f64>(at, SUMS + 8) + entryReturn * entryReturn, SUMS + 8);
    }
  }
}
