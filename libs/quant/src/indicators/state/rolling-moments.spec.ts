import { mean, variance } from '../../../../testing/src/quant/naive-statistics';
import { roughSeries, windowsOf } from '../../../../testing/src/quant/rolling-series';
import { M2, MEAN, rollingMomentsRun, rollingMomentsSize, rollingMomentsStep } from './rolling-moments';

it.each([2, 3, 7, 20])('has mean and squared deviations of every full window of %d, exactly 0 at rest', (window) => {
  for (const seed of [1, 2]) {
    const x = roughSeries(seed);
    const state = new Float64Array(rollingMomentsSize(window));
    windowsOf(x, window).forEach((values, i) => {
      expect(rollingMomentsStep(state, 0, window, x[i])).toBe(values !== null);
      if (values === null) return;
      if (values.every((one) => one === values[0])) {
        expect([state[MEAN], state[M2]]).toEqual([values[0], 0]);
        return;
      }
      const squares = window * variance(values, 0);
      expect(Math.abs(state[MEAN] - mean(values))).toBeLessThan(1e-9 * mean(values));
      expect(Math.abs(state[M2] - squares)).toBeLessThan(1e-6 * squares);
    });
  }
});

it('does not drift over a long series at a high level', () => {
  const window = 20;
  const x = roughSeries(5, 20_000, 0.25).map((value, i) =>
    Number.isFinite(value) && value < 1e8 ? value + 1e6 : 1e6 + (i % 3),
  );
  const state = new Float64Array(rollingMomentsSize(window));
  x.forEach((value) => rollingMomentsStep(state, 0, window, value));
  const last = Array.from(x.subarray(x.length - window));
  expect(state[M2] / (window * variance(last, 0))).toBeCloseTo(1, 6);
});

it.each([
  [2, 151],
  [5, 151],
  [20, 151],
  // from equal values on, whose sum is rounded
  [5, 161],
  [7, 161],
])('has the bits of the steps over a run, for window %d from bar %d', (window, from) => {
  const x = roughSeries(4, 400, 0.1).slice(from);
  const [means, m2s] = [new Float64Array(x.length), new Float64Array(x.length)];
  rollingMomentsRun(x, 0, x.length, window, means, m2s);
  const state = new Float64Array(rollingMomentsSize(window));
  x.forEach((value, i) => {
    if (rollingMomentsStep(state, 0, window, value)) expect([i, means[i], m2s[i]]).toEqual([i, state[MEAN], state[M2]]);
  });
});
