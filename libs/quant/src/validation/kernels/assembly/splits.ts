// The loops of split-sharpes.ts over the sums of all trials, two at a time; see plain-splits.ts for the same in TypeScript. All
// counts of trials are even.

/** out = before + block, sums and squares alike: `bytes` of each. */
export function addBlock(before: usize, block: usize, out: usize, bytes: usize): void {
  const end = before + bytes;
  while (before < end) {
    v128.store(out, f64x2.add(v128.load(before), v128.load(block)));
    before += 16;
    block += 16;
    out += 16;
  }
}

/** The first of the trials from `from` (even) up to below `trials` whose neighbour or itself may be above the line; else `trials`. */
export function nextAbove(
  sums: usize,
  squares: usize,
  from: i32,
  trials: i32,
  perBar: f64,
  line: f64,
  margin: f64,
  least: f64,
): i32 {
  const each = f64x2.splat(perBar);
  const lines = f64x2.splat(line);
  const margins = f64x2.splat(margin);
  const near = f64x2.splat(margin * Math.abs(line));
  const leasts = f64x2.splat(least);
  for (let i = from; i < trials; i += 2) {
    const at = (<usize>i) << 3;
    const mean = f64x2.mul(v128.load(sums + at), each);
    const square = f64x2.mul(v128.load(squares + at), each);
    const variance = f64x2.sub(square, f64x2.mul(mean, mean));
    const signed = f64x2.mul(mean, f64x2.abs(mean));
    const highest = f64x2.add(signed, f64x2.mul(margins, f64x2.abs(signed)));
    const lowest = f64x2.sub(f64x2.mul(lines, variance), f64x2.mul(near, square));
    const isBelow = v128.and(f64x2.gt(variance, f64x2.mul(leasts, square)), f64x2.lt(highest, lowest));
    if (!i64x2.all_true(isBelow)) return i;
  }
  return trials;
}

/**
 * Counts the trials whose other half is surely below a squared ratio; those of which neither that nor the contrary is sure are
 * written to `unsure`, with their neighbour, as pairs of 4-byte numbers, and their number to `count`.
 */
export function countBelow(
  total: usize,
  totalSquares: usize,
  sums: usize,
  squares: usize,
  trials: i32,
  perBar: f64,
  squaredOwn: f64,
  margin: f64,
  near: f64,
  least: f64,
  unsure: usize,
  count: usize,
): i32 {
  const each = f64x2.splat(perBar);
  const own = f64x2.splat(squaredOwn);
  const margins = f64x2.splat(margin);
  const nears = f64x2.splat(near);
  const leasts = f64x2.splat(least);
  const zero = f64x2.splat(0);
  let lower = i64x2.splat(0);
  let next = unsure;
  for (let i = 0; i < trials; i += 2) {
    const at = (<usize>i) << 3;
    const mean = f64x2.mul(f64x2.sub(v128.load(total + at), v128.load(sums + at)), each);
    const square = f64x2.mul(f64x2.sub(v128.load(totalSquares + at), v128.load(squares + at)), each);
    const variance = f64x2.sub(square, f64x2.mul(mean, mean));
    const signed = f64x2.mul(mean, f64x2.abs(mean));
    const apart = f64x2.sub(signed, f64x2.mul(own, variance));
    const far = f64x2.add(f64x2.mul(margins, f64x2.abs(signed)), f64x2.mul(nears, square));
    const isSure = v128.and(f64x2.gt(variance, f64x2.mul(leasts, square)), f64x2.gt(f64x2.abs(apart), far));
    if (!i64x2.all_true(isSure)) {
      store<i32>(next, i);
      next += 4;
    } else {
      // a lane that is true is -1
      lower = i64x2.sub(lower, f64x2.lt(apart, zero));
    }
  }
  store<i32>(count, <i32>((next - unsure) >> 2));
  return <i32>(i64x2.extract_lane(lower, 0) + i64x2.extract_lane(lower, 1));
}
