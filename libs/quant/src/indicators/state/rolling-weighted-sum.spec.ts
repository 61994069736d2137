import { sum } from '../../../../testing/src/quant/naive-statistics';
import { roughSeries, windowsOf } from '../../../../testing/src/quant/rolling-series';
import { rollingWeightedSumSize, rollingWeightedSumStep, RUN, SUM, WEIGHTED } from './rolling-weighted-sum';

it.each([1, 2, 3, 7, 20])('has the sum and the weighted sum of every full window of %d', (window) => {
  const x = roughSeries(1);
  const state = new Float64Array(rollingWeightedSumSize(window));
  let equal = 0;
  windowsOf(x, window).forEach((values, i) => {
    expect(rollingWeightedSumStep(state, 0, window, x[i])).toBe(values !== null);
    equal = !Number.isFinite(x[i]) ? 0 : i > 0 && x[i] === x[i - 1] ? equal + 1 : 1;
    expect(state[RUN]).toBe(equal);
    if (values === null) return;
    const weighted = sum(values.map((value, k) => (k + 1) * value));
    expect(Math.abs(state[SUM] - sum(values))).toBeLessThan(1e-12 * sum(values));
    expect(Math.abs(state[WEIGHTED] - weighted)).toBeLessThan(1e-12 * weighted);
  });
});
