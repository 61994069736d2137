import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { rollingMax, rollingMin } from './rolling-extremes';

const close = [3, 1, 2, 2, 5];

indicatorContract(rollingMin, {
  'is the lowest of the window': [{ window: 3 }, { close }, { rolling_min: [NaN, NaN, 1, 1, 2] }],
  'of one value is the value': [{ window: 1 }, { close }, { rolling_min: close }],
});

indicatorContract(rollingMax, {
  'is the highest of the window': [{ window: 3 }, { close }, { rolling_max: [NaN, NaN, 3, 2, 5] }],
  'of one value is the value': [{ window: 1 }, { close }, { rolling_max: close }],
});
