// Extremes of windows from extremes of shorter ones. Of equal values the newest is taken, which tells zeros of two signs apart.
import { bytes } from './lanes';

/** Of x[i], x[i - b], x[i - c], x[i - d], each the best of a window itself. */
export function highest4(x: usize, out: usize, count: i32, b: i32, c: i32, d: i32): void {
  const second = bytes(b);
  const third = bytes(c);
  const fourth = bytes(d);
  for (const end = out + bytes(count); out < end; out += 16) {
    const newer = f64x2.pmax(v128.load(x), v128.load(x - second));
    v128.store(out, f64x2.pmax(newer, f64x2.pmax(v128.load(x - third), v128.load(x - fourth))));
    x += 16;
  }
}

export function lowest4(x: usize, out: usize, count: i32, b: i32, c: i32, d: i32): void {
  const second = bytes(b);
  const third = bytes(c);
  const fourth = bytes(d);
  for (const end = out + bytes(count); out < end; out += 16) {
    const newer = f64x2.pmin(v128.load(x), v128.load(x - second));
    v128.store(out, f64x2.pmin(newer, f64x2.pmin(v128.load(x - third), v128.load(x - fourth))));
    x += 16;
  }
}

/** Of x[i] and x[i - b]. */
export function highest2(x: usize, out: usize, count: i32, b: i32): void {
  const second = bytes(b);
  for (const end = out + bytes(count); out < end; out += 16) {
    v128.store(out, f64x2.pmax(v128.load(x), v128.load(x - second)));
    x += 16;
  }
}

export function lowest2(x: usize, out: usize, count: i32, b: i32): void {
  const second = bytes(b);
  for (const end = out + bytes(count); out < end; out += 16) {
    v128.store(out, f64x2.pmin(v128.load(x), v128.load(x - second)));
    x += 16;
  }
}
