import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { rollingRank } from './rolling-rank';

indicatorContract(rollingRank, {
  'of the highest leaves itself half, of equal values is the middle': [
    { window: 3 },
    { close: [5, 1, 7, 7, 7, 2] },
    { rolling_rank: [NaN, NaN, 2.5 / 3, 2 / 3, 0.5, 0.5 / 3] },
  ],
});
