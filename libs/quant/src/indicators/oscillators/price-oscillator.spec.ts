import { restingValue } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { apo, ppo } from './price-oscillator';

const close = [3, 6, 9, 3, 3, 3];
const simple = { fast: 2, slow: 3, average: 0 };
const exponential = { fast: 2, slow: 3, average: 1 };

indicatorContract(apo, {
  'is the difference of two simple averages': [simple, { close }, { apo: [NaN, NaN, 1.5, 0, -2, 0] }],
  // fast 4.5, then two thirds of the way: 7.5, 4.5, 3.5; slow 6, then half of it: 4.5, 3.75
  'or of two exponential ones, each from its own first bars on': [
    exponential,
    { close: close.slice(0, 5) },
    { apo: [NaN, NaN, 1.5, 0, -0.25] },
  ],
});

indicatorContract(ppo, {
  'is the difference in percent of the slow average': [simple, { close }, { ppo: [NaN, NaN, 25, 0, -40, 0] }],
  'or of the slow exponential one': [exponential, { close: close.slice(0, 5) }, { ppo: [NaN, NaN, 25, 0, -100 / 15] }],
  'is nothing where the slow average is 0': [simple, { close: [1, 0, -1, 3] }, { ppo: [NaN, NaN, NaN, 50] }],
});

it('is exactly 0 where the price rests', () => {
  expect(restingValue(apo, simple)).toBe(0);
  expect(restingValue(ppo, simple)).toBe(0);
});

it('refuses a fast average that is not faster', () => {
  expect(() => apo.lookback({ fast: 5, slow: 5 })).toThrow('fast must be below slow 5, was 5');
  expect(() => ppo.lookback({ fast: 6, slow: 5 })).toThrow('fast must be below slow 5, was 6');
});
