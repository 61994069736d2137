import { restingValue } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { rsiCutler } from './rsi-cutler';

indicatorContract(rsiCutler, {
  'is the gain of the window in percent of gain and loss': [
    { window: 2 },
    { close: [1, 2, 4, 3, 3, 3] },
    { rsi_cutler: [NaN, NaN, 100, 200 / 3, 0, NaN] },
  ],
  'of one change says its direction': [{ window: 1 }, { close: [1, 2, 2, 1] }, { rsi_cutler: [NaN, 100, NaN, 0] }],
});

it('is exact in a window of equal values that follows others', () => {
  expect(restingValue(rsiCutler, { window: 20 })).toBeNaN();
});
