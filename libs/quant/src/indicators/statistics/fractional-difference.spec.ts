import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { fractionalDifference } from './fractional-difference';

const close = [8, 16, 32, 0, 64];

indicatorContract(fractionalDifference, {
  'of order 0 is the series': [{ order: 0, window: 3 }, { close }, { fractional_difference: [NaN, NaN, 32, 0, 64] }],
  'of order 1 is the change': [{ order: 1, window: 3 }, { close }, { fractional_difference: [NaN, NaN, 16, -32, 64] }],
  'of order 0.5 has the binomial weights 1, -1/2, -1/8, -1/16': [
    { order: 0.5, window: 4 },
    { close },
    { fractional_difference: [NaN, NaN, NaN, -18.5, 59] },
  ],
  'with one weight is the series': [{ order: 0.5, window: 1 }, { close }, { fractional_difference: close }],
});
