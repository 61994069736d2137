// The inner loop of indicators/state/rolling-mean-run.ts: the same sums in the same order, two at a time.

// @ts-ignore: decorator
@inline
function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 3);
}

/**
 * Means of the bars [0, count), whole blocks of `window` >= 2 values, to out[0 .. count); x[1 - window .. 0) lie before
 * them and out[count .. count + window - 1) is overwritten. Returns the sum of x[0 .. count).
 */
export function rollingMeans(x: usize, count: i32, window: i32, out: usize): f64 {
  const divisor = <f64>window;
  const divisors = f64x2.splat(divisor);
  const inner = window - 1;
  const odd = (inner & 1) != 0;
  let total: f64 = 0;
  let suffix: f64 = 0;
  for (let j = -1; j > -window; j--) {
    suffix += load<f64>(at(x, j));
    store<f64>(at(out, j + inner), suffix);
  }
  for (let start = 0; start < count; start += window) {
    const end = at(x, start + inner);
    let front = at(x, start);
    let place = at(out, start);
    let back = end;
    let beyond = at(out, start + inner + inner);
    let prefix: f64 = 0;
    suffix = 0;
    // the single one first in front and last behind, so that pairs are read as they were written: else each read waits
    if (odd) {
      prefix = load<f64>(front);
      store<f64>(place, (load<f64>(place) + prefix) / divisor);
      front += 8;
      place += 8;
    }
    while (front < end) {
      const first = prefix + load<f64>(front);
      prefix = first + load<f64>(front, 8);
      const sums = f64x2.replace_lane(f64x2.splat(first), 1, prefix);
      v128.store(place, f64x2.div(f64x2.add(v128.load(place), sums), divisors));
      const last = suffix + load<f64>(back);
      suffix = last + load<f64>(back - 8);
      v128.store(beyond - 8, f64x2.replace_lane(f64x2.splat(suffix), 1, last));
      front += 16;
      place += 16;
      back -= 16;
      beyond -= 16;
    }
    if (odd) store<f64>(beyond, suffix + load<f64>(back));
    prefix += load<f64>(end);
    store<f64>(at(out, start + inner), prefix / divisor);
    total += prefix;
  }
  return total;
}
