import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { trueRange } from './true-range';

indicatorContract(trueRange, {
  'reaches to the close before, above and below': [
    {},
    { high: [10, 12, 11, 8, 9], low: [9, 11, 10, 7, 6], close: [9.5, 11.5, 10, 8, 7] },
    { true_range: [NaN, 2.5, 1.5, 3, 3] },
  ],
  'is 0 at rest': [{}, { high: [7, 7], low: [7, 7], close: [7, 7] }, { true_range: [NaN, 0] }],
});
