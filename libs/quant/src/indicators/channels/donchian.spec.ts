import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { donchian } from './donchian';

const bars = { high: [5, 7, 6, 6], low: [4, 3, 5, 2] };

indicatorContract(donchian, {
  'is the highest, the lowest and their middle': [
    { window: 2 },
    bars,
    { upper: [NaN, 7, 7, 6], middle: [NaN, 5, 5, 4], lower: [NaN, 3, 3, 2] },
  ],
  'of one bar is its range': [{ window: 1 }, bars, { upper: bars.high, middle: [4.5, 5, 5.5, 4], lower: bars.low }],
  'of prices at rest is the price': [
    { window: 2 },
    { high: [7, 7], low: [7, 7] },
    { upper: [NaN, 7], middle: [NaN, 7], lower: [NaN, 7] },
  ],
});
