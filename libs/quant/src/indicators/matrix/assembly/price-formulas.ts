// The formulas of ../price-formulas.ts and ../move-formulas.ts, two bars at a time. A column read some bars before has its own address.
import { bytes, given } from './lanes';

/** `TIE` of comparison/comparison.ts. */
const TIE: f64 = 1e-12;

function half(x: v128): v128 {
  return f64x2.mul(f64x2.splat(0.5), x);
}

export function ratio(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, given(f64x2.ne(bs, f64x2.splat(0)), f64x2.div(as, bs)));
  }
}

export function simpleReturn(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, f64x2.sub(f64x2.div(as, bs), f64x2.splat(1)));
  }
}

export function rise(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, half(f64x2.add(f64x2.abs(f64x2.sub(as, bs)), f64x2.sub(as, bs))));
  }
}

export function fall(a: usize, b: usize, _c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    v128.store(out, half(f64x2.sub(f64x2.abs(f64x2.sub(as, bs)), f64x2.sub(as, bs))));
  }
}

export function trueRange(a: usize, b: usize, c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    v128.store(
      out,
      f64x2.add(
        f64x2.sub(as, bs),
        half(
          f64x2.add(
            f64x2.add(f64x2.sub(cs, as), f64x2.abs(f64x2.sub(cs, as))),
            f64x2.add(f64x2.sub(bs, cs), f64x2.abs(f64x2.sub(bs, cs))),
          ),
        ),
      ),
    );
  }
}

export function turnover(a: usize, b: usize, c: usize, d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    const ds = v128.load(d);
    d += 16;
    v128.store(out, f64x2.mul(f64x2.div(f64x2.add(f64x2.add(as, bs), cs), f64x2.splat(3)), ds));
  }
}

export function bodyOverRange(a: usize, b: usize, c: usize, d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    const ds = v128.load(d);
    d += 16;
    v128.store(out, given(f64x2.gt(bs, cs), f64x2.div(f64x2.sub(ds, as), f64x2.sub(bs, cs))));
  }
}

export function rangePosition(a: usize, b: usize, c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    v128.store(
      out,
      given(
        f64x2.gt(f64x2.sub(as, bs), f64x2.splat(0)),
        f64x2.mul(f64x2.splat(100), f64x2.div(f64x2.sub(cs, bs), f64x2.sub(as, bs))),
      ),
    );
  }
}

export function belowHighest(a: usize, b: usize, c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const as = v128.load(a);
    a += 16;
    const bs = v128.load(b);
    b += 16;
    const cs = v128.load(c);
    c += 16;
    v128.store(out, f64x2.mul(f64x2.splat(-100), f64x2.div(f64x2.sub(as, cs), f64x2.sub(as, bs))));
  }
}

export function moneyFlow(a: usize, b: usize, c: usize, d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
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
      v128.and(
        f64x2.gt(as, bs),
        f64x2.mul(f64x2.div(f64x2.sub(f64x2.sub(cs, bs), f64x2.sub(as, cs)), f64x2.sub(as, bs)), ds),
      ),
    );
  }
}

/** The rise of the high, where it counts: highs and lows in a and b, those a bar before in c and d. */
export function riseOfHigh(a: usize, b: usize, c: usize, d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const up = f64x2.sub(v128.load(a), v128.load(c));
    const before = f64x2.add(v128.load(c), v128.load(d));
    const edge = f64x2.add(before, f64x2.mul(f64x2.splat(TIE), f64x2.abs(before)));
    const above = f64x2.gt(f64x2.add(v128.load(a), v128.load(b)), edge);
    v128.store(out, v128.and(v128.and(f64x2.gt(up, f64x2.splat(0)), above), up));
    a += 16;
    b += 16;
    c += 16;
    d += 16;
  }
}

/** The fall of the low, where it counts. */
export function fallOfLow(a: usize, b: usize, c: usize, d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const down = f64x2.sub(v128.load(d), v128.load(b));
    const before = f64x2.add(v128.load(c), v128.load(d));
    const edge = f64x2.sub(before, f64x2.mul(f64x2.splat(TIE), f64x2.abs(before)));
    const below = f64x2.lt(f64x2.add(v128.load(a), v128.load(b)), edge);
    v128.store(out, v128.and(v128.and(f64x2.gt(down, f64x2.splat(0)), below), down));
    a += 16;
    b += 16;
    c += 16;
    d += 16;
  }
}

/** Closes in a, those a bar before in b, volumes in c. */
export function signedVolume(a: usize, b: usize, c: usize, _d: usize, out: usize, count: i32, _p: f64, _q: f64): void {
  for (const end = out + bytes(count); out < end; out += 16) {
    const close = v128.load(a);
    const before = v128.load(b);
    const volume = v128.load(c);
    const slack = f64x2.mul(f64x2.splat(TIE), f64x2.abs(before));
    const more = v128.and(f64x2.gt(close, f64x2.add(before, slack)), volume);
    const less = v128.and(f64x2.lt(close, f64x2.sub(before, slack)), f64x2.neg(volume));
    v128.store(out, v128.or(more, less));
    a += 16;
    b += 16;
    c += 16;
  }
}
