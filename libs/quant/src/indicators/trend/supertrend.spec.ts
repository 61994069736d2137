import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { supertrend } from './supertrend';

indicatorContract(supertrend, {
  // true ranges 3/2, 2, 5, 10
  'keeps its bands and turns when the close passes them': [
    { window: 1, multiplier: 1 },
    { high: [10, 11, 12, 16, 10], low: [9, 10, 10, 14, 6], close: [9.5, 10.5, 11, 16, 7] },
    { supertrend: [NaN, 12, 12, 10, 18], direction: [NaN, -1, -1, 1, -1] },
  ],
  'at rest stays down': [
    { window: 1 },
    { high: [7, 7, 7], low: [7, 7, 7], close: [7, 7, 7] },
    { supertrend: [NaN, 7, 7], direction: [NaN, -1, -1] },
  ],
});
