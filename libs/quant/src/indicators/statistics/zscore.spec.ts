import { afterOutlier, restingValue } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { zscore } from './zscore';

indicatorContract(zscore, {
  'is the distance from the mean in sample deviations; nothing at rest': [
    { window: 3 },
    { close: [1, 3, 5, 5, 5] },
    { zscore: [NaN, NaN, 1, Math.sqrt(1 / 3), NaN] },
  ],
  'takes the population deviation when ddof is 0': [
    { window: 2, ddof: 0 },
    { close: [1, 3, -1] },
    { zscore: [NaN, 1, -1] },
  ],
});

it('is exact in a window of equal values that follows others', () => {
  expect(restingValue(zscore, { window: 20 })).toBeNaN();
});

it('keeps its accuracy after a value a billion times larger has gone', () => {
  const values = afterOutlier(zscore, { window: 10 });
  values.with.forEach((value, i) => expect(value).toBeCloseTo(values.without[i], 9));
});
