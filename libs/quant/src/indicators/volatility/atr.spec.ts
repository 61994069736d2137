import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { atr, natr } from './atr';

// true ranges 5/2, 3/2, 3
const bars = { high: [10, 12, 11, 8], low: [9, 11, 10, 7], close: [9.5, 11.5, 10, 8] };

indicatorContract(atr, {
  "starts from the mean of its window, then is Wilder's": [{ window: 2 }, bars, { atr: [NaN, NaN, 2, 2.5] }],
  'of one bar is its true range': [{ window: 1 }, bars, { atr: [NaN, 2.5, 1.5, 3] }],
  'is 0 at rest': [{ window: 1 }, { high: [7, 7], low: [7, 7], close: [7, 7] }, { atr: [NaN, 0] }],
});

indicatorContract(natr, {
  'is the range in percent of the close': [{ window: 2 }, bars, { natr: [NaN, NaN, 20, 31.25] }],
  'is nothing at a close of 0': [{ window: 1 }, { high: [1, 1], low: [0, 0], close: [1, 0] }, { natr: [NaN, NaN] }],
});
