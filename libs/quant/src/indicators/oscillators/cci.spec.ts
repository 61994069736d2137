import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { cci } from './cci';

const at = (typical: number[]) => ({
  high: typical.map((x) => x + 2),
  low: typical.map((x) => x - 1),
  close: typical.map((x) => x - 1),
});

indicatorContract(cci, {
  'is the distance from the mean in mean deviations, over 0.015': [
    { window: 3 },
    at([1, 2, 6, 3]),
    { cci: [NaN, NaN, 100, -200 / 7] },
  ],
  'is nothing where the typical price rests': [{ window: 2 }, at([3, 3, 4]), { cci: [NaN, NaN, 200 / 3] }],
});
