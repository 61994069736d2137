import { bestOf, METRIC_KEYS, METRICS } from './metric-definitions';
import { computeMetrics } from './compute-metrics';

describe('the catalogue of metrics', () => {
  it('defines every metric that is computed, in that order', () => {
    const { metrics } = computeMetrics({ returns: Float64Array.of(0.1), periodsPerYear: 252 });
    expect(Object.keys(metrics)).toEqual(METRIC_KEYS);
    for (const { name, definition } of Object.values(METRICS)) expect([name, definition]).not.toContain('');
    expect(METRICS.kurtosis.definition).toContain('not excess');
  });

  it('knows the best of several values by the direction of the metric', () => {
    expect(bestOf('max_drawdown', [0.3, null, 0.1, 0.2])).toEqual([2]);
    expect(bestOf('sharpe_ratio', [0.3, null, 0.1, 0.3])).toEqual([0, 3]);
    expect(bestOf('beta', [1, 2])).toEqual([]);
    expect(bestOf('sharpe_ratio', [null, 1])).toEqual([]);
    expect(bestOf('toString', [2, 1])).toEqual([]);
  });
});
