// protected-cells.ts in linear memory: the same operations in the same order.
// Per bar: close, the low and the high that touch, open. Per cell: its book, and cash, units, stop, target. Per rule: stop, trail, profit, size.

const TIE: f64 = 1e-12;
const BOOK: usize = 48;
const WORST: usize = 8;
const PEAK: usize = 24;
const SUM: usize = 32;
const SQUARE: usize = 40;
const POSITION: usize = 32;
const UNITS: usize = 8;
const STOP: usize = 16;
const TARGET: usize = 24;
const RULE: usize = 32;
const TRAIL: usize = 8;
const PROFIT: usize = 16;
const SIZE: usize = 24;

let bars: usize = 0;
let rules: usize = 0;
let books: usize = 0;
let positions: usize = 0;
let enterFactor: f64 = 1;
let exitFactor: f64 = 1;
let targetFactor: f64 = 1;

/** Where the arrays lie, filled by the caller; `bars` is where bar 0 would lie. */
export function openProtected(
  barsAt: usize,
  rulesAt: usize,
  booksAt: usize,
  positionsAt: usize,
  enter: f64,
  exit: f64,
  exitAtTarget: f64,
): void {
  bars = barsAt;
  rules = rulesAt;
  books = booksAt;
  positions = positionsAt;
  enterFactor = enter;
  exitFactor = exit;
  targetFactor = exitAtTarget;
}

/** The cells [cell, end) of one signal; its `count` turns are i32. */
export function runAll(cell: i32, end: i32, rule: i32, on: bool, turns: usize, count: i32, from: i32, to: i32): void {
  let book = books + <usize>cell * BOOK;
  let position = positions + <usize>cell * POSITION;
  let at = rules + <usize>rule * RULE;
  for (let c = cell; c < end; c++) {
    run(book, position, at, on, turns, count, from, to);
    book += BOOK;
    position += POSITION;
    at += RULE;
  }
}

// @ts-ignore: decorator
@inline
function run(
  book: usize,
  position: usize,
  rule: usize,
  onAtFirst: bool,
  turns: usize,
  count: i32,
  from: i32,
  to: i32,
): void {
  let on = onAtFirst;
  let t = from;
  for (let k = 0; k <= count; k++) {
    const next = k < count ? load<i32>(turns + ((<usize>k) << 2)) : to;
    if (!on) {
      if (next < to) enter(book, position, rule, next);
    } else if (load<f64>(position, UNITS) > 0) hold(book, position, load<f64>(rule, TRAIL), t, next, to);
    on = !on;
    t = next + 1;
  }
}

// @ts-ignore: decorator
@inline
function enter(book: usize, position: usize, rule: usize, bar: i32): void {
  const close = load<f64>(bars + ((<usize>bar) << 5));
  const equity = load<f64>(book);
  const invested = equity * load<f64>(rule, SIZE);
  const cash = equity - invested;
  const units = (invested * enterFactor) / close;
  store<f64>(position, cash);
  store<f64>(position, units, UNITS);
  store<f64>(position, close * load<f64>(rule), STOP);
  store<f64>(position, close * load<f64>(rule, PROFIT), TARGET);
  settle(book, cash + units * close);
}

/** True if the bar reaches the stop (lane 1 of the marks) or the target. */
// @ts-ignore: decorator
@inline
function reaches(at: usize, marks: v128, target: f64): bool {
  return load<f64>(at, 8) <= f64x2.extract_lane(marks, 1) || load<f64>(at, 16) >= target;
}

function hold(book: usize, position: usize, trail: f64, first: i32, next: i32, to: i32): void {
  const cash = load<f64>(position);
  const units = load<f64>(position, UNITS);
  const target = load<f64>(position, TARGET);
  // worth of the position in lane 0 and level of the trail in lane 1, below peak and stop: both only rise
  const factors = f64x2.replace_lane(f64x2.splat(units), 1, trail);
  const base = f64x2.replace_lane(f64x2.splat(cash), 1, 0);
  let marks = f64x2.replace_lane(f64x2.splat(load<f64>(book, PEAK)), 1, load<f64>(position, STOP));
  let equity = load<f64>(book);
  let worst = load<f64>(book, WORST);
  let sum = load<f64>(book, SUM);
  let square = load<f64>(book, SQUARE);
  let at = bars + ((<usize>first) << 5);
  const end = bars + ((<usize>next) << 5);
  // two bars a round, because the engine looks for an interrupt in each round: a tenth faster
  while (true) {
    if (at >= end || reaches(at, marks, target)) break;
    const worth1 = f64x2.add(base, f64x2.mul(factors, v128.load64_splat(at)));
    const value1 = f64x2.extract_lane(worth1, 0);
    const r1 = value1 / equity - 1;
    sum += r1;
    square += r1 * r1;
    equity = value1;
    marks = f64x2.pmax(marks, worth1);
    const peak1 = f64x2.extract_lane(marks, 0);
    if (value1 < worst * peak1) worst = value1 / peak1;
    at += 32;
    if (at >= end || reaches(at, marks, target)) break;
    const worth2 = f64x2.add(base, f64x2.mul(factors, v128.load64_splat(at)));
    const value2 = f64x2.extract_lane(worth2, 0);
    const r2 = value2 / equity - 1;
    sum += r2;
    square += r2 * r2;
    equity = value2;
    marks = f64x2.pmax(marks, worth2);
    const peak2 = f64x2.extract_lane(marks, 0);
    if (value2 < worst * peak2) worst = value2 / peak2;
    at += 32;
  }
  const stop = f64x2.extract_lane(marks, 1);
  store<f64>(book, equity);
  store<f64>(book, worst, WORST);
  store<f64>(book, f64x2.extract_lane(marks, 0), PEAK);
  store<f64>(book, sum, SUM);
  store<f64>(book, square, SQUARE);
  store<f64>(position, stop, STOP);
  if (at == bars + ((<usize>to) << 5)) return;
  store<f64>(position, 0, UNITS);
  settle(book, cash + units * proceeds(at, stop, target));
}

// @ts-ignore: decorator
@inline
function proceeds(at: usize, stop: f64, target: f64): f64 {
  const open = load<f64>(at, 24);
  if (open <= stop + TIE * stop) return open * exitFactor;
  if (open >= target - TIE * target) return open * targetFactor;
  if (load<f64>(at, 8) <= stop) return stop * exitFactor;
  if (load<f64>(at, 16) >= target) return target * targetFactor;
  return load<f64>(at) * exitFactor;
}

// @ts-ignore: decorator
@inline
function settle(book: usize, value: f64): void {
  const r = value / load<f64>(book) - 1;
  store<f64>(book, load<f64>(book, SUM) + r, SUM);
  store<f64>(book, load<f64>(book, SQUARE) + r * r, SQUARE);
  store<f64>(book, value);
  const before = load<f64>(book, PEAK);
  const peak = value > before ? value : before;
  store<f64>(book, peak, PEAK);
  if (value < load<f64>(book, WORST) * peak) store<f64>(book, value / peak, WORST);
}
