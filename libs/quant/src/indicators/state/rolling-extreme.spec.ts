import { roughSeries, windowsOf } from '../../../../testing/src/quant/rolling-series';
import { barsSinceExtreme, rollingExtremeSize, rollingMaximumStep, rollingMinimumStep } from './rolling-extreme';

it.each([1, 2, 3, 7, 20])('is the extreme of every full window of %d, and the newest place of it', (window) => {
  for (const seed of [1, 2]) {
    const x = roughSeries(seed);
    const [top, bottom] = [new Float64Array(rollingExtremeSize(window)), new Float64Array(rollingExtremeSize(window))];
    windowsOf(x, window).forEach((values, i) => {
      const found = [rollingMaximumStep(top, 0, window, x[i]), rollingMinimumStep(bottom, 0, window, x[i])];
      if (values === null) {
        expect(found).toEqual([NaN, NaN]);
        return;
      }
      const extremes = [Math.max(...values), Math.min(...values)];
      expect(found).toEqual(extremes);
      const since = extremes.map((extreme) => window - 1 - values.lastIndexOf(extreme));
      expect([barsSinceExtreme(top, 0), barsSinceExtreme(bottom, 0)]).toEqual(since);
    });
  }
});
