import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { ema } from './ema';

indicatorContract(ema, {
  'starts from the mean of its window, then goes the share 2 / (window + 1) of the way': [
    { window: 3 },
    { close: [2, 4, 6, 8, 4] },
    { ema: [NaN, NaN, 4, 6, 5] },
  ],
  'of one value is the value': [{ window: 1 }, { close: [3, 6, 9] }, { ema: [3, 6, 9] }],
  'of equal prices is the price': [{ window: 2 }, { close: [7, 7, 7] }, { ema: [NaN, 7, 7] }],
});
