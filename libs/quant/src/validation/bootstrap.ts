import { requireThat } from '../errors/invalid-input';
import { mean } from '../metrics';
import { createRng } from '../random';
import { dotProducts, TILE_COLUMNS } from './dot-products';

/** Lags looked at beyond the last significant one, and the significance level's multiple (Politis & White 2004). */
const MIN_QUIET_LAGS = 5;
const SIGNIFICANCE = 2;

/** Lags 0 to `maxLag`, each over n. */
export function autocovariances(values: Float64Array, maxLag: number): Float64Array {
  const n = values.length;
  const centre = mean(values);
  const out = new Float64Array(maxLag + 1);
  for (let k = 0; k <= maxLag; k++) {
    let sum = 0;
    for (let t = k; t < n; t++) sum += (values[t] - centre) * (values[t - k] - centre);
    out[k] = sum / n;
  }
  return out;
}

/** `stationary`: blocks of geometric lengths (Politis & Romano 1994); `circular`: of one length (Politis & Romano 1992). Both wrap around the end. */
export type BlockScheme = 'stationary' | 'circular';

/** The variance of the estimate is lower with blocks of one length, 4/3 g(0)^2 in place of 2 g(0)^2, so that longer ones are the best. */
const CIRCULAR_FACTOR = Math.cbrt(1.5);

/**
 * Block length, of the stationary scheme the mean one, that minimises the error of the variance of the mean: Politis & White
 * (2004) with the correction of Patton, Politis & White (2009), by the trapezoidal flat-top kernel over 2 m lags, m the last lag
 * before five insignificant ones. From 1 to min(3 sqrt(n), n / 3), rounded up.
 * @returns 1 for constant or very short series.
 * @throws InvalidInputError on a value that is not finite.
 */
export function politisWhite(series: Float64Array, scheme: BlockScheme = 'stationary'): number {
  const n = series.length;
  const broken = series.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) requireThat(false, `series[${broken}]`, 'finite', series[broken]);
  if (n < 9 || series.every((value) => value === series[0])) return 1;
  const quiet = Math.max(MIN_QUIET_LAGS, Math.ceil(Math.sqrt(Math.log10(n))));
  const maxLag = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + quiet);
  const covariance = autocovariances(series, maxLag);
  const limit = SIGNIFICANCE * Math.sqrt(Math.log10(n) / n);
  const isQuiet = (lag: number): boolean => Math.abs(covariance[lag] / covariance[0]) < limit;
  // the last lag before a run of insignificant ones; without such a run the last significant lag
  let last = -1;
  let run = 0;
  for (let lag = 1; lag <= maxLag && last < 0; lag++) {
    run = isQuiet(lag) ? run + 1 : 0;
    if (run === quiet) last = lag - quiet;
  }
  for (let lag = maxLag; lag >= 1 && last < 0; lag--) if (!isQuiet(lag)) last = lag;
  const bandwidth = Math.min(2 * Math.max(last, 1), maxLag);
  let weighted = 0;
  let spectrum = covariance[0];
  for (let k = 1; k <= bandwidth; k++) {
    const share = k / bandwidth;
    const taper = share <= 0.5 ? 1 : 2 * (1 - share);
    weighted += 2 * taper * k * covariance[k];
    spectrum += 2 * taper * covariance[k];
  }
  const longest = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const block =
    ((weighted * weighted) / (spectrum * spectrum)) ** (1 / 3) *
    n ** (1 / 3) *
    (scheme === 'circular' ? CIRCULAR_FACTOR : 1);
  return Number.isFinite(block) ? Math.min(longest, Math.max(1, block)) : longest;
}

/** Writes one resample into its argument: the bar at each place. */
export type Resampler = (indices: Int32Array) => void;

/** Resamples one after the other, a pure function of its arguments. @param block of the circular scheme rounded to a whole number */
export function blockResampler(scheme: BlockScheme, seed: number | string, n: number, block: number): Resampler {
  requireThat(Number.isInteger(n) && n >= 1, 'n', 'an integer of at least 1', n);
  requireThat(block >= 1 && block < Infinity, 'block', 'a number of at least 1', block);
  const rng = createRng(seed);
  if (scheme === 'circular') {
    const length = Math.round(block);
    return (indices) => {
      for (let t = 0; t < n; t += length) {
        let at = rng.int(n);
        for (let k = t; k < Math.min(t + length, n); k++) {
          indices[k] = at;
          at = at + 1 === n ? 0 : at + 1;
        }
      }
    };
  }
  const newBlock = 1 / block;
  return (indices) => {
    let at = rng.int(n);
    for (let t = 0; t < n; t++) {
      if (t > 0) at = rng.next() < newBlock ? rng.int(n) : at + 1 === n ? 0 : at + 1;
      indices[t] = at;
    }
  };
}

/**
 * Index matrix of the stationary bootstrap (Politis & Romano 1994): geometric block lengths with mean `block`, wrapping
 * around the end. A pure function of its arguments.
 * @returns row-major draws x n.
 */
export function stationaryBootstrap(seed: number | string, n: number, block: number, draws: number): Int32Array {
  const next = blockResampler('stationary', seed, n, block);
  requireThat(Number.isInteger(draws) && draws >= 1, 'draws', 'an integer of at least 1', draws);
  const indices = new Int32Array(draws * n);
  for (let b = 0; b < draws; b++) next(indices.subarray(b * n, (b + 1) * n));
  return indices;
}

/** Resampled minus actual mean of every series, row-major draws x series; all series use the same indices. */
export function bootstrapMeanErrors(series: readonly Float64Array[], indices: Int32Array, draws: number): Float64Array {
  const n = series[0].length;
  const m = series.length;
  const out = new Float64Array(draws * m);
  const means = series.map(mean);
  const products = dotProducts(series);
  // how often each bar was drawn: the resampled sum is a dot product
  const times = Array.from({ length: TILE_COLUMNS }, () => new Float64Array(n));
  for (let from = 0; from < draws; from += TILE_COLUMNS) {
    const taken = times.slice(0, Math.min(TILE_COLUMNS, draws - from));
    taken.forEach((column, b) => {
      column.fill(0);
      for (let t = (from + b) * n; t < (from + b + 1) * n; t++) column[indices[t]] += 1;
    });
    products.times(taken, out.subarray(from * m, (from + taken.length) * m));
  }
  for (let b = 0; b < draws; b++) for (let i = 0; i < m; i++) out[b * m + i] = out[b * m + i] / n - means[i];
  return out;
}
