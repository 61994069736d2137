import { mean } from '../../../../testing/src/quant/naive-statistics';
import { roughSeries, windowsOf } from '../../../../testing/src/quant/rolling-series';
import { rollingMeanSize, rollingMeanSpan, rollingMeanStep } from './rolling-mean';

it.each([1, 2, 3, 7, 20])('is the mean of every full window of %d, exactly where it holds one value', (window) => {
  for (const seed of [1, 2]) {
    const x = roughSeries(seed);
    const state = new Float64Array(rollingMeanSize(window));
    windowsOf(x, window).forEach((values, i) => {
      const found = rollingMeanStep(state, 0, window, x[i]);
      if (values === null) expect(found).toBeNaN();
      else if (values.every((one) => one === values[0])) expect(found).toBe(values[0]);
      else expect(Math.abs(found - mean(values))).toBeLessThan(1e-12 * mean(values));
    });
  }
});

it('keeps to its own part of the state', () => {
  const state = new Float64Array(3 + rollingMeanSize(2)).fill(9);
  state.fill(0, 3);
  rollingMeanStep(state, 3, 2, 4);
  expect(rollingMeanStep(state, 3, 2, 6)).toBe(5);
  expect([...state.subarray(0, 3)]).toEqual([9, 9, 9]);
});

it.each([1, 2, 5, 20])('has the bits of the steps over any span of a run, for window %d', (window) => {
  const x = roughSeries(3).slice(0, 140);
  const state = new Float64Array(rollingMeanSize(window));
  const steps = x.map((value) => rollingMeanStep(state, 0, window, value));
  for (const [from, to, shift] of [
    [window - 1, 140, 0],
    [window + 12, 77, 0],
    [60, 61, -60],
    [50, 50, 0],
  ]) {
    const out = new Float64Array(140).fill(-1);
    rollingMeanSpan(x, 0, from, to, window, out, shift);
    expect(out.slice(from + shift, to + shift)).toEqual(steps.slice(from, to));
    expect(out.subarray(to + shift).every((value) => value === -1)).toBe(true);
  }
});
