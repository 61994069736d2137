import { valuesOf } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { getRsi } from './get-rsi';

indicatorContract(getRsi, {
  'has the golden vector of the Strategy JSON': [
    { window: 3 },
    { value: [100, 102, 101, 105, 107, 103, 99, 98, 104, 110, 108, 112] },
    {
      get_rsi: [
        NaN,
        NaN,
        NaN,
        85.7142857143,
        85.7142857143,
        60,
        20,
        0,
        54.5454545455,
        92.3076923077,
        85.7142857143,
        83.3333333333,
      ],
    },
  ],
  'is nothing at rest': [{ window: 1 }, { value: [0.1, 0.1, 0.2] }, { get_rsi: [NaN, NaN, 100] }],
});

it('is exactly 100 all up and exactly 0 all down', () => {
  const up = Array.from({ length: 9 }, (_, i) => 100.1 + i * 0.3);
  const values = (value: number[]): number[] => valuesOf(getRsi, { window: 3 }, { value }).get_rsi.slice(3);
  expect(values(up)).toEqual(Array(6).fill(100));
  expect(values(up.reverse())).toEqual(Array(6).fill(0));
});
