import { buyAndHoldReturns, computeMetrics, METRIC_KEYS } from '@assay/quant';
import { runBacktest } from '../backtest';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, logisticOnFactor } from '../fixtures/documents';
import { metricsOverPaths, runCpcv } from '.';
import type { PathMetrics } from './path-metrics';

const bars = syntheticBars(1000, 5, 0.002);
const held = buyAndHoldReturns(bars.close);

describe.each([
  ['fixed rules', bollingerMomentum()],
  ['a model that is fitted in every split', logisticOnFactor()],
])('metrics of the paths of %s', (_, document) => {
  const { paths, scored } = runCpcv({ document, bars });

  it('are all of the catalogue, of the returns of the path beside holding the same bars', () => {
    for (const { metrics, metricReasons, returns, sharpe, totalReturn, maxDrawdown } of paths) {
      expect(Object.keys(metrics!)).toEqual(METRIC_KEYS);
      const benchmarkReturns = held.slice(...scored);
      const alone = computeMetrics({ returns, benchmarkReturns, periodsPerYear: 252 });
      for (const key of METRIC_KEYS.filter((name) => alone.metrics[name] !== null))
        expect([key, metrics![key]]).toEqual([key, alone.metrics[key]]);
      expect(metrics).toMatchObject({ sharpe_ratio: sharpe, total_return: totalReturn, max_drawdown: maxDrawdown });
      for (const key of METRIC_KEYS) expect(key in metricReasons!).toBe(metrics![key] === null);
    }
  });

  it('have positions and trades, so that none lacks what it reads', () => {
    for (const { metrics, metricReasons } of paths) {
      expect(metrics!.trade_count).toBeGreaterThan(0);
      expect(metrics!.exposure).toBeGreaterThan(0);
      expect(Object.values(metricReasons!).filter((why) => / given$/.test(why))).toEqual([]);
    }
  });
});

it('counts of fixed rules the trades that were entered on the scored bars, each in its part alone', () => {
  const document = bollingerMomentum();
  const { paths, scored } = runCpcv({ document, bars });
  const { trades } = runBacktest({ document, bars, options: { scoreFrom: scored[0] } });
  expect(trades.length).toBeGreaterThan(10);
  for (const { metrics } of paths) expect(metrics!.trade_count).toBe(trades.length);
});

describe('a metric over the paths', () => {
  const path = (value: number | null): PathMetrics => ({
    metrics: { sharpe_ratio: value },
    metricReasons: value === null ? { sharpe_ratio: 'returns do not vary' } : {},
  });

  it('has linear quantiles of the paths that have it, and says why others have none', () => {
    // of 1, 2, 4, 8: positions 0.75, 1.5 and 2.25
    expect(metricsOverPaths([8, 1, null, 4, 2].map(path))!.sharpe_ratio).toEqual({
      ...{ defined: 4, least: 1, q25: 1.75, median: 3, q75: 5, greatest: 8, reason: 'returns do not vary' },
    });
    expect(metricsOverPaths([path(3)])!.sharpe_ratio).toEqual({
      ...{ defined: 1, least: 3, q25: 3, median: 3, q75: 3, greatest: 3 },
    });
  });

  it('is nothing where no path has it, and of paths from before metrics were kept', () => {
    expect(metricsOverPaths([path(null)])!.sharpe_ratio).toEqual({
      ...{ defined: 0, least: null, q25: null, median: null, q75: null, greatest: null },
      reason: 'returns do not vary',
    });
    expect(metricsOverPaths([path(1), {}])).toBeNull();
    expect(metricsOverPaths([])).toBeNull();
  });
});
