/** Plain definitions over number arrays: slow, without state, without the tricks of the code they are held against. */
export const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);
export const mean = (x: readonly number[]): number => sum(x) / x.length;
export const variance = (x: readonly number[], ddof: number): number => {
  const centre = mean(x);
  return sum(x.map((v) => (v - centre) ** 2)) / (x.length - ddof);
};
export const isConstant = (x: readonly number[]): boolean => x.every((v) => v === x[0]);
export const std = (x: readonly number[], ddof: number): number => (isConstant(x) ? 0 : Math.sqrt(variance(x, ddof)));

/** -1, 0 or 1 as a is below, equal to or above b; equal but for rounding is equal. @param u size below which all is rounding. */
export const order = (a: number, b: number, u: number): number =>
  Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b), u) ? 0 : Math.sign(a - b);

/** The last `n` values up to and including index i; empty when there are fewer. */
export const last = (x: readonly number[], i: number, n: number): number[] =>
  i + 1 < n ? [] : x.slice(i + 1 - n, i + 1);
export const changes = (x: readonly number[]): number[] => x.map((v, i) => (i === 0 ? NaN : v - x[i - 1]));
export const returnsOf = (x: readonly number[]): number[] => x.map((v, i) => (i === 0 ? NaN : v / x[i - 1] - 1));

/** Quantile of type 7 (Hyndman and Fan). */
export function quantile(x: readonly number[], q: number): number {
  const sorted = [...x].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  return low === high ? low : low * (1 - (at % 1)) + high * (at % 1);
}

/**
 * Exponential mean in closed form: the mean of the `seed` values from `first` on, weighted (1 - alpha)^k, and every value
 * after them by alpha (1 - alpha)^age. NaN before it has its seed.
 */
export function exponentialMean(x: readonly number[], first: number, seed: number, alpha: number): number[] {
  const start = first + seed - 1;
  return x.map((_, i) => {
    if (i < start) return NaN;
    let value = mean(x.slice(first, start + 1)) * (1 - alpha) ** (i - start);
    for (let k = start + 1; k <= i; k++) value += alpha * (1 - alpha) ** (i - k) * x[k];
    return value;
  });
}

/** 100 up / (up + down); NaN when nothing moved. */
export const strength = (up: number, down: number): number => (up + down === 0 ? NaN : (100 * up) / (up + down));

/** Natural logarithm of the gamma function (Lanczos, g = 7). */
export function logGamma(z: number): number {
  const c = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const x = z - 1;
  const t = x + 7.5;
  const series = c.reduce((a, v, k) => (k === 0 ? v : a + v / (x + k)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(series);
}
