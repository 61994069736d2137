import { normalQuantile } from './normal-distribution';

const STEPS = 300;
const PRECISION = 1e-16;
/** Stands for 0 in a denominator of the continued fraction. */
const TINY = 1e-300;

/** Gamma(n / 2 + 1/2) / Gamma(n / 2) for a whole n, by its recursion over n - 2. */
function gammaRatio(n: number): number {
  let ratio = n % 2 === 1 ? 1 / Math.sqrt(Math.PI) : Math.sqrt(Math.PI) / 2;
  for (let from = n % 2 === 1 ? 1 : 2; from < n; from += 2) ratio *= (from + 1) / from;
  return ratio;
}

/** The continued fraction of the incomplete beta function by Lentz's method (Press et al., Numerical Recipes, 6.4). */
function betaFraction(x: number, a: number, b: number): number {
  const kept = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return fraction;
}

/** P(T >= t) of Student's distribution, t >= 0, with a whole number of degrees of freedom: precise far in the tail too. */
export function studentTail(t: number, degrees: number): number {
  const a = degrees / 2;
  const x = degrees / (degrees + t * t);
  const rest = (t * t) / (degrees + t * t);
  // x^a (1 - x)^(1/2) / B(a, 1/2), with log1p since x may be next to 1
  const front =
    (Math.exp(-a * Math.log1p((t * t) / degrees)) * Math.sqrt(rest) * gammaRatio(degrees)) / Math.sqrt(Math.PI);
  return x < (a + 1) / (a + 2.5)
    ? (front * betaFraction(x, a, 0.5)) / a / 2
    : (1 - (front * betaFraction(rest, 0.5, a)) / 0.5) / 2;
}

/** The normal quantile of the probability that Student's distribution has below t: Phi^-1(F(t)), by the tail beyond t. */
export function studentToNormal(t: number, degrees: number): number {
  if (t === 0 || t !== t) return t;
  const size = -normalQuantile(studentTail(Math.abs(t), degrees));
  return t < 0 ? -size : size;
}
