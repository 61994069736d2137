import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { winsorise } from './winsorise';

indicatorContract(winsorise, {
  'cuts to the extremes of the values before, which keep what was cut': [
    { window: 2, low: 0, high: 1 },
    { close: [5, 1, 9, 20, 4, 6] },
    { winsorise: [NaN, NaN, 5, 9, 9, 6] },
  ],
  'cuts to quartiles between the values before': [
    { window: 3, low: 0.25, high: 0.75 },
    { close: [1, 3, 5, 100, 0] },
    { winsorise: [NaN, NaN, NaN, 4, 4] },
  ],
});
