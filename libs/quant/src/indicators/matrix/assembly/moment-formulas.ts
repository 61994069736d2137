// The formulas of ../moment-formulas.ts, two bars at a time.
import { bytes, given } from './lanes';

export function scaled(a: usize, _b: usize, _c: usize, _d: usize, out: usize, count: i32, p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    v128.store(out, f64x2.div(as, f64x2.splat(p)));
  }
}

export function rootOf(a: usize, _b: usize, _c: usize, _d: usize, out: usize, count: i32, p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    v128.store(out, f64x2.sqrt(f64x2.div(as, f64x2.splat(p))));
  }
}

export function rootTimes(a: usize, _b: usize, _c: usize, _d: usize, out: usize, count: i32, p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    v128.store(out, f64x2.sqrt(f64x2.mul(as, f64x2.splat(p))));
  }
}

export function score(a: usize, b: usize, c: usize, d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    const ds = v128.load(d);
    d += 16;
    v128.store(out, given(f64x2.gt(ds, f64x2.splat(0)), f64x2.div(f64x2.sub(as, bs), cs)));
  }
}

export function bandScore(a: usize, b: usize, c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    v128.store(out, given(f64x2.gt(cs, f64x2.splat(0)), f64x2.div(f64x2.sub(as, bs), cs)));
  }
}

export function bandPosition(a: usize, _b: usize, _c: usize, _d: usize, out: usize, count: i32, p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    v128.store(out, f64x2.add(f64x2.splat(0.5), f64x2.mul(as, f64x2.splat(p))));
  }
}

export function bandWidth(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(
      out,
      given(f64x2.ne(as, f64x2.splat(0)), f64x2.div(f64x2.mul(f64x2.splat(2), f64x2.mul(f64x2.splat(p), bs)), as)),
    );
  }
}

export function weightedMean(a: usize, b: usize, c: usize, _d: usize, out: usize, count: i32, p: f64, q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    v128.store(out, v128.bitselect(as, f64x2.div(bs, f64x2.splat(p)), f64x2.ge(cs, f64x2.splat(q))));
  }
}

export function slope(a: usize, b: usize, c: usize, _d: usize, out: usize, count: i32, p: f64, q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    v128.store(
      out,
      v128.bitselect(
        f64x2.splat(0),
        f64x2.mul(f64x2.splat(p), f64x2.sub(bs, f64x2.mul(f64x2.splat(q), as))),
        f64x2.ge(cs, f64x2.splat(2 * q - 1)),
      ),
    );
  }
}

export function onLine(a: usize, b: usize, c: usize, d: usize, out: usize, count: i32, p: f64, q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    const ds = v128.load(d);
    d += 16;
    v128.store(
      out,
      f64x2.add(
        v128.bitselect(as, f64x2.div(bs, f64x2.splat(p)), f64x2.ge(ds, f64x2.splat(p))),
        f64x2.mul(cs, f64x2.splat(q)),
      ),
    );
  }
}
