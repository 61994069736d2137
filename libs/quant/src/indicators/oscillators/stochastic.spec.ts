import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { stochastic, stochasticFast, stochasticRsi } from './stochastic';

// over two bars the close lies at 100, 100/3 and 25 percent of the range
const bars = { high: [5, 7, 6, 8], low: [3, 4, 5, 4], close: [4, 7, 5, 5] };
const means = [NaN, NaN, 200 / 3, 175 / 6];
const atRest = { high: [7, 7, 9], low: [7, 7, 5], close: [7, 7, 6] };

indicatorContract(stochastic, {
  'averages the position in the range': [{ fast_k: 2, slow_k: 2, slow_d: 1 }, bars, { slow_k: means, slow_d: means }],
  'averages it once more, and waits for that': [
    { fast_k: 2, slow_k: 1, slow_d: 2 },
    bars,
    { slow_k: [NaN, NaN, 100 / 3, 25], slow_d: means },
  ],
  'has no position without range': [
    { fast_k: 2, slow_k: 1, slow_d: 1 },
    atRest,
    { slow_k: [NaN, NaN, 25], slow_d: [NaN, NaN, 25] },
  ],
});

indicatorContract(stochasticFast, {
  'is the position in the range and its mean': [
    { fast_k: 2, fast_d: 2 },
    bars,
    { fast_k: [NaN, NaN, 100 / 3, 25], fast_d: means },
  ],
  'has no position without range': [
    { fast_k: 1, fast_d: 1 },
    atRest,
    { fast_k: [NaN, NaN, 25], fast_d: [NaN, NaN, 25] },
  ],
});

indicatorContract(stochasticRsi, {
  // strengths 100, 60, 700/9
  'is the position of the strength in its own range': [
    { window: 2, fast_k: 2, fast_d: 1 },
    { close: [1, 2, 4, 3, 4] },
    { fast_k: [NaN, NaN, NaN, 0, 100], fast_d: [NaN, NaN, NaN, 0, 100] },
  ],
  'ranges over as many strengths as it is told': [
    { window: 2, fast_k: 3, fast_d: 1 },
    { close: [1, 2, 4, 3, 4] },
    { fast_k: [NaN, NaN, NaN, NaN, 400 / 9] },
  ],
  'has no position where the strength rests': [
    { window: 2, fast_k: 2, fast_d: 1 },
    { close: [1, 2, 4, 3, 3] },
    { fast_k: [NaN, NaN, NaN, 0, NaN] },
  ],
});
