import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { aroon } from './aroon';

indicatorContract(aroon, {
  'says how recent the extremes are, the newest of equals': [
    { window: 2 },
    { high: [5, 7, 6, 6], low: [3, 4, 2, 2] },
    { aroon_up: [NaN, NaN, 50, 0], aroon_down: [NaN, NaN, 100, 100], oscillator: [NaN, NaN, -50, -100] },
  ],
  'of one bar back is all or nothing': [
    { window: 1 },
    { high: [5, 4, 4], low: [3, 3, 4] },
    { aroon_up: [NaN, 0, 100], aroon_down: [NaN, 100, 0], oscillator: [NaN, -100, 100] },
  ],
});
