import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { garmanKlassVolatility, parkinsonVolatility, yangZhangVolatility } from './range-volatility';

const { E, LN2 } = Math;
const rest = { open: [7, 7, 7], high: [7, 7, 7], low: [7, 7, 7], close: [7, 7, 7] };

indicatorContract(parkinsonVolatility, {
  'is the root of the mean squared log range over 4 ln 2': [
    { window: 2, periods_per_year: 4 },
    { high: [E, E ** 3, 0], low: [1, E, -1] },
    { parkinson_volatility: [NaN, Math.sqrt(2.5 / LN2), NaN] },
  ],
  'of one bar is of its range, 0 at rest': [
    { window: 1, periods_per_year: 1 },
    { high: [E, 7], low: [1, 7] },
    { parkinson_volatility: [1 / (2 * Math.sqrt(LN2)), 0] },
  ],
});

indicatorContract(garmanKlassVolatility, {
  'is half the squared range less the body, never below 0': [
    { window: 1, periods_per_year: 4 },
    { open: [E, 1, 1, 7], high: [E, E, E, 7], low: [1, 1, 1, 7], close: [E, E, E ** 2, 7] },
    { garman_klass_volatility: [Math.SQRT2, 2 * Math.sqrt(1.5 - 2 * LN2), 0, 0] },
  ],
  'is the mean over the window': [
    { window: 2, periods_per_year: 1 },
    { open: [1, 1], high: [E, E ** 3], low: [1, 1], close: [1, 1] },
    { garman_klass_volatility: [NaN, Math.sqrt(2.5)] },
  ],
});

indicatorContract(yangZhangVolatility, {
  // overnight 0 and 1, body 1 and 0, inside 0 and 4; k = 0.34 / 4.34
  'adds the variances overnight and of the day to the mean within the day': [
    { window: 2, periods_per_year: 4 },
    { open: [1, 1, E ** 2], high: [1, E, E ** 4], low: [1, 1, E ** 2], close: [1, E, E ** 2] },
    { yang_zhang_volatility: [NaN, NaN, 2 * Math.sqrt(2.5 - (1.5 * 0.34) / 4.34)] },
  ],
  'is 0 at rest': [{ window: 2 }, rest, { yang_zhang_volatility: [NaN, NaN, 0] }],
});
