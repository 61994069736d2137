import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { momentum, roc } from './momentum';

indicatorContract(momentum, {
  'is the difference to the value so many bars ago': [
    { window: 2 },
    { close: [1, 4, 9, 16] },
    { momentum: [NaN, NaN, 8, 12] },
  ],
  'over one bar is the change': [{ window: 1 }, { close: [5, 5, 3] }, { momentum: [NaN, 0, -2] }],
});

indicatorContract(roc, {
  'is the change in percent, undefined from 0': [
    { window: 1 },
    { close: [2, 3, 0, 5, 5] },
    { roc: [NaN, 50, -100, NaN, 0] },
  ],
  'looks back as far as it is told': [{ window: 2 }, { close: [4, 1, 5] }, { roc: [NaN, NaN, 25] }],
});
