import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { volatilityRegime } from './volatility-regime';

const window = 2;
const history = 2;

indicatorContract(volatilityRegime, {
  // volatilities a, a, 2a, a: shares below 1/2, 3/4, 1/4
  'ranks in the trailing history, ties by half': [
    { window, history },
    { close: [100, 110, 110, 121, 108.9, 108.9] },
    { percentile: [NaN, NaN, NaN, 0.5, 0.75, 0.25], regime: [NaN, NaN, NaN, 1, 2, 0] },
  ],
  'is 0 below the low border and 2 from the high one on': [
    { window, history, low: 0.5, high: 0.5 },
    { close: [100, 110, 110, 121, 108.9, 108.9] },
    { regime: [NaN, NaN, NaN, 2, 2, 0] },
  ],
  'at rest is in the middle': [
    { window, history },
    { close: [7, 7, 7, 7] },
    { percentile: [NaN, NaN, NaN, 0.5], regime: [NaN, NaN, NaN, 1] },
  ],
});

it('refuses borders that cross', () => {
  expect(() => volatilityRegime.lookback({ low: 0.7, high: 0.6 })).toThrow('low must be at most high 0.6, was 0.7');
});
