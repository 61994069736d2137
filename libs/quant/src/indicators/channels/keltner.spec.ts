import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { keltner } from './keltner';

const bars = { high: [10, 12, 11], low: [8, 9, 10], close: [9, 12, 10] };

indicatorContract(keltner, {
  // averages 10.5 and 61/6, true ranges 3 and 2
  'is the average and as many true ranges beside it': [
    { window: 2, atr_window: 1, multiplier: 2 },
    bars,
    { upper: [NaN, 16.5, 61 / 6 + 4], middle: [NaN, 10.5, 61 / 6], lower: [NaN, 4.5, 61 / 6 - 4] },
  ],
  'waits for the longer of both': [
    { window: 1, atr_window: 2, multiplier: 1 },
    bars,
    { upper: [NaN, NaN, 12.5], middle: [NaN, NaN, 10], lower: [NaN, NaN, 7.5] },
  ],
  'of prices at rest is the price': [
    { window: 2, atr_window: 1 },
    { high: [7, 7], low: [7, 7], close: [7, 7] },
    { upper: [NaN, 7], middle: [NaN, 7], lower: [NaN, 7] },
  ],
});
