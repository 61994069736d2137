import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { macd } from './macd';

// slow averages 9/2, 7/2, 43/6 of window 2
const close = [3, 6, 3, 9];

indicatorContract(macd, {
  'is the fast average less the slow, its average and the difference': [
    { fast: 1, slow: 2, signal: 2 },
    { close },
    {
      macd: [NaN, NaN, -0.5, 11 / 6],
      signal: [NaN, NaN, 0.5, 25 / 18],
      histogram: [NaN, NaN, -1, 4 / 9],
    },
  ],
  'is its own signal at length 1': [
    { fast: 1, slow: 2, signal: 1 },
    { close },
    { macd: [NaN, 1.5, -0.5, 11 / 6], signal: [NaN, 1.5, -0.5, 11 / 6], histogram: [NaN, 0, 0, 0] },
  ],
  'starts both averages on the same bar': [
    { fast: 2, slow: 3, signal: 1 },
    { close: [100, 2, 4] },
    { macd: [NaN, NaN, 3 - 106 / 3] },
  ],
  'of prices at rest is 0': [
    { fast: 1, slow: 2, signal: 1 },
    { close: [7, 7] },
    { macd: [NaN, 0], signal: [NaN, 0], histogram: [NaN, 0] },
  ],
});

it('refuses a fast average that is not the shorter', () => {
  expect(() => macd.lookback({ fast: 26, slow: 26 })).toThrow('fast must be below slow 26, was 26');
});
