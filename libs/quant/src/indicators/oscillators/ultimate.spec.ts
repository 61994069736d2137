import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { ultimateOscillator } from './ultimate';

const windows = { short: 1, medium: 2, long: 3 };

indicatorContract(ultimateOscillator, {
  // pressures 2, 1, 0, 3; true ranges 4, 2, 2, 3 (the last from the close before)
  'weighs the pressure of the windows 4, 2, 1': [
    windows,
    { high: [8, 10, 9, 9, 10], low: [6, 6, 7, 7, 9], close: [6, 8, 8, 7, 10] },
    {
      ultimate_oscillator: [
        NaN,
        NaN,
        NaN,
        (100 * (4 * 0 + (2 * 1) / 4 + 3 / 8)) / 7,
        (100 * (4 + (2 * 3) / 5 + 4 / 7)) / 7,
      ],
    },
  ],
  'is nothing where a window has no range': [
    windows,
    { high: [5, 6, 6, 6, 6], low: [5, 5, 6, 6, 5], close: [5, 6, 6, 6, 5] },
    { ultimate_oscillator: [NaN, NaN, NaN, NaN, 0] },
  ],
});

it('refuses windows that are out of order', () => {
  expect(() => ultimateOscillator.lookback({ short: 15 })).toThrow('short must be at most medium 14, was 15');
  expect(() => ultimateOscillator.lookback({ medium: 29 })).toThrow('medium must be at most long 28, was 29');
});
