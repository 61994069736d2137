// rolling-mean.ts over one tile: the same sums in the same order. Bar i of the tile goes to out + 8 (i - from).

// @ts-ignore: decorator
@inline
function value(x: usize, i: i32): f64 {
  return load<f64>(x + ((<usize>i) << 3));
}

/** Means of bars [from, to) of a series that begins at bar 0; `x` is where bar 0 would lie. */
export function meansSpan(x: usize, from: i32, to: i32, window: i32, out: usize, shift: i32): void {
  const base = out + ((<usize>shift) << 3);
  for (let start = from - (from % window); start < to; start += window) {
    writeBlock(x, start, max(start, from), min(start + window, to), window, base);
  }
  repairConstant(x, from, to, window, base);
}

/** Means of the bars [from, to) of the block that begins at `start`. */
function writeBlock(x: usize, start: i32, from: i32, to: i32, window: i32, out: usize): void {
  const end = start + window - 1;
  let suffix: f64 = 0;
  let j = start - 1;
  for (const cut = to - window; j > cut; j--) suffix += value(x, j);
  for (const cut = from - window; j > cut; j--) {
    suffix += value(x, j);
    store<f64>(out + ((<usize>(j + window - 1)) << 3), suffix);
  }
  let prefix: f64 = 0;
  for (let k = start; k < from; k++) prefix += value(x, k);
  const divisor = <f64>window;
  const divisors = f64x2.splat(divisor);
  let i = from;
  const inner = min(to, end);
  for (; i + 1 < inner; i += 2) {
    const first = prefix + value(x, i);
    prefix = first + value(x, i + 1);
    const at = out + ((<usize>i) << 3);
    const sums = f64x2.replace_lane(f64x2.splat(first), 1, prefix);
    v128.store(at, f64x2.div(f64x2.add(v128.load(at), sums), divisors));
  }
  for (; i < to; i++) {
    prefix += value(x, i);
    const at = out + ((<usize>i) << 3);
    store<f64>(at, (i == end ? prefix : load<f64>(at) + prefix) / divisor);
  }
}

function repairConstant(x: usize, from: i32, to: i32, window: i32, out: usize): void {
  if (window == 1) {
    for (let i = from; i < to; i++) store<f64>(out + ((<usize>i) << 3), value(x, i));
    return;
  }
  const stride = window - 1;
  for (let pair = from - stride - ((from - stride) % stride); pair + 1 < to; pair += stride) {
    if (pair < 0 || value(x, pair) != value(x, pair + 1)) continue;
    const equal = value(x, pair);
    let first = pair;
    while (first > 0 && first > from - window && value(x, first - 1) == equal) first--;
    let last = pair + 1;
    while (last + 1 < to && value(x, last + 1) == equal) last++;
    for (let i = max(from, first + stride); i <= last; i++) store<f64>(out + ((<usize>i) << 3), value(x, i));
  }
}
