import { mean, variance } from '../../../../testing/src/quant/naive-statistics';
import { roughSeries, windowsOf } from '../../../../testing/src/quant/rolling-series';
import { MXX, MXY, MYY, rollingComomentsSize, rollingComomentsStep } from './rolling-comoments';

it.each([2, 3, 7, 20])('has the squared deviations and their products of every full window of %d', (window) => {
  const [x, y] = [roughSeries(1), roughSeries(2).reverse()];
  const state = new Float64Array(rollingComomentsSize(window));
  const ys = windowsOf(y, window);
  windowsOf(x, window).forEach((a, i) => {
    const b = ys[i];
    expect(rollingComomentsStep(state, 0, window, x[i], y[i])).toBe(a !== null && b !== null);
    if (a === null || b === null) return;
    const product = a.reduce((sum, value, k) => sum + (value - mean(a)) * (b[k] - mean(b)), 0);
    const [xx, yy] = [window * variance(a, 0), window * variance(b, 0)];
    if (a.every((one) => one === a[0])) expect([state[MXX], state[MXY]]).toEqual([0, 0]);
    else expect(Math.abs(state[MXX] - xx)).toBeLessThan(1e-6 * xx);
    if (b.every((one) => one === b[0])) expect([state[MYY], state[MXY]]).toEqual([0, 0]);
    else expect(Math.abs(state[MYY] - yy)).toBeLessThan(1e-6 * yy);
    expect(Math.abs(state[MXY] - product)).toBeLessThanOrEqual(1e-6 * Math.sqrt(xx * yy));
  });
});
