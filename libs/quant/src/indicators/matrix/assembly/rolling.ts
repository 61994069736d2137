// Means, moments and weighted sums of windows, over the states of ../rolling.ts and ../weighted.ts: full ones, of windows of at least 2.
// The window before x[0] must be readable.
import { at, bytes } from './lanes';

// places in the state of a mean, in bytes
const POSITION: usize = 0;
const RUN: usize = 16;
const LAST: usize = 24;
const PREFIX: usize = 32;
const MEAN_BLOCK: usize = 40;

/** How many values in a row that end at x[i] are equal, at most `most`. */
function equalUpTo(x: usize, i: i32, most: i32): i32 {
  const value = at(x, i);
  let run = 1;
  while (run < most && at(x, i - run) === value) run++;
  return run;
}

/** True when a window of equal values or more lie around bar i, as far as `count` bars are known. */
function restsAround(x: usize, i: i32, count: i32, window: i32): bool {
  const value = at(x, i);
  let last = i;
  while (last + 1 < count && last < i + window && at(x, last + 1) === value) last++;
  return last - i + equalUpTo(x, i, window) >= window;
}

/** True when a window of equal values may lie around the pair that ends at bar i. */
function restsAt(x: usize, i: i32, count: i32, window: i32): bool {
  return at(x, i) === at(x, i - 1) && restsAround(x, i, count, window);
}

/** Sums of whole blocks of three from bar i on, as stochastics take them: returns the bar where it leaves off. */
function sumsOf3(block: usize, x: usize, out: usize, i: i32, count: i32): i32 {
  let two = at(block, 1);
  let one = at(block, 2);
  let p = at(x, i - 2);
  let q = at(x, i - 1);
  for (; i + 3 <= count; i += 3) {
    const source = x + bytes(i);
    const a = load<f64>(source);
    const b = load<f64>(source, 8);
    const c = load<f64>(source, 16);
    if (a === b ? q === a || b === c : p === q && q === a) break;
    const first = 0 + a;
    const second = first + b;
    const third = second + c;
    if (third - third !== 0) break;
    const target = out + bytes(i);
    store<f64>(target, two + first);
    store<f64>(target, one + second, 8);
    store<f64>(target, 0 + third, 16);
    one = 0 + c;
    two = one + b;
    p = b;
    q = c;
  }
  store<f64>(block, two, 8);
  store<f64>(block, one, 16);
  return i;
}

/** Leaves off before a part of a block with a missing value or a window of equal ones: returns the bars done. */
export function rollingMean(s: usize, x: usize, out: usize, count: i32, window: i32): i32 {
  const block = s + MEAN_BLOCK;
  let position = <i32>load<f64>(s, POSITION);
  let prefix = load<f64>(s, PREFIX);
  let i = 0;
  if (restsAt(x, 0, count, window)) count = 0;
  while (i < count) {
    if (window === 3 && position === 0) {
      i = sumsOf3(block, x, out, i, count);
      if (i === count) break;
    }
    const stop = min(window, position + count - i);
    const first = i - position;
    const next = first + stop;
    if (first > 0 && restsAt(x, first, count, window)) break;
    if (stop === window && restsAt(x, next - 1, count, window)) break;
    let total = prefix;
    let source = x + bytes(i);
    let target = out + bytes(i);
    let rest = block + bytes(position + 1);
    for (const end = x + bytes(next); source < end; source += 8) {
      total += load<f64>(source);
      store<f64>(target, load<f64>(rest) + total);
      target += 8;
      rest += 8;
    }
    if (total - total !== 0) break;
    i = next;
    position = stop;
    prefix = total;
    if (stop < window) break;
    let suffix: f64 = 0;
    source = x + bytes(next - 1);
    for (let slot = block + bytes(window - 1); slot > block; slot -= 8) {
      suffix += load<f64>(source);
      store<f64>(slot, suffix);
      source -= 8;
    }
    position = 0;
    prefix = 0;
  }
  const divisor = f64x2.splat(<f64>window);
  for (let target = out, end = out + bytes(i); target < end; target += 16)
    v128.store(target, f64x2.div(v128.load(target), divisor));
  store<f64>(s, <f64>position, POSITION);
  store<f64>(s, prefix, PREFIX);
  memory.copy(block, x + bytes(i - position), bytes(position));
  store<f64>(s, <f64>equalUpTo(x, i - 1, window), RUN);
  store<f64>(s, at(x, i - 1), LAST);
  return i;
}

/** `REBUILD_WINDOWS` and `SHRINK` of indicators/state/rolling-moments.ts. */
const REBUILD_WINDOWS: i32 = 8;
const SHRINK: f64 = 1e6;
// places in the state of moments, in bytes
const HEAD: usize = 8;
const MEAN: usize = 32;
const M2: usize = 40;
const PEAK: usize = 48;
const AGE: usize = 56;
const RING: usize = 64;

/** True when one of the windows that end in the bars [from, to) rests: it has a pair whose end is one of these. */
function restsWithin(x: usize, from: i32, to: i32, count: i32, window: i32): bool {
  for (let i = from; i < to; i += window - 1) if (restsAt(x, i, count, window)) return true;
  return false;
}

/** Means of the bars [from, to) that follow on `mean`, and what each bar adds to the squared deviations. */
function movesOf(x: usize, means: usize, m2s: usize, from: i32, to: i32, window: i32, mean: f64): void {
  const span = bytes(window);
  const share = 1 / <f64>window;
  let before = mean;
  for (let place = bytes(from), end = bytes(to); place < end; place += 8) {
    before += (load<f64>(x + place) - load<f64>(x + place - span)) * share;
    store<f64>(means + place, before);
  }
  const first = bytes(from);
  const value = load<f64>(x + first);
  const old = load<f64>(x + first - span);
  store<f64>(m2s + first, (value - old) * (value - load<f64>(means + first) + (old - mean)));
  // one bar more where their number is even
  for (let place = first + 8, end = bytes(to); place < end; place += 16) {
    const values = v128.load(x + place);
    const olds = v128.load(x + place - span);
    const nexts = v128.load(means + place);
    const befores = v128.load(means + place - 8);
    const around = f64x2.add(f64x2.sub(values, nexts), f64x2.sub(olds, befores));
    v128.store(m2s + place, f64x2.mul(f64x2.sub(values, olds), around));
  }
}

/** Leaves off before a missing value: returns the bars done. */
export function rollingMoments(s: usize, x: usize, means: usize, m2s: usize, count: i32, window: i32): i32 {
  const share = 1 / <f64>window;
  const span = bytes(window);
  let run = <i32>load<f64>(s, RUN);
  let last = load<f64>(s, LAST);
  let mean = load<f64>(s, MEAN);
  let m2 = load<f64>(s, M2);
  let peak = load<f64>(s, PEAK);
  let age = <i32>load<f64>(s, AGE);
  let i = 0;
  while (i < count) {
    const end = min(count, i + REBUILD_WINDOWS * window - 1 - age);
    const begin = i;
    if (!restsWithin(x, i, end, count, window)) {
      movesOf(x, means, m2s, i, end, window, mean);
      for (; i < end; i++) {
        const moved = m2 + at(m2s, i);
        // also where a value is missing
        if (!(moved * SHRINK >= peak)) break;
        m2 = moved;
        peak = select(m2, peak, m2 > peak);
        store<f64>(m2s + bytes(i), m2);
      }
      if (i > begin) {
        mean = at(means, i - 1);
        last = at(x, i - 1);
        run = equalUpTo(x, i - 1, window);
      }
    }
    for (; i < end; i++) {
      const place = bytes(i);
      const value = load<f64>(x + place);
      const old = load<f64>(x + place - span);
      const delta = value - old;
      const next = mean + delta * share;
      const moved = m2 + delta * (value - next + (old - mean));
      if (!(moved * SHRINK >= peak) || value - value !== 0) break;
      mean = next;
      m2 = moved;
      peak = select(m2, peak, m2 > peak);
      run = select(run + 1, 1, value === last);
      if (run >= window) {
        mean = value;
        m2 = 0;
      }
      last = value;
      store<f64>(means + place, mean);
      store<f64>(m2s + place, m2);
    }
    age += i - begin;
    if (i === count) break;
    const value = at(x, i);
    if (value - value !== 0) break;
    // one bar by the step itself: whether or not its window is added up anew
    const old = at(x, i - window);
    const delta = value - old;
    const next = mean + delta * share;
    m2 += delta * (value - next + (old - mean));
    mean = next;
    if (m2 > peak) peak = m2;
    age++;
    if (age === REBUILD_WINDOWS * window || m2 * SHRINK < peak) {
      mean = 0;
      for (let k = i - window + 1; k <= i; k++) mean += at(x, k);
      mean /= <f64>window;
      m2 = 0;
      for (let k = i - window + 1; k <= i; k++) m2 += (at(x, k) - mean) * (at(x, k) - mean);
      peak = m2;
      age = 0;
    }
    run = value === last ? run + 1 : 1;
    if (run >= window) {
      mean = value;
      m2 = 0;
    }
    last = value;
    store<f64>(means + bytes(i), mean);
    store<f64>(m2s + bytes(i), m2);
    i++;
  }
  store<f64>(s, 0, HEAD);
  store<f64>(s, <f64>run, RUN);
  store<f64>(s, last, LAST);
  store<f64>(s, mean, MEAN);
  store<f64>(s, m2, M2);
  store<f64>(s, peak, PEAK);
  store<f64>(s, <f64>age, AGE);
  memory.copy(s + RING, x + bytes(i - window), span);
  return i;
}

const WEIGHTED_PREFIX: usize = 40;
const SUMS: usize = 64;

/** Sums, weighted sums and numbers of equal newest values, of bars without gaps. */
export function rollingWeighted(
  s: usize,
  x: usize,
  out: usize,
  weights: usize,
  equals: usize,
  count: i32,
  window: i32,
): void {
  const block = s + SUMS;
  const weightedBlock = block + bytes(window);
  let position = <i32>load<f64>(s, POSITION);
  let run = load<f64>(s, RUN);
  let last = load<f64>(s, LAST);
  let prefix = load<f64>(s, PREFIX);
  let weightedPrefix = load<f64>(s, WEIGHTED_PREFIX);
  let i = 0;
  while (i < count) {
    const stop = min(window, position + count - i);
    const next = i - position + stop;
    for (; i < next; i++) {
      const place = bytes(i);
      const value = load<f64>(x + place);
      run = select<f64>(run + 1, 1, value === last);
      last = value;
      store<f64>(equals + place, run);
      position++;
      prefix += value;
      weightedPrefix += <f64>position * value;
      store<f64>(out + place, at(block, position) + prefix);
      store<f64>(weights + place, at(weightedBlock, position) + (weightedPrefix + <f64>(window - position) * prefix));
    }
    if (stop < window) break;
    let suffix: f64 = 0;
    let weightedSuffix: f64 = 0;
    let source = x + bytes(next - 1);
    for (let j = bytes(window - 1); j > 0; j -= 8) {
      suffix += load<f64>(source);
      weightedSuffix += suffix;
      store<f64>(block + j, suffix);
      store<f64>(weightedBlock + j, weightedSuffix);
      source -= 8;
    }
    position = 0;
    prefix = 0;
    weightedPrefix = 0;
  }
  store<f64>(s, <f64>position, POSITION);
  store<f64>(s, run, RUN);
  store<f64>(s, last, LAST);
  store<f64>(s, prefix, PREFIX);
  store<f64>(s, weightedPrefix, WEIGHTED_PREFIX);
  memory.copy(block, x + bytes(count - position), bytes(position));
}
