// Products of many rows with a few columns at once, see compiled-products.ts. Every sum of products64 goes in the order of the
// row from an accumulator of its own, so that it has the bits of the plain loop; screen16 only tells which may be large.

/**
 * `count` rows (a multiple of 4) of `length` numbers each, of which the first `used` count; `panels` x 4 columns, a panel
 * holding its columns number by number; out is row-major.
 */
export function products64(
  rows: usize,
  count: i32,
  length: i32,
  used: i32,
  tile: usize,
  panels: i32,
  out: usize,
): void {
  const stride = (<usize>length) << 3;
  const width = (<usize>panels) << 5;
  for (let r = 0; r < count; r += 4) {
    const first = rows + <usize>r * stride;
    for (let p = 0; p < panels; p++) {
      let a0 = f64x2.splat(0);
      let a1 = a0;
      let b0 = a0;
      let b1 = a0;
      let c0 = a0;
      let c1 = a0;
      let d0 = a0;
      let d1 = a0;
      let x = first;
      let y = first + stride;
      let z = y + stride;
      let w = z + stride;
      let g = tile + <usize>p * (stride << 2);
      const end = first + ((<usize>used) << 3);
      while (x < end) {
        const g0 = v128.load(g);
        const g1 = v128.load(g, 16);
        const e = v128.load64_splat(x);
        a0 = f64x2.add(a0, f64x2.mul(e, g0));
        a1 = f64x2.add(a1, f64x2.mul(e, g1));
        const f = v128.load64_splat(y);
        b0 = f64x2.add(b0, f64x2.mul(f, g0));
        b1 = f64x2.add(b1, f64x2.mul(f, g1));
        const h = v128.load64_splat(z);
        c0 = f64x2.add(c0, f64x2.mul(h, g0));
        c1 = f64x2.add(c1, f64x2.mul(h, g1));
        const i = v128.load64_splat(w);
        d0 = f64x2.add(d0, f64x2.mul(i, g0));
        d1 = f64x2.add(d1, f64x2.mul(i, g1));
        x += 8;
        y += 8;
        z += 8;
        w += 8;
        g += 32;
      }
      const at = out + <usize>r * width + ((<usize>p) << 5);
      v128.store(at, a0);
      v128.store(at, a1, 16);
      v128.store(at + width, b0);
      v128.store(at + width, b1, 16);
      v128.store(at + 2 * width, c0);
      v128.store(at + 2 * width, c1, 16);
      v128.store(at + 3 * width, d0);
      v128.store(at + 3 * width, d1, 16);
    }
  }
}

/** Of the 8 sums of four rows with a panel, by vectors. */
const SUMS = 128;
/** What is written of a group and a panel: numbers of both, sums, companions. */
const FOUND = 16 + 2 * SUMS;
/** From one kind of sum of a draw to the next, for 64 draws. */
const KIND = 256;

// @ts-ignore: decorator
@inline
function addPart(at: usize, sum: v128, weight: v128): void {
  v128.store(at, f32x4.add(v128.load(at), f32x4.mul(f32x4.convert_i32x4_s(sum), weight)));
}

// @ts-ignore: decorator
@inline
function companion(at: usize, gain: v128, linear: v128): v128 {
  const whole = f32x4.add(f32x4.mul(v128.load(at), gain), linear);
  v128.store(at, whole);
  return whole;
}

// @ts-ignore: decorator
@inline
function linearPart(factors: usize, sums: usize): v128 {
  return f32x4.add(
    f32x4.add(
      f32x4.mul(v128.load32_splat(factors, 4), v128.load(sums)),
      f32x4.mul(v128.load32_splat(factors, 8), v128.load(sums, KIND)),
    ),
    f32x4.mul(v128.load32_splat(factors, 12), v128.load(sums, 2 * KIND)),
  );
}

/**
 * Sums of products of 16-bit numbers, exact in 32 bits where the caller's scales keep them there, of `groups` x 4 rows and `panels` x 8
 * columns, and of each row's companion, which is only near: gain x (sum over `levels` of weight x sum of products up to where the level
 * ends) + three factors x three sums of the draw. Rows lie in groups of 4, columns in panels of 8, both pair by pair: of each row or column
 * two numbers, then those of the next. `levels` has of each its pairs (whole) and its weight (single precision); `factors` of each row its
 * gain and the three factors; `sumsOf` of each group where the sums of the draws are, from `sums` on. Where a sum is above its column's limit,
 * or a companion above the limit 256 bytes on, all of the group and the panel are written to `found`; the answer is how many such there are.
 */
export function screen16(
  rows: usize,
  groups: i32,
  pairs: i32,
  tile: usize,
  panels: i32,
  levels: usize,
  levelCount: i32,
  factors: usize,
  sums: usize,
  sumsOf: usize,
  limits: usize,
  found: usize,
): i32 {
  const stride = (<usize>pairs) << 4;
  const levelsEnd = levels + ((<usize>levelCount) << 3);
  const zero = i32x4.splat(0);
  let next = found;
  for (let p = 0; p < panels; p++) {
    const panel = tile + <usize>p * (stride << 1);
    const limit = limits + ((<usize>p) << 5);
    for (let group = 0; group < groups; group++) {
      const parts = next + 16 + SUMS;
      v128.store(parts, zero);
      v128.store(parts, zero, 16);
      v128.store(parts, zero, 32);
      v128.store(parts, zero, 48);
      v128.store(parts, zero, 64);
      v128.store(parts, zero, 80);
      v128.store(parts, zero, 96);
      v128.store(parts, zero, 112);
      let a0 = zero;
      let a1 = zero;
      let b0 = zero;
      let b1 = zero;
      let c0 = zero;
      let c1 = zero;
      let d0 = zero;
      let d1 = zero;
      let x = rows + <usize>group * stride;
      let g = panel;
      for (let level = levels; level < levelsEnd; level += 8) {
        const end = x + ((<usize>load<i32>(level)) << 4);
        while (x < end) {
          const g0 = v128.load(g);
          const g1 = v128.load(g, 16);
          const e = v128.load32_splat(x);
          a0 = i32x4.add(a0, i32x4.dot_i16x8_s(e, g0));
          a1 = i32x4.add(a1, i32x4.dot_i16x8_s(e, g1));
          const f = v128.load32_splat(x, 4);
          b0 = i32x4.add(b0, i32x4.dot_i16x8_s(f, g0));
          b1 = i32x4.add(b1, i32x4.dot_i16x8_s(f, g1));
          const h = v128.load32_splat(x, 8);
          c0 = i32x4.add(c0, i32x4.dot_i16x8_s(h, g0));
          c1 = i32x4.add(c1, i32x4.dot_i16x8_s(h, g1));
          const i = v128.load32_splat(x, 12);
          d0 = i32x4.add(d0, i32x4.dot_i16x8_s(i, g0));
          d1 = i32x4.add(d1, i32x4.dot_i16x8_s(i, g1));
          x += 16;
          g += 32;
        }
        const weight = v128.load32_splat(level, 4);
        addPart(parts, a0, weight);
        addPart(parts + 16, a1, weight);
        addPart(parts + 32, b0, weight);
        addPart(parts + 48, b1, weight);
        addPart(parts + 64, c0, weight);
        addPart(parts + 80, c1, weight);
        addPart(parts + 96, d0, weight);
        addPart(parts + 112, d1, weight);
      }
      const least0 = v128.load(limit);
      const least1 = v128.load(limit, 16);
      let isAbove = v128.or(
        v128.or(
          v128.or(i32x4.gt_s(a0, least0), i32x4.gt_s(b0, least0)),
          v128.or(i32x4.gt_s(c0, least0), i32x4.gt_s(d0, least0)),
        ),
        v128.or(
          v128.or(i32x4.gt_s(a1, least1), i32x4.gt_s(b1, least1)),
          v128.or(i32x4.gt_s(c1, least1), i32x4.gt_s(d1, least1)),
        ),
      );
      const ofDraws = sums + <usize>load<i32>(sumsOf + ((<usize>group) << 2)) + ((<usize>p) << 5);
      const most0 = v128.load(limit, KIND);
      const most1 = v128.load(limit, KIND + 16);
      let factor = factors + ((<usize>group) << 6);
      for (let at = parts; at < parts + SUMS; at += 32) {
        const gain = v128.load32_splat(factor);
        const near0 = companion(at, gain, linearPart(factor, ofDraws));
        const near1 = companion(at + 16, gain, linearPart(factor, ofDraws + 16));
        isAbove = v128.or(isAbove, v128.or(f32x4.gt(near0, most0), f32x4.gt(near1, most1)));
        factor += 16;
      }
      if (v128.any_true(isAbove)) {
        store<i32>(next, group);
        store<i32>(next, p, 4);
        v128.store(next, a0, 16);
        v128.store(next, a1, 32);
        v128.store(next, b0, 48);
        v128.store(next, b1, 64);
        v128.store(next, c0, 80);
        v128.store(next, c1, 96);
        v128.store(next, d0, 112);
        v128.store(next, d1, 128);
        next += FOUND;
      }
    }
  }
  return <i32>((next - found) / FOUND);
}

/**
 * Sum of products of one row and one column with a weight each, in double precision: two numbers of the row at a time, 16 bytes apart, and
 * of the column, 32 bytes apart, as `screen16` takes them.
 */
export function weighted16(row: usize, column: usize, pairs: i32, weights: usize): f64 {
  let sum = f64x2.splat(0);
  const end = row + ((<usize>pairs) << 4);
  while (row < end) {
    const products = i32x4.extmul_low_i16x8_s(v128.load32_zero(row), v128.load32_zero(column));
    sum = f64x2.add(sum, f64x2.mul(f64x2.convert_low_i32x4_s(products), v128.load(weights)));
    row += 16;
    column += 32;
    weights += 16;
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
