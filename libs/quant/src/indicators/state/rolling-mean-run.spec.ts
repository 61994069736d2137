import { createRng } from '../../random';
import { compiledRollingMean } from './compiled-rolling-mean';
import { rollingMeanSize, rollingMeanStep } from './rolling-mean';
import { rollingMeanRun } from './rolling-mean-run';

const BARS = 9000;

/** A seeded walk; `tick` rounds it so that equal neighbours happen, and one stretch longer than any window is flat. */
function walk(seed: number, tick: number): Float64Array {
  const rng = createRng(seed);
  const x = new Float64Array(BARS);
  let price = 100;
  for (let i = 0; i < BARS; i++) {
    if (tick === 0 || i < 3000 || i > 5600) price *= 1 + 0.02 * rng.normal();
    if (i % 997 === 0) price = 100;
    x[i] = tick > 0 ? Math.round(price / tick) * tick : price;
  }
  return x;
}

const streamed = (x: Float64Array, window: number): Float64Array => {
  const state = new Float64Array(rollingMeanSize(window));
  return x.map((value) => rollingMeanStep(state, 0, window, value));
};

/** Index of the first value that has other bits from `lookback` on, -1 if there is none. */
const firstDifference = (a: Float64Array, b: Float64Array, lookback: number): number =>
  a.findIndex((value, i) => i >= lookback && !Object.is(value, b[i]));

it('has a compiled kernel on this runtime', () => {
  expect(compiledRollingMean()).not.toBeNull();
});

it.each([1, 2, 3, 4, 7, 19, 20, 21, 255, 256, 1023, 2047, 2048, 2049, 4200])(
  'gives the bits of the stream for window %p, compiled and plain, from any bar',
  (window) => {
    for (const [seed, tick] of [
      [1, 0],
      [2, 0.5],
      [3, 25],
    ]) {
      const x = walk(seed, tick);
      const expected = streamed(x, window);
      for (const kernel of [compiledRollingMean(), null]) {
        const out = new Float64Array(BARS);
        const sum = rollingMeanRun(x, 0, BARS, window, out, kernel);
        expect(firstDifference(out, expected, window - 1)).toBe(-1);
        expect(sum / x.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        const from = 37;
        const later = new Float64Array(BARS);
        rollingMeanRun(x, from, BARS - 5, window, later, kernel);
        const expectedLater = streamed(x.slice(from, BARS - 5), window);
        expect(firstDifference(later.slice(from, BARS - 5), expectedLater, window - 1)).toBe(-1);
        expect(later.subarray(BARS - 5).every((value) => value === 0)).toBe(true);
      }
    }
  },
);

it.each([NaN, Infinity, -Infinity])('returns no finite sum when one value of the run is %p', (missing) => {
  for (const at of [0, 5, 4500, BARS - 1]) {
    const x = walk(4, 0);
    x[at] = missing;
    for (const kernel of [compiledRollingMean(), null])
      expect(Number.isFinite(rollingMeanRun(x, 0, BARS, 20, new Float64Array(BARS), kernel))).toBe(false);
  }
});
