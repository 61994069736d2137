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

/**
 * Sums of products of 16-bit numbers, exact in 32 bits where the caller's scales keep them there, of `groups` x 4 rows and `panels` x 8
 * columns. Rows lie in groups of 4, columns in panels of 8, both pair by pair: of each row or column two numbers, then those of the next.
 * Where a sum of a group and a panel is above the limit of its column, all their sums are written to `found` with the numbers of both,
 * 144 bytes each; the answer is how many there are.
 */
export function screen16(
  rows: usize,
  groups: i32,
  pairs: i32,
  tile: usize,
  panels: i32,
  limits: usize,
  found: usize,
): i32 {
  const stride = (<usize>pairs) << 4;
  let next = found;
  for (let p = 0; p < panels; p++) {
    const panel = tile + <usize>p * (stride << 1);
    const least0 = v128.load(limits + ((<usize>p) << 5));
    const least1 = v128.load(limits + ((<usize>p) << 5), 16);
    for (let group = 0; group < groups; group++) {
      let a0 = i32x4.splat(0);
      let a1 = a0;
      let b0 = a0;
      let b1 = a0;
      let c0 = a0;
      let c1 = a0;
      let d0 = a0;
      let d1 = a0;
      let x = rows + <usize>group * stride;
      let g = panel;
      const end = x + stride;
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
      const above0 = v128.or(
        v128.or(i32x4.gt_s(a0, least0), i32x4.gt_s(b0, least0)),
        v128.or(i32x4.gt_s(c0, least0), i32x4.gt_s(d0, least0)),
      );
      const above1 = v128.or(
        v128.or(i32x4.gt_s(a1, least1), i32x4.gt_s(b1, least1)),
        v128.or(i32x4.gt_s(c1, least1), i32x4.gt_s(d1, least1)),
      );
      if (v128.any_true(v128.or(above0, above1))) {
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
        next += 144;
      }
    }
  }
  return <i32>((next - found) / 144);
}
