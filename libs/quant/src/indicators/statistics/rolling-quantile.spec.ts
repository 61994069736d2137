import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { rollingQuantile } from './rolling-quantile';

const close = [5, 1, 3, 9, 3];

indicatorContract(rollingQuantile, {
  'is the middle value': [{ window: 3 }, { close }, { rolling_quantile: [NaN, NaN, 3, 3, 3] }],
  'lies between two values of the order': [
    { window: 3, quantile: 0.25 },
    { close },
    { rolling_quantile: [NaN, NaN, 2, 2, 3] },
  ],
  'at 0 is the lowest': [{ window: 3, quantile: 0 }, { close }, { rolling_quantile: [NaN, NaN, 1, 1, 3] }],
  'at 1 is the highest': [{ window: 3, quantile: 1 }, { close }, { rolling_quantile: [NaN, NaN, 5, 9, 9] }],
  'of one value is the value': [{ window: 1, quantile: 0.3 }, { close }, { rolling_quantile: close }],
});
