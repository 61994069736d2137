import { restingValue } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { linearRegression } from './linear-regression';

indicatorContract(linearRegression, {
  // means 2, 4, slopes 0.5, 2
  'has the ends of the line, its next value and its angle': [
    { window: 3 },
    { close: [1, 3, 2, 7] },
    {
      value: [NaN, NaN, 2.5, 6],
      intercept: [NaN, NaN, 1.5, 2],
      forecast: [NaN, NaN, 3, 8],
      angle: [NaN, NaN, 26.56505117707799, 63.43494882292201],
    },
  ],
  'through two values goes through both': [
    { window: 2 },
    { close: [5, 5, 4] },
    { value: [NaN, 5, 4], intercept: [NaN, 5, 5], forecast: [NaN, 5, 3], angle: [NaN, 0, -45] },
  ],
});

it('is exact in a window of equal values that follows others', () => {
  expect(restingValue(linearRegression, { window: 20 })).toBe(0.1);
});
