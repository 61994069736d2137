import { brokenReturns, hostileReturns, numbersIn } from '../../../testing/src/quant/hostile-series';
import * as metrics from '.';

const year = 252;
const days = (n: number): Float64Array => Float64Array.from({ length: n }, (_, t) => t * 86_400_000);
const market = (r: Float64Array): Float64Array => r.map((x, t) => x / 2 + 0.01 * Math.cos(t));

/** Every exported function, called with one series of returns (or what they stand for). */
const calls: Record<string, (r: Float64Array) => unknown> = {
  totalReturn: metrics.totalReturn,
  annualizedReturn: (r) => metrics.annualizedReturn(r, year),
  volatility: (r) => metrics.volatility(r, year),
  sharpeRatio: (r) => metrics.sharpeRatio(r, year),
  sortinoRatio: (r) => metrics.sortinoRatio(r, year),
  calmarRatio: (r) => metrics.calmarRatio(r, year),
  omegaRatio: (r) => metrics.omegaRatio(r, year),
  tailRatio: metrics.tailRatio,
  maxDrawdown: metrics.maxDrawdown,
  maxDrawdownDurationBars: metrics.maxDrawdownDurationBars,
  valueAtRisk: (r) => metrics.valueAtRisk(r, 0.95),
  conditionalValueAtRisk: (r) => metrics.conditionalValueAtRisk(r, 0.99),
  winRatePeriods: metrics.winRatePeriods,
  skewness: metrics.skewness,
  kurtosis: metrics.kurtosis,
  beta: (r) => metrics.beta(r, market(r)),
  alpha: (r) => metrics.alpha(r, market(r), year),
  downsideDeviationPerBar: metrics.downsideDeviationPerBar,
  downsideDeviation: (r) => metrics.downsideDeviation(r, year),
  ulcerIndex: metrics.ulcerIndex,
  timeUnderWater: metrics.timeUnderWater,
  recoveryFactor: metrics.recoveryFactor,
  stability: metrics.stability,
  upCapture: (r) => metrics.upCapture(r, market(r)),
  downCapture: (r) => metrics.downCapture(r, market(r)),
  trackingError: (r) => metrics.trackingError(r, market(r), year),
  informationRatio: (r) => metrics.informationRatio(r, market(r), year),
  exposure: metrics.exposure,
  turnover: (r) => metrics.turnover(r, year),
};

/** Exports that take something else than one series; they have a case of their own below or in their own spec. */
const others = [
  'allDrawdowns annualReturns averageRanks bestOf betterOf buyAndHoldReturns closedTrades computeMetric computeMetrics computeMetricsOf drawdownDepths drawdowns equityCurve',
  'excessReturns expectancy kellyFraction mean monthlyReturns payoffRatio pearsonCorrelation profitFactor quantileOfSorted',
  'riskFreeReturns rollingMetrics sampleStd summariseReturns systemQualityNumber winRateTrades worstBars',
].flatMap((names) => names.split(' '));

it('has a row for every exported function', () => {
  const exported = Object.entries(metrics).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  expect(Object.keys(calls).concat(others).sort()).toEqual(exported.sort());
});

describe.each(Object.entries(calls))('%s', (_name, call) => {
  it.each(Object.entries(hostileReturns()))('is a finite number or null for %s', (_kind, r) => {
    const value = call(r);
    if (value !== null) expect(Number.isFinite(value)).toBe(true);
  });

  it.each(Object.entries(brokenReturns()))('is null, not a number that looks measured, for %s', (_kind, r) => {
    expect(call(r)).toBeNull();
  });
});

describe('tables', () => {
  it.each(Object.entries(hostileReturns()))('are defined on %s', (_kind, r) => {
    const months = metrics.monthlyReturns(days(r.length), r);
    expect(numbersIn([months, metrics.annualReturns(months)], (x) => !Number.isFinite(x))).toEqual([]);
    expect(months.length).toBe(Math.ceil(r.length / 30.5));
    const equity = metrics.equityCurve(r);
    expect(equity.every((x) => x >= 0)).toBe(true);
    for (const d of metrics.allDrawdowns(equity)) {
      expect(d.depth > 0 && d.depth <= 1).toBe(true);
      expect(d.troughIndex).toBeGreaterThan(d.peakIndex);
    }
    const rolled = metrics.rollingMetrics({
      returns: r,
      window: 20,
      periodsPerYear: year,
      benchmarkReturns: market(r),
    });
    for (const column of Object.values(rolled)) {
      expect(column).toHaveLength(r.length);
      expect(column.slice(0, 19).every(Number.isNaN)).toBe(true);
      expect(column.includes(Infinity)).toBe(false);
    }
  });
});
