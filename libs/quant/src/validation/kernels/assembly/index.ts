// Products of many rows with a few columns at once, see compiled-products.ts. Every sum goes in the order of the row from
// an accumulator of its own, so products64 has the bits of the plain loop; products32 is only near.

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

/** The same in single precision, `panels` x 8 columns. */
export function products32(
  rows: usize,
  count: i32,
  length: i32,
  used: i32,
  tile: usize,
  panels: i32,
  out: usize,
): void {
  const stride = (<usize>length) << 2;
  const width = (<usize>panels) << 5;
  for (let r = 0; r < count; r += 4) {
    const first = rows + <usize>r * stride;
    for (let p = 0; p < panels; p++) {
      let a0 = f32x4.splat(0);
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
      let g = tile + <usize>p * (stride << 3);
      const end = first + ((<usize>used) << 2);
      while (x < end) {
        const g0 = v128.load(g);
        const g1 = v128.load(g, 16);
        const e = v128.load32_splat(x);
        a0 = f32x4.add(a0, f32x4.mul(e, g0));
        a1 = f32x4.add(a1, f32x4.mul(e, g1));
        const f = v128.load32_splat(y);
        b0 = f32x4.add(b0, f32x4.mul(f, g0));
        b1 = f32x4.add(b1, f32x4.mul(f, g1));
        const h = v128.load32_splat(z);
        c0 = f32x4.add(c0, f32x4.mul(h, g0));
        c1 = f32x4.add(c1, f32x4.mul(h, g1));
        const i = v128.load32_splat(w);
        d0 = f32x4.add(d0, f32x4.mul(i, g0));
        d1 = f32x4.add(d1, f32x4.mul(i, g1));
        x += 4;
        y += 4;
        z += 4;
        w += 4;
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
