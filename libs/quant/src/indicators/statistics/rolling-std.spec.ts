import { afterOutlier, restingValue } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { rollingStd, rollingVariance } from './rolling-std';

indicatorContract(rollingStd, {
  'is the sample deviation, 0 at rest': [
    { window: 3 },
    { close: [1, 3, 5, 5, 5] },
    { rolling_std: [NaN, NaN, 2, Math.sqrt(4 / 3), 0] },
  ],
  'divides by the window when ddof is 0': [{ window: 2, ddof: 0 }, { close: [1, 3, 7] }, { rolling_std: [NaN, 1, 2] }],
});

it('is exact in a window of equal values that follows others', () => {
  expect(restingValue(rollingStd, { window: 20 })).toBe(0);
});

it('keeps its accuracy after a value a billion times larger has gone', () => {
  const values = afterOutlier(rollingStd, { window: 10 });
  values.with.forEach((value, i) => expect(value).toBeCloseTo(values.without[i], 9));
});

indicatorContract(rollingVariance, {
  'is the sample variance, 0 at rest': [
    { window: 3 },
    { close: [1, 3, 5, 5, 5] },
    { rolling_variance: [NaN, NaN, 4, 4 / 3, 0] },
  ],
  'divides by the window when ddof is 0': [
    { window: 2, ddof: 0 },
    { close: [1, 3, 7] },
    { rolling_variance: [NaN, 1, 4] },
  ],
});
