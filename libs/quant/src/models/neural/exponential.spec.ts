import { createRng } from '../../random';
import { exponential, portableSigmoid, portableTanh } from './exponential';

const rng = createRng('exponential');
const sample = (size: number): number[] => Array.from({ length: 20_000 }, () => size * (2 * rng.next() - 1));
/** The largest difference, in units of the value's last place. */
const worst = (xs: readonly number[], found: (x: number) => number, wanted: (x: number) => number): number =>
  Math.max(...xs.map((x) => Math.abs(found(x) - wanted(x)) / (2 ** -52 * Math.abs(wanted(x)))));

describe('the exponential', () => {
  it('is that of the engine to its last places, over the whole range', () => {
    for (const size of [1, 30, 700]) expect(worst(sample(size), exponential, Math.exp)).toBeLessThan(2);
    expect([exponential(0), exponential(-1)]).toEqual([1, 0.36787944117144233]);
  });

  it('ends where numbers end', () => {
    expect([exponential(709.7827), exponential(710), exponential(-746), exponential(-Infinity)]).toEqual([
      Math.exp(709.7827),
      Infinity,
      0,
      0,
    ]);
    expect(exponential(Infinity)).toBe(Infinity);
    expect(exponential(NaN)).toBeNaN();
    for (const x of [-708, -709.5, -720, -740, -745]) {
      expect(Math.abs(exponential(x) - Math.exp(x))).toBeLessThanOrEqual(2 * Math.max(2 ** -1074, 2e-16 * Math.exp(x)));
    }
  });
});

describe('sigmoid and hyperbolic tangent', () => {
  it('are those of the engine to their last places', () => {
    for (const size of [0.01, 1, 10, 40]) {
      const xs = sample(size);
      expect(worst(xs, portableTanh, Math.tanh)).toBeLessThan(4);
      expect(worst(xs, portableSigmoid, (x) => 1 / (1 + Math.exp(-x)))).toBeLessThan(4);
    }
  });

  it('have their limits and symmetry', () => {
    expect([portableTanh(50), portableTanh(-50), portableSigmoid(800), portableSigmoid(-800)]).toEqual([1, -1, 1, 0]);
    expect([portableTanh(0), portableSigmoid(0)]).toEqual([0, 0.5]);
    for (const x of sample(5)) expect(portableTanh(-x)).toBe(-portableTanh(x));
    expect([portableTanh(NaN), portableSigmoid(NaN)]).toEqual([NaN, NaN]);
  });
});
