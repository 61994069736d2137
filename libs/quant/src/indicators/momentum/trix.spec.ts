import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { trix } from './trix';

indicatorContract(trix, {
  // the third average runs 1.5 bars behind the line
  'is the change of the third average in percent': [
    { window: 2 },
    { close: [1, 2, 3, 4, 5, 6] },
    { trix: [NaN, NaN, NaN, NaN, 100 / 2.5, 100 / 3.5] },
  ],
  'over one bar is the rate of change, nothing from a base of 0': [
    { window: 1 },
    { close: [4, 5, 0, 3, 3] },
    { trix: [NaN, 25, -100, NaN, 0] },
  ],
});
