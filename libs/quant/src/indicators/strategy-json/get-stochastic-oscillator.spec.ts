import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { getStochasticOscillator } from './get-stochastic-oscillator';

indicatorContract(getStochasticOscillator, {
  // over two bars the close lies at 100, 100/3 and 25 percent of the range
  'is the mean of the positions in the range': [
    { window: 2 },
    { high: [5, 7, 6, 8], low: [3, 4, 5, 4], close: [4, 7, 5, 5] },
    { get_stochastic_oscillator: [NaN, NaN, 200 / 3, 175 / 6] },
  ],
  'of one bar is the place of its close; nothing without range': [
    { window: 1 },
    { high: [4, 7], low: [0, 7], close: [1, 7] },
    { get_stochastic_oscillator: [25, NaN] },
  ],
});
