import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { getEma } from './get-ema';

indicatorContract(getEma, {
  'has the golden vector of the Strategy JSON, from the first bar on': [
    { window: 3 },
    { value: [100, 102, 101, 105, 107, 103, 99, 98, 104, 110, 108, 112] },
    { get_ema: [100, 101, 101, 103, 105, 104, 101.5, 99.75, 101.875, 105.9375, 106.96875, 109.484375] },
  ],
  'of one value is the value': [{ window: 1 }, { value: [3, 6] }, { get_ema: [3, 6] }],
});
