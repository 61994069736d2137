import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { rsi } from './rsi';

indicatorContract(rsi, {
  // gains 3/2, 3/4, 3/8 and losses 0, 1/2, 1/4
  'is the smoothed gain in percent of gain and loss': [
    { window: 2 },
    { close: [1, 2, 4, 3, 3] },
    { rsi: [NaN, NaN, 100, 60, 60] },
  ],
  'is 0 when all fell': [{ window: 2 }, { close: [5, 4, 3, 2] }, { rsi: [NaN, NaN, 0, 0] }],
  'is nothing until a price moved': [{ window: 2 }, { close: [5, 5, 5, 6] }, { rsi: [NaN, NaN, NaN, 100] }],
});
