import { restingValue } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { wma } from './wma';

indicatorContract(wma, {
  'weighs the oldest by 1 and the newest by the window': [
    { window: 3 },
    { close: [3, 6, 9, 3, 6] },
    { wma: [NaN, NaN, 7, 5.5, 5.5] },
  ],
  'of one value is the value': [{ window: 1 }, { close: [3, 6, 9] }, { wma: [3, 6, 9] }],
});

it('is exact in a window of equal values that follows others', () => {
  expect(restingValue(wma, { window: 20 })).toBe(0.1);
});
