import { restingValue } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { linearRegressionSlope } from './linear-regression-slope';

indicatorContract(linearRegressionSlope, {
  'is the slope per bar': [{ window: 3 }, { close: [1, 3, 2, 7] }, { linear_regression_slope: [NaN, NaN, 0.5, 2] }],
  'through two values is their difference': [
    { window: 2 },
    { close: [5, 5, 3] },
    { linear_regression_slope: [NaN, 0, -2] },
  ],
});

it('is exact in a window of equal values that follows others', () => {
  expect(restingValue(linearRegressionSlope, { window: 20 })).toBe(0);
});
