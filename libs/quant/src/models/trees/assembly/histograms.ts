// The inner loops of ../histograms.ts: the same sums in the same order, a pair at a time.

export { addToRows, logLossPairs } from './boosting';

function add(bin: usize, pair: v128): void {
  v128.store(bin, f64x2.add(v128.load(bin), pair));
}

function binOf(sums: usize, code: usize): usize {
  return sums + ((<usize>load<u8>(code)) << 4);
}

function binAt(sums: usize, code: u32): usize {
  return sums + ((<usize>code) << 4);
}

/** Makes the sums of `count` columns 0, those of columns side by side at once. */
function clear(columns: usize, count: i32, sums: usize, stride: i32): void {
  for (const end = columns + ((<usize>count) << 2); columns < end;) {
    const first = load<u32>(columns);
    let length = 1;
    for (columns += 4; columns < end && load<u32>(columns) === first + length; columns += 4) length++;
    memory.fill(sums + first * stride, 0, length * stride);
  }
}

/** Whether the columns are four that lie packed side by side. */
function isPacked(first: u32, second: u32, third: u32, fourth: u32): bool {
  return (first & 3) === 0 && second === first + 1 && third === first + 2 && fourth === first + 3;
}

/**
 * Sums of pairs per bin, of `count` columns at `columns`, over the rows order[0 .. rows): sums + stride * column is where
 * those of a column lie, codes + n * column its codes. At packed + n * column are the codes of columns 4 i .. 4 i + 3 side by
 * side, row after row.
 */
export function fillHistograms(
  codes: usize,
  n: i32,
  columns: usize,
  count: i32,
  order: usize,
  rows: i32,
  pairs: usize,
  sums: usize,
  stride: i32,
  packed: usize,
): void {
  const end = order + ((<usize>rows) << 2);
  clear(columns, count, sums, stride);
  let c = 0;
  for (; c + 4 <= count; c += 4) {
    const first = load<u32>(columns);
    const second = load<u32>(columns, 4);
    const third = load<u32>(columns, 8);
    const fourth = load<u32>(columns, 12);
    columns += 16;
    const sums0 = sums + first * stride;
    const sums1 = sums + second * stride;
    const sums2 = sums + third * stride;
    const sums3 = sums + fourth * stride;
    if (isPacked(first, second, third, fourth)) {
      const own = packed + first * n;
      for (let at = order; at < end; at += 4) {
        const row = <usize>load<u32>(at);
        const pair = v128.load(pairs + (row << 4));
        const four = load<u32>(own + (row << 2));
        add(binAt(sums0, four & 255), pair);
        add(binAt(sums1, (four >> 8) & 255), pair);
        add(binAt(sums2, (four >> 16) & 255), pair);
        add(binAt(sums3, four >> 24), pair);
      }
      continue;
    }
    const codes0 = codes + first * n;
    const codes1 = codes + second * n;
    const codes2 = codes + third * n;
    const codes3 = codes + fourth * n;
    for (let at = order; at < end; at += 4) {
      const row = <usize>load<u32>(at);
      const pair = v128.load(pairs + (row << 4));
      add(binOf(sums0, codes0 + row), pair);
      add(binOf(sums1, codes1 + row), pair);
      add(binOf(sums2, codes2 + row), pair);
      add(binOf(sums3, codes3 + row), pair);
    }
  }
  if (c + 2 <= count) {
    const first = load<u32>(columns);
    const second = load<u32>(columns, 4);
    columns += 8;
    c += 2;
    const sums0 = sums + first * stride;
    const sums1 = sums + second * stride;
    const codes0 = codes + first * n;
    const codes1 = codes + second * n;
    for (let at = order; at < end; at += 4) {
      const row = <usize>load<u32>(at);
      const pair = v128.load(pairs + (row << 4));
      add(binOf(sums0, codes0 + row), pair);
      add(binOf(sums1, codes1 + row), pair);
    }
  }
  if (c < count) {
    const column = load<u32>(columns);
    const own = sums + column * stride;
    const ownCodes = codes + column * n;
    for (let at = order; at < end; at += 4) {
      const row = <usize>load<u32>(at);
      add(binOf(own, ownCodes + row), v128.load(pairs + (row << 4)));
    }
  }
}

/** Takes `bytes` of doubles at b from those at a. */
export function subtractHistograms(a: usize, b: usize, bytes: i32): void {
  for (const end = a + bytes; a < end; a += 16, b += 16) v128.store(a, f64x2.sub(v128.load(a), v128.load(b)));
}

/** Sums the pairs of rows order[0 .. rows), in that order, to the two doubles at `sums`. */
export function sumPairs(order: usize, rows: i32, pairs: usize, sums: usize): void {
  let sum = f64x2.splat(0);
  for (const end = order + ((<usize>rows) << 2); order < end; order += 4) {
    sum = f64x2.add(sum, v128.load(pairs + ((<usize>load<u32>(order)) << 4)));
  }
  v128.store(sums, sum);
}

/** Rows with codes up to `bin` keep their order at the front, the others theirs behind; `spill` has room for all. Returns how many are in front. */
export function partitionRows(codes: usize, order: usize, rows: i32, bin: i32, spill: usize): i32 {
  const end = order + ((<usize>rows) << 2);
  let left = order;
  let right = spill;
  for (let at = order; at < end; at += 4) {
    const row = load<u32>(at);
    store<u32>(left, row);
    store<u32>(right, row);
    const step = (<usize>(<i32>load<u8>(codes + <usize>row) <= bin)) << 2;
    left += step;
    right += 4 - step;
  }
  memory.copy(left, spill, right - spill);
  return <i32>((left - order) >> 2);
}

/** How many of `rows` codes are at most `bin`. */
export function countUpTo(codes: usize, rows: i32, bin: i32): i32 {
  const bins = i8x16.splat(<i8>bin);
  let count = 0;
  let i = 0;
  for (; i + 16 <= rows; i += 16) count += popcnt(i8x16.bitmask(i8x16.le_u(v128.load(codes + <usize>i), bins)));
  for (; i < rows; i++) count += <i32>(<i32>load<u8>(codes + <usize>i) <= bin);
  return count;
}

/** Writes rows from .. to - 1 with codes up to `bin` one after the other from `left` on, the others from `right` on, and nothing else. */
export function placeRows(codes: usize, from: i32, to: i32, bin: i32, left: usize, right: usize): void {
  for (let row = from; row < to; row++) {
    const isLeft = <i32>load<u8>(codes + <usize>row) <= bin;
    store<u32>(select(left, right, isLeft), row);
    const step = (<usize>isLeft) << 2;
    left += step;
    right += 4 - step;
  }
}

/** Bytes of a column: how many cuts it has, whether some value is missing, its monotone direction. */
const TRAITS: u32 = 12;

/**
 * The best split of a node on `count` columns at `columns`, as ../best-split.ts finds it; the sums of the left and of the
 * right child lie side by side. `state` are doubles: gradient, hessian, lowest, highest, parent, least hessian, l2; then what
 * is found so far: threshold, gain, left gradient, left hessian, column, bin, whether the missing go left.
 */
export function searchColumns(
  columns: usize,
  count: i32,
  sums: usize,
  stride: i32,
  traits: usize,
  state: usize,
  equalGains: f64,
): void {
  for (let c = 0; c < count; c++, columns += 4) {
    const column = load<u32>(columns);
    const base = sums + column * stride;
    const own = traits + column * TRAITS;
    const last = load<i32>(own);
    const hasMissing = load<i32>(own, 4);
    const direction = <f64>load<i32>(own, 8);
    scan(base, f64x2.splat(0), last - 1 + hasMissing, direction, column, 0, state, equalGains);
    if (hasMissing !== 0) scan(base, v128.load(base + stride - 16), last - 1, direction, column, 1, state, equalGains);
  }
}

/** What the best split of each column gains, to gains + 8 * column: 0 where it is not above `threshold` and what the columns before gain. `state` as above. */
export function columnGains(
  columns: usize,
  count: i32,
  sums: usize,
  stride: i32,
  traits: usize,
  state: usize,
  threshold: f64,
  gains: usize,
): void {
  store<f64>(state, threshold, 56);
  for (let c = 0; c < count; c++, columns += 4) {
    store<f64>(state, 0, 64);
    searchColumns(columns, 1, sums, stride, traits, state, 0);
    store<f64>(gains + ((<usize>load<u32>(columns)) << 3), load<f64>(state, 64));
  }
}

/** Of the gain that a split must have: as far as roundings may carry it, and more. */
const SLACK: f64 = 1e-10;

/** What the scores of both children must sum to, at least, in both lanes, for the gain to be above the threshold. */
function leastScore(parent: f64, threshold: f64): v128 {
  return f64x2.splat(parent + 2 * threshold - SLACK * (Math.abs(parent) + 2 * threshold));
}

/**
 * Two bins at a time: without bounds a child's score is G^2 / (H + l2) at most, so that most bins are passed over by products
 * alone. The others are judged as the plain form does it.
 */
function scan(
  at: usize,
  left: v128,
  last: i32,
  direction: f64,
  column: u32,
  missingLeft: i32,
  state: usize,
  equalGains: f64,
): void {
  const all = v128.load(state);
  const allGradients = f64x2.splat(load<f64>(state));
  const allHessians = f64x2.splat(load<f64>(state, 8));
  const lowest = f64x2.splat(load<f64>(state, 16));
  const highest = f64x2.splat(load<f64>(state, 24));
  const parent = load<f64>(state, 32);
  const least = load<f64>(state, 40);
  const leasts = f64x2.splat(least);
  const l2 = f64x2.splat(load<f64>(state, 48));
  let threshold = load<f64>(state, 56);
  let needed = leastScore(parent, threshold);
  for (let bin = 0; bin <= last; bin += 2, at += 32) {
    const first = f64x2.add(left, v128.load(at));
    // of an odd number of bins there is one more behind, which is not judged
    const second = f64x2.add(first, v128.load(at, 16));
    const leftGradients = v128.shuffle<f64>(first, second, 0, 2);
    const leftHessians = v128.shuffle<f64>(first, second, 1, 3);
    const rightGradients = f64x2.sub(allGradients, leftGradients);
    const rightHessians = f64x2.sub(allHessians, leftHessians);
    const leftWeights = f64x2.add(leftHessians, l2);
    const rightWeights = f64x2.add(rightHessians, l2);
    const most = f64x2.add(
      f64x2.mul(f64x2.mul(leftGradients, leftGradients), rightWeights),
      f64x2.mul(f64x2.mul(rightGradients, rightGradients), leftWeights),
    );
    const isBelow = f64x2.lt(most, f64x2.mul(needed, f64x2.mul(leftWeights, rightWeights)));
    // beyond a right child that is too light nothing is tried: that is for the loop below to see
    if (i64x2.all_true(v128.and(isBelow, f64x2.ge(rightHessians, leasts)))) {
      left = second;
      continue;
    }
    left = first;
    for (let own = bin; ; left = second) {
      if (f64x2.extract_lane(left, 1) >= least) {
        const right = f64x2.sub(all, left);
        if (f64x2.extract_lane(right, 1) < least) return;
        const gradients = v128.shuffle<f64>(left, right, 0, 2);
        const weights = f64x2.add(v128.shuffle<f64>(left, right, 1, 3), l2);
        const best = f64x2.div(f64x2.neg(gradients), weights);
        const values = f64x2.pmin(f64x2.pmax(best, lowest), highest);
        if (!(direction * (f64x2.extract_lane(values, 1) - f64x2.extract_lane(values, 0)) < 0)) {
          const scores = f64x2.mul(values, f64x2.add(f64x2.add(gradients, gradients), f64x2.mul(weights, values)));
          const gain = (-f64x2.extract_lane(scores, 0) - f64x2.extract_lane(scores, 1) - parent) / 2;
          if (gain > threshold) {
            threshold = gain + gain * equalGains;
            needed = leastScore(parent, threshold);
            store<f64>(state, threshold, 56);
            store<f64>(state, gain, 64);
            v128.store(state, left, 72);
            store<f64>(state, <f64>column, 88);
            store<f64>(state, <f64>own, 96);
            store<f64>(state, <f64>missingLeft, 104);
          }
        }
      }
      if (own > bin || own === last) break;
      own++;
    }
    left = second;
  }
}
