import { createRng } from '@assay/quant';

/** A walk in steps of `tick`, with flat stretches, one missing value and one that is a billion times larger. */
export function roughSeries(seed: number, n = 400, tick = 0.5): Float64Array {
  const rng = createRng(seed);
  let level = 100;
  return Float64Array.from({ length: n }, (_, i) => {
    if (i % 60 < 40) level += tick * rng.int(5) - 2 * tick;
    return i === 150 ? NaN : i === 210 ? 1e9 * level : level;
  });
}

/** The values of the last `window` places at each place; null while there are fewer, or one of them is missing. */
export function windowsOf(x: Float64Array, window: number): (number[] | null)[] {
  return Array.from(x, (_, i) => {
    const values = Array.from(x.subarray(Math.max(i + 1 - window, 0), i + 1));
    return values.length === window && values.every(Number.isFinite) ? values : null;
  });
}
