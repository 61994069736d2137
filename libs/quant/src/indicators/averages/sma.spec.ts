import { afterOutlier, restingValue } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { sma } from './sma';

indicatorContract(sma, {
  'is the mean of the last values': [{ window: 3 }, { close: [3, 6, 9, 3, 0] }, { sma: [NaN, NaN, 6, 6, 4] }],
  'of one value is the value': [{ window: 1 }, { close: [3, 6, 9] }, { sma: [3, 6, 9] }],
});

it('is exact in a window of equal values that follows others', () => {
  expect(restingValue(sma, { window: 20 })).toBe(0.1);
});

it('keeps its accuracy after a value a billion times larger has gone', () => {
  const values = afterOutlier(sma, { window: 10 });
  values.with.forEach((value, i) => expect(value).toBeCloseTo(values.without[i], 9));
});
