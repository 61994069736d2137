import { restingValue } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { t3 } from './t3';

indicatorContract(t3, {
  // an average of two values runs half a bar behind a line, so three of them e3 = x - 1.5, and so on to e6 = x - 3
  'of a line with factor 1 is the line, with factor 0 the third average': [
    { window: 2, volume_factor: 0 },
    { close: [1, 2, 3, 4, 5, 6, 7, 8] },
    { t3: [NaN, NaN, NaN, NaN, NaN, NaN, 5.5, 6.5] },
  ],
  // e3 + 3v/2 on a line
  'takes back the lag in proportion to the factor': [
    { window: 2, volume_factor: 0.5 },
    { close: [1, 2, 3, 4, 5, 6, 7, 8] },
    { t3: [NaN, NaN, NaN, NaN, NaN, NaN, 6.25, 7.25] },
  ],
});

it('is exact where the price rests', () => {
  expect(restingValue(t3, { window: 2, volume_factor: 0.7 })).toBeCloseTo(0.1, 12);
});
