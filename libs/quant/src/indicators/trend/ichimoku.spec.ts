import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { ichimoku } from './ichimoku';

indicatorContract(ichimoku, {
  // middles of one bar 3, 4, 6, 5; of two 3.5, 5, 5.5; of three 4, 5.5
  'has the spans of `displacement` bars ago': [
    { conversion: 1, base: 2, span: 3, displacement: 1 },
    { high: [4, 5, 8, 6], low: [2, 3, 4, 4], close: [3, 4, 7, 5] },
    {
      conversion: [NaN, NaN, NaN, 5],
      base: [NaN, NaN, NaN, 6],
      span_a: [NaN, NaN, NaN, 5.75],
      span_b: [NaN, NaN, NaN, 5],
      lagging: [NaN, NaN, NaN, -2],
    },
  ],
});

it('is drawn 9, 26, 52 and 26 by default', () => {
  expect(ichimoku.lookback({})).toBe(52 - 1 + 26);
});
