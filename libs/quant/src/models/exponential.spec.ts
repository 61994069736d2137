import { createRng } from '../random';
import { exponential, portableTanh } from './exponential';
import { sigmoid } from './sigmoid';

const rng = createRng('exponential');
const sample = (size: number, count = 20_000): number[] =>
  Array.from({ length: count }, () => size * (2 * rng.next() - 1));
/** The largest difference, in units of the value's last place. */
const worst = (xs: readonly number[], found: (x: number) => number, wanted: (x: number) => number): number =>
  Math.max(...xs.map((x) => Math.abs(found(x) - wanted(x)) / (2 ** -52 * Math.abs(wanted(x)))));

/** Bits behind the point of the exact sums. */
const BITS = 1200n;
/** A normal number in units of 2^-BITS, and that of its last place. */
function exact(x: number): { readonly value: bigint; readonly ulp: bigint } {
  const [bits] = new BigUint64Array(Float64Array.of(x).buffer);
  const place = ((bits! >> 52n) & 0x7ffn) - 1075n + BITS;
  const size = (((1n << 52n) | (bits! & ((1n << 52n) - 1n))) << BITS) >> (BITS - place);
  return { value: x < 0 ? -size : size, ulp: 1n << place };
}

/** e^x in units of 2^-BITS: the series of x / 4096, squared twelve times. */
function exactExponential(x: number): bigint {
  const part = exact(x).value >> 12n;
  let [sum, term] = [1n << BITS, 1n << BITS];
  for (let i = 1n; term !== 0n && term !== -1n; i++) sum += term = ((term * part) / i) >> BITS;
  for (let i = 0; i < 12; i++) sum = (sum * sum) >> BITS;
  return sum;
}

/** How far it is from the exact value, in thousandths of its last place. */
function errorOf(x: number): number {
  const { value, ulp } = exact(exponential(x));
  return Math.abs(Number(((value - exactExponential(x)) * 1000n) / ulp));
}

describe('the exponential', () => {
  it('is within one unit of the last place of the exact value', () => {
    for (const size of [1e-6, 0.4, 1.1, 40, 650])
      for (const x of sample(size, 200)) expect(errorOf(x)).toBeLessThan(1000);
  });

  it('is so where the power of two changes', () => {
    for (let k = -900; k <= 900; k += 20)
      for (const near of [0.5 - 1e-12, 0.5, 0.5 + 1e-12]) expect(errorOf((k + near) * Math.LN2)).toBeLessThan(1000);
  });

  it('has values that are known to the last place', () => {
    expect([0, -0, -1, 2, 10, -40, 2 ** -30, -(2 ** -53)].map(exponential)).toEqual([
      ...[1, 1, 0.36787944117144233, 7.38905609893065, 22026.465794806718, 4.248354255291589e-18],
      ...[1 + 2 ** -30, 1 - 2 ** -53],
    ]);
  });

  it('ends where numbers end', () => {
    expect([709.7827, 710, Infinity, -746, -Infinity].map(exponential)).toEqual([
      1.7976699566638014e308,
      Infinity,
      Infinity,
      0,
      0,
    ]);
    expect(exponential(NaN)).toBeNaN();
    // of the last ones there are only multiples of 2^-1074
    expect([-745, -744, -740, -720].map((x) => exponential(x) / 2 ** -1074)).toEqual([1, 2, 85, 41132809365]);
  });
});

describe('sigmoid and hyperbolic tangent', () => {
  it('are those of the engine to their last places', () => {
    for (const size of [0.01, 1, 10, 40]) {
      const xs = sample(size);
      expect(worst(xs, portableTanh, Math.tanh)).toBeLessThan(4);
      expect(worst(xs, sigmoid, (x) => 1 / (1 + Math.exp(-x)))).toBeLessThan(4);
    }
  });

  it('have their limits and symmetry', () => {
    expect([portableTanh(50), portableTanh(-50), sigmoid(800), sigmoid(-800)]).toEqual([1, -1, 1, 0]);
    expect([portableTanh(0), sigmoid(0)]).toEqual([0, 0.5]);
    for (const x of sample(5)) expect(portableTanh(-x)).toBe(-portableTanh(x));
    expect([portableTanh(NaN), sigmoid(NaN)]).toEqual([NaN, NaN]);
  });
});
