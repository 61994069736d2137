import { valuesOf } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { createRng } from '../../random';
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

it('is never beyond 1, whatever the rounding of one series and its multiples', () => {
  const rng = createRng('correlation');
  const close = Array.from({ length: 3000 }, () => 1 + rng.next());
  for (const factor of [3, -7, 0.1]) {
    const value = close.map((x) => factor * x);
    const { rolling_correlation: found } = valuesOf(rollingCorrelation, { window: 3 }, { close, value });
    expect(Math.max(...found.slice(2).map(Math.abs))).toBe(1);
  }
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
