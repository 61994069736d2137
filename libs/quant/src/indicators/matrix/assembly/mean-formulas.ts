// The formulas of ../mean-formulas.ts, two bars at a time: columns a, b, c, d to out, numbers p and q. One bar more may be written where count is odd.
import { bytes, given } from './lanes';

export function difference(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, f64x2.sub(as, bs));
  }
}

export function percentDifference(
  a: usize,
  b: usize,
  _c: usize,
  _d: usize,
  out: usize,
  count: i32,
  _p: f64,
  _q: f64,
): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, given(f64x2.ne(bs, f64x2.splat(0)), f64x2.mul(f64x2.splat(100), f64x2.div(f64x2.sub(as, bs), bs))));
  }
}

export function quotient(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, given(f64x2.gt(bs, f64x2.splat(0)), f64x2.div(as, bs)));
  }
}

export function middle(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, f64x2.mul(f64x2.add(as, bs), f64x2.splat(0.5)));
  }
}

export function times(a: usize, _b: usize, _c: usize, _d: usize, out: usize, count: i32, p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    v128.store(out, f64x2.mul(as, f64x2.splat(p)));
  }
}

export function plus(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, f64x2.add(as, f64x2.mul(f64x2.splat(p), bs)));
  }
}

export function doubleAverage(
  a: usize,
  b: usize,
  _c: usize,
  _d: usize,
  out: usize,
  count: i32,
  _p: f64,
  _q: f64,
): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, f64x2.sub(f64x2.mul(f64x2.splat(2), as), bs));
  }
}

export function tripleAverage(a: usize, b: usize, c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    v128.store(out, f64x2.add(f64x2.sub(f64x2.mul(f64x2.splat(3), as), f64x2.mul(f64x2.splat(3), bs)), cs));
  }
}

export function percentChange(
  a: usize,
  b: usize,
  _c: usize,
  _d: usize,
  out: usize,
  count: i32,
  _p: f64,
  _q: f64,
): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(
      out,
      given(f64x2.ne(bs, f64x2.splat(0)), f64x2.mul(f64x2.splat(100), f64x2.sub(f64x2.div(as, bs), f64x2.splat(1)))),
    );
  }
}

export function strength(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, f64x2.mul(f64x2.splat(100), f64x2.div(as, f64x2.add(as, bs))));
  }
}

export function momentumStrength(
  a: usize,
  b: usize,
  _c: usize,
  _d: usize,
  out: usize,
  count: i32,
  _p: f64,
  _q: f64,
): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, f64x2.mul(f64x2.splat(100), f64x2.div(f64x2.sub(as, bs), f64x2.add(as, bs))));
  }
}

export function percentOf(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, given(f64x2.ne(bs, f64x2.splat(0)), f64x2.mul(f64x2.splat(100), f64x2.div(as, bs))));
  }
}

export function where(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, given(f64x2.eq(bs, bs), as));
  }
}

export function same(a: usize, _b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    v128.store(out, as);
  }
}

export function directionalIndex(
  a: usize,
  b: usize,
  _c: usize,
  _d: usize,
  out: usize,
  count: i32,
  _p: f64,
  _q: f64,
): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, f64x2.mul(f64x2.splat(100), f64x2.div(f64x2.abs(f64x2.sub(as, bs)), f64x2.add(as, bs))));
  }
}

export function directionalShare(
  a: usize,
  b: usize,
  _c: usize,
  _d: usize,
  out: usize,
  count: i32,
  _p: f64,
  _q: f64,
): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, given(f64x2.gt(bs, f64x2.splat(0)), f64x2.mul(f64x2.splat(100), f64x2.div(as, bs))));
  }
}
