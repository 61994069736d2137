import {
  REFERENCE_BENCHMARK as b,
  REFERENCE_RATES,
  REFERENCE_RETURNS as r,
} from '../../../testing/src/quant/reference-returns';
import { riskFreeReturns } from './risk-free';
import { rollingMetrics } from './rolling-metrics';

describe('rolling metrics', () => {
  const rolled = rollingMetrics({
    ...{ returns: r, window: 5, periodsPerYear: 252, benchmarkReturns: b },
    riskFreeReturns: riskFreeReturns(REFERENCE_RATES, 252),
  });

  it.each([
    [4, -0.07324398540771461, 0.3224127789030702, 1.25, 0.03],
    [11, 0.32590359576865974, 0.3142190318869944, 1.551833568406206, 0.02],
  ])('of the window that ends at bar %d are those of numpy', (t, sharpe, volatility, beta, drawdown) => {
    expect(rolled.sharpe[t]).toBeCloseTo(sharpe, 12);
    expect(rolled.volatility[t]).toBeCloseTo(volatility, 13);
    expect(rolled.beta[t]).toBeCloseTo(beta, 12);
    expect(rolled.maxDrawdown[t]).toBeCloseTo(drawdown, 14);
  });

  it('begin with the first whole window and see no later bar', () => {
    for (const column of Object.values(rolled)) {
      expect(column).toHaveLength(12);
      expect([...column.subarray(0, 4)]).toEqual([NaN, NaN, NaN, NaN]);
    }
    const part = rollingMetrics({ returns: r.subarray(0, 8), window: 5, periodsPerYear: 252 });
    expect(part.volatility).toEqual(rolled.volatility.subarray(0, 8));
    expect(part.beta.every(Number.isNaN)).toBe(true);
  });

  it('are missing where the window does not vary, and refuse one bar', () => {
    const flat = rollingMetrics({ returns: new Float64Array(4), window: 2, periodsPerYear: 1 });
    expect([flat.sharpe[3], flat.volatility[3], flat.maxDrawdown[3]]).toEqual([NaN, 0, 0]);
    expect(() => rollingMetrics({ returns: r, window: 1, periodsPerYear: 1 })).toThrow(
      'window must be an integer of at least 2, was 1',
    );
  });
});
