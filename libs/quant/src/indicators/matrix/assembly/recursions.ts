// Recursions that do not wait for each other, side by side in the lanes of vectors: exponential means and Wilder's sums.
import { bytes, high, low } from './lanes';

// A group is a table of 12 lanes, 8 means and 4 sums: addresses of input and output (4 bytes each), then 12 factors, then
// 12 values carried on. A pair of means may read what a pair before it writes: it reads afterwards.
const FACTORS: usize = 96;
const VALUES: usize = 192;
/** Of the sums. */
const FIRST_SUM: usize = 8;
const SUM_FACTORS: usize = FACTORS + 8 * FIRST_SUM;
const SUM_VALUES: usize = VALUES + 8 * FIRST_SUM;

function from(table: usize, lane: usize): usize {
  return <usize>load<u32>(table + lane * 8);
}

function to(table: usize, lane: usize): usize {
  return <usize>load<u32>(table + lane * 8, 4);
}

function mean(e: v128, x: v128, factor: v128): v128 {
  return f64x2.add(e, f64x2.mul(factor, f64x2.sub(x, e)));
}

/** e += factor (x - e) of the lanes [lane, lane + 2) over an even number of bars. */
export function exponentialMeans2(table: usize, count: i32): void {
  const x0 = from(table, 0);
  const x1 = from(table, 1);
  const y0 = to(table, 0);
  const y1 = to(table, 1);
  const k = v128.load(table, FACTORS);
  let e = v128.load(table, VALUES);
  for (let i: usize = 0, end = bytes(count); i < end; i += 16) {
    const a = v128.load(x0 + i);
    const b = v128.load(x1 + i);
    const first = mean(e, low(a, b), k);
    e = mean(first, high(a, b), k);
    v128.store(y0 + i, low(first, e));
    v128.store(y1 + i, high(first, e));
  }
  v128.store(table, e, VALUES);
}

/** The same of four lanes. */
export function exponentialMeans4(table: usize, count: i32): void {
  const x0 = from(table, 0);
  const x1 = from(table, 1);
  const x2 = from(table, 2);
  const x3 = from(table, 3);
  const y0 = to(table, 0);
  const y1 = to(table, 1);
  const y2 = to(table, 2);
  const y3 = to(table, 3);
  const k = v128.load(table, FACTORS);
  const l = v128.load(table, FACTORS + 16);
  let e = v128.load(table, VALUES);
  let f = v128.load(table, VALUES + 16);
  for (let i: usize = 0, end = bytes(count); i < end; i += 16) {
    const a = v128.load(x0 + i);
    const b = v128.load(x1 + i);
    const first = mean(e, low(a, b), k);
    e = mean(first, high(a, b), k);
    v128.store(y0 + i, low(first, e));
    v128.store(y1 + i, high(first, e));
    const c = v128.load(x2 + i);
    const d = v128.load(x3 + i);
    const third = mean(f, low(c, d), l);
    f = mean(third, high(c, d), l);
    v128.store(y2 + i, low(third, f));
    v128.store(y3 + i, high(third, f));
  }
  v128.store(table, e, VALUES);
  v128.store(table, f, VALUES + 16);
}

/** The same of eight lanes. */
export function exponentialMeans8(table: usize, count: i32): void {
  const k = v128.load(table, FACTORS);
  const l = v128.load(table, FACTORS + 16);
  const m = v128.load(table, FACTORS + 32);
  const n = v128.load(table, FACTORS + 48);
  let e = v128.load(table, VALUES);
  let f = v128.load(table, VALUES + 16);
  let g = v128.load(table, VALUES + 32);
  let h = v128.load(table, VALUES + 48);
  for (let i: usize = 0, end = bytes(count); i < end; i += 16) {
    let a = v128.load(from(table, 0) + i);
    let b = v128.load(from(table, 1) + i);
    let first = mean(e, low(a, b), k);
    e = mean(first, high(a, b), k);
    v128.store(to(table, 0) + i, low(first, e));
    v128.store(to(table, 1) + i, high(first, e));
    a = v128.load(from(table, 2) + i);
    b = v128.load(from(table, 3) + i);
    first = mean(f, low(a, b), l);
    f = mean(first, high(a, b), l);
    v128.store(to(table, 2) + i, low(first, f));
    v128.store(to(table, 3) + i, high(first, f));
    a = v128.load(from(table, 4) + i);
    b = v128.load(from(table, 5) + i);
    first = mean(g, low(a, b), m);
    g = mean(first, high(a, b), m);
    v128.store(to(table, 4) + i, low(first, g));
    v128.store(to(table, 5) + i, high(first, g));
    a = v128.load(from(table, 6) + i);
    b = v128.load(from(table, 7) + i);
    first = mean(h, low(a, b), n);
    h = mean(first, high(a, b), n);
    v128.store(to(table, 6) + i, low(first, h));
    v128.store(to(table, 7) + i, high(first, h));
  }
  v128.store(table, e, VALUES);
  v128.store(table, f, VALUES + 16);
  v128.store(table, g, VALUES + 32);
  v128.store(table, h, VALUES + 48);
}

function sum(s: v128, x: v128, window: v128): v128 {
  return f64x2.add(f64x2.sub(s, f64x2.div(s, window)), x);
}

/** s += x - s / factor of four lanes over an even number of bars. */
export function wilderSums4(table: usize, count: i32): void {
  const k = v128.load(table, SUM_FACTORS);
  const l = v128.load(table, SUM_FACTORS + 16);
  let e = v128.load(table, SUM_VALUES);
  let f = v128.load(table, SUM_VALUES + 16);
  for (let i: usize = 0, end = bytes(count); i < end; i += 16) {
    const a = v128.load(from(table, FIRST_SUM) + i);
    const b = v128.load(from(table, FIRST_SUM + 1) + i);
    const c = v128.load(from(table, FIRST_SUM + 2) + i);
    const d = v128.load(from(table, FIRST_SUM + 3) + i);
    const first = sum(e, low(a, b), k);
    const third = sum(f, low(c, d), l);
    e = sum(first, high(a, b), k);
    f = sum(third, high(c, d), l);
    v128.store(to(table, FIRST_SUM) + i, low(first, e));
    v128.store(to(table, FIRST_SUM + 1) + i, high(first, e));
    v128.store(to(table, FIRST_SUM + 2) + i, low(third, f));
    v128.store(to(table, FIRST_SUM + 3) + i, high(third, f));
  }
  v128.store(table, e, SUM_VALUES);
  v128.store(table, f, SUM_VALUES + 16);
}

/** Means of eight lanes while the divisions of four sums are waited for. */
export function exponentialMeans8WithWilderSums4(table: usize, count: i32): void {
  const k = v128.load(table, FACTORS);
  const l = v128.load(table, FACTORS + 16);
  const m = v128.load(table, FACTORS + 32);
  const n = v128.load(table, FACTORS + 48);
  let e = v128.load(table, VALUES);
  let f = v128.load(table, VALUES + 16);
  let g = v128.load(table, VALUES + 32);
  let h = v128.load(table, VALUES + 48);
  let s = v128.load(table, SUM_VALUES);
  let t = v128.load(table, SUM_VALUES + 16);
  for (let i: usize = 0, end = bytes(count); i < end; i += 16) {
    let a = v128.load(from(table, FIRST_SUM) + i);
    let b = v128.load(from(table, FIRST_SUM + 1) + i);
    let first = sum(s, low(a, b), v128.load(table, SUM_FACTORS));
    s = sum(first, high(a, b), v128.load(table, SUM_FACTORS));
    v128.store(to(table, FIRST_SUM) + i, low(first, s));
    v128.store(to(table, FIRST_SUM + 1) + i, high(first, s));
    a = v128.load(from(table, FIRST_SUM + 2) + i);
    b = v128.load(from(table, FIRST_SUM + 3) + i);
    first = sum(t, low(a, b), v128.load(table, SUM_FACTORS + 16));
    t = sum(first, high(a, b), v128.load(table, SUM_FACTORS + 16));
    v128.store(to(table, FIRST_SUM + 2) + i, low(first, t));
    v128.store(to(table, FIRST_SUM + 3) + i, high(first, t));
    a = v128.load(from(table, 0) + i);
    b = v128.load(from(table, 1) + i);
    first = mean(e, low(a, b), k);
    e = mean(first, high(a, b), k);
    v128.store(to(table, 0) + i, low(first, e));
    v128.store(to(table, 1) + i, high(first, e));
    a = v128.load(from(table, 2) + i);
    b = v128.load(from(table, 3) + i);
    first = mean(f, low(a, b), l);
    f = mean(first, high(a, b), l);
    v128.store(to(table, 2) + i, low(first, f));
    v128.store(to(table, 3) + i, high(first, f));
    a = v128.load(from(table, 4) + i);
    b = v128.load(from(table, 5) + i);
    first = mean(g, low(a, b), m);
    g = mean(first, high(a, b), m);
    v128.store(to(table, 4) + i, low(first, g));
    v128.store(to(table, 5) + i, high(first, g));
    a = v128.load(from(table, 6) + i);
    b = v128.load(from(table, 7) + i);
    first = mean(h, low(a, b), n);
    h = mean(first, high(a, b), n);
    v128.store(to(table, 6) + i, low(first, h));
    v128.store(to(table, 7) + i, high(first, h));
  }
  v128.store(table, e, VALUES);
  v128.store(table, f, VALUES + 16);
  v128.store(table, g, VALUES + 32);
  v128.store(table, h, VALUES + 48);
  v128.store(table, s, SUM_VALUES);
  v128.store(table, t, SUM_VALUES + 16);
}

/** Running sum; returns it. */
export function runningSum(x: usize, out: usize, count: i32, total: f64): f64 {
  for (const end = out + bytes(count); out < end; out += 8) {
    total += load<f64>(x);
    store<f64>(out, total);
    x += 8;
  }
  return total;
}
