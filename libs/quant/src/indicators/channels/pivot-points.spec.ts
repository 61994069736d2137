import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { pivotPoints } from './pivot-points';

indicatorContract(pivotPoints, {
  // sessions 1 1 | 2 2 | 3: highs 12, 11, lows 6, 8, closes 9, 8
  'has the levels of the session before on every bar of a session': [
    {},
    { high: [10, 12, 11, 10, 9], low: [7, 6, 8, 8, 7], close: [8, 9, 10, 8, 8], value: [1, 1, 2, 2, 3] },
    {
      pivot: [NaN, NaN, 9, 9, 9],
      r1: [NaN, NaN, 12, 12, 10],
      s1: [NaN, NaN, 6, 6, 7],
      r2: [NaN, NaN, 15, 15, 12],
      s2: [NaN, NaN, 3, 3, 6],
      r3: [NaN, NaN, 18, 18, 13],
      s3: [NaN, NaN, 0, 0, 4],
    },
  ],
});
