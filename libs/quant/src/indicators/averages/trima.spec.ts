import { restingValue } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { trima } from './trima';

indicatorContract(trima, {
  'weighs an even window 1 2 2 1': [{ window: 4 }, { close: [6, 12, 0, 6, 18] }, { trima: [NaN, NaN, NaN, 6, 7] }],
  'weighs an odd window 1 2 3 2 1': [
    { window: 5 },
    { close: [9, 0, 9, 0, 9, 18] },
    { trima: [NaN, NaN, NaN, NaN, 5, 6] },
  ],
});

it('is exact in a window of equal values that follows others', () => {
  expect(restingValue(trima, { window: 20 })).toBe(0.1);
});
