import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { getSma } from './get-sma';

indicatorContract(getSma, {
  'has the golden vector of the Strategy JSON': [
    { window: 3 },
    { value: [100, 102, 101, 105, 107, 103, 99, 98, 104, 110, 108, 112] },
    {
      get_sma: [NaN, NaN, 101, 102.6666666667, 104.3333333333, 105, 103, 100, 100.3333333333, 104, 107.3333333333, 110],
    },
  ],
  'of one value is the value': [{ window: 1 }, { value: [3, 6] }, { get_sma: [3, 6] }],
});
