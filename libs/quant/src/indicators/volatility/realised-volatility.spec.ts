import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { realisedVolatility } from './realised-volatility';

indicatorContract(realisedVolatility, {
  'is the sample deviation of the returns by the root of the year': [
    { window: 2, periods_per_year: 4 },
    { close: [100, 110, 99, 99, 99] },
    { realised_volatility: [NaN, NaN, 2 * Math.sqrt(0.02), 2 * Math.sqrt(0.005), 0] },
  ],
  'is nothing over a return from 0': [
    { window: 2, periods_per_year: 4 },
    { close: [1, 0, 1, 1.1, 0.99] },
    { realised_volatility: [NaN, NaN, NaN, NaN, 2 * Math.sqrt(0.02)] },
  ],
});
