import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { rollingBeta, rollingCorrelation } from './rolling-pair';

indicatorContract(rollingCorrelation, {
  'is the covariance over both deviations': [
    { window: 3 },
    { close: [1, 2, 3, 2], value: [2, 4, 6, 6] },
    { rolling_correlation: [NaN, NaN, 1, 0.5] },
  ],
  'of two bars is a sign; nothing where one rests': [
    { window: 2 },
    { close: [1, 2, 3, 3, 4], value: [5, 5, 4, 3, 2] },
    { rolling_correlation: [NaN, NaN, -1, NaN, -1] },
  ],
});

indicatorContract(rollingBeta, {
  'is the covariance of the returns over the variance of the benchmark': [
    { window: 2 },
    { close: [100, 110, 99, 99], value: [100, 105, 99.75, 104.7375] },
    { rolling_beta: [NaN, NaN, 2, 1] },
  ],
  'is nothing against a benchmark at rest, and 0 at rest against one that moves': [
    { window: 2 },
    { close: [7, 7, 7, 7], value: [5, 5, 5, 6] },
    { rolling_beta: [NaN, NaN, NaN, 0] },
  ],
});
