import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { midpoint, midprice } from './midpoint';

indicatorContract(midpoint, {
  'is the middle between the extremes of the window': [
    { window: 3 },
    { close: [4, 10, 6, 6, 6, 7] },
    { midpoint: [NaN, NaN, 7, 8, 6, 6.5] },
  ],
});

indicatorContract(midprice, {
  'is the middle between the highest high and the lowest low': [
    { window: 2 },
    { high: [5, 6, 9, 9], low: [4, 2, 8, 9] },
    { midprice: [NaN, 4, 5.5, 8.5] },
  ],
});
