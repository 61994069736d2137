import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { rollingSum } from './rolling-sum';

indicatorContract(rollingSum, {
  'adds up the window': [{ window: 3 }, { close: [5, 1, 3, 9, -3] }, { rolling_sum: [NaN, NaN, 9, 13, 9] }],
});
