import { closesOverSplits, valuesOf } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { obv } from './obv';

indicatorContract(obv, {
  'adds the volume of a rise and takes that of a fall away': [
    {},
    { close: [5, 6, 6, 4], volume: [10, 3, 7, 2] },
    { obv: [10, 13, 13, 11] },
  ],
  'goes on after a missing close from the one before': [
    {},
    { close: [5, 6, NaN, 4], volume: [10, 3, 7, 2] },
    { obv: [10, 13, NaN, 11] },
  ],
});

it('takes adjusted prices that equal but for the rounding of their factor for no move', () => {
  const pairs = closesOverSplits();
  expect(pairs.filter(([before, after]) => before !== after).length).toBeGreaterThan(20);
  for (const close of pairs) expect(valuesOf(obv, {}, { close, volume: [7, 7] }).obv).toEqual([7, 7]);
});
