import fc from 'fast-check';
import {
  deflatedSharpe,
  expectedMaxOfN,
  minBacktestLength,
  minTrackRecordLength,
  normalCdf,
  overfittingRatio,
  probabilisticSharpe,
  sharpeStatistics,
} from '.';

const monthly = { sharpe: 0.458, observations: 24, skewness: -2.448, kurtosis: 10.164 };

describe('published values', () => {
  it('gives PSR 0.982 for normal and 0.913 for the true moments (Bailey & Lopez de Prado 2012)', () => {
    expect(probabilisticSharpe({ ...monthly, skewness: 0, kurtosis: 3 })).toBeCloseTo(0.982, 3);
    expect(probabilisticSharpe(monthly)).toBeCloseTo(0.913, 3);
  });

  it.each([
    [100, 0.9004],
    [46, 0.9505],
  ])('gives the deflated Sharpe of %d trials (Bailey & Lopez de Prado 2014)', (trials, expected) => {
    const daily = { sharpe: 2.5 / Math.sqrt(250), observations: 1250, skewness: -3, kurtosis: 10 };
    const { value, formula } = deflatedSharpe(daily, 0.5 / 250, trials);
    expect(value).toBeCloseTo(expected, 4);
    expect(formula).toBe('2012');
  });

  it.each([
    [252, 0, 3, 2.73],
    [52, 0, 3, 2.83],
    [12, 0, 3, 3.24],
    [12, -0.72, 5.78, 4.99],
  ])(
    'gives the minimum track record at %d periods a year, skewness %d, kurtosis %d',
    (periods, skewness, kurtosis, years) => {
      const statistics = { sharpe: 2 / Math.sqrt(periods), observations: 1, skewness, kurtosis };
      const needed = minTrackRecordLength(statistics, 1 / Math.sqrt(periods)) as number;
      expect(needed / periods).toBeCloseTo(years, 2);
    },
  );

  it('expects the best of 10 at 1.57 and asks about 5 years for 45 trials', () => {
    expect(expectedMaxOfN(10)).toBeCloseTo(1.57, 2);
    expect(minBacktestLength(45, 1)).toBeCloseTo(5, 1);
  });

  it('gives an overfitting ratio of 0.27 for 1.50 in and 1.10 out of sample', () => {
    expect(overfittingRatio(1.5, 1.1)).toBeCloseTo(0.27, 2);
  });
});

describe('Sharpe inference', () => {
  it('is PSR(0) for one trial', () => {
    expect(deflatedSharpe(monthly, 5, 1).value).toBe(probabilisticSharpe(monthly, 0));
    expect(expectedMaxOfN(1)).toBe(0);
  });

  /** N x integral of x phi(x) Phi(x)^(N - 1): the expectation itself, for any N of at least 1. */
  const exactExpectedMax = (trials: number): number => {
    const step = 1e-3;
    let sum = 0;
    for (let x = -9; x <= 9; x += step)
      sum += (x * Math.exp((-x * x) / 2) * normalCdf(x) ** (trials - 1) * step) / Math.sqrt(2 * Math.PI);
    return trials * sum;
  };

  it('expects a best of never less than 0, rising with the number of trials, near the integral', () => {
    const numbers = [1, 1 + 1e-12, 1.01, 1.1, 1.27, 1.28, 1.4, 1.7, 2, 3, 5, 10, 50, 500];
    const found = numbers.map(expectedMaxOfN);
    found.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(i === 0 ? 0 : found[i - 1]);
      const exact = exactExpectedMax(numbers[i]);
      expect(Math.abs(value - exact)).toBeLessThan(numbers[i] < 5 ? 0.25 : 0.03 * exact);
    });
    expect(deflatedSharpe(monthly, 0.5, 1.2).benchmarkSharpe).toBe(0);
  });

  it('uses the null variance, T and the autocorrelation in the 2026 formula', () => {
    const statistics = { sharpe: 0.2, observations: 100, skewness: 0, kurtosis: 3, autocorrelation: 0 };
    expect(probabilisticSharpe(statistics, 0, '2026')).toBeCloseTo(normalCdf(2), 12);
    const persistent = { ...statistics, autocorrelation: 0.5 };
    expect(probabilisticSharpe(persistent, 0, '2026')).toBeCloseTo(normalCdf(2 / Math.sqrt(3)), 12);
    expect(probabilisticSharpe(persistent)).toBe(probabilisticSharpe(statistics));
  });

  it('is null where nothing can be said', () => {
    expect(probabilisticSharpe(Float64Array.of(0.01, 0.01, 0.01))).toBeNull();
    expect(sharpeStatistics(new Float64Array())).toBeNull();
    expect(minTrackRecordLength(monthly, 0.5)).toBeNull();
    expect(minBacktestLength(10, 0)).toBeNull();
    expect(overfittingRatio(0, 1)).toBeNull();
    expect(overfittingRatio(null, 1)).toBeNull();
    expect(() => expectedMaxOfN(0)).toThrow('trials must be at least 1, was 0');
  });

  it('falls as the benchmark rises', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (low, more) => {
          expect(probabilisticSharpe(monthly, low + more)!).toBeLessThanOrEqual(probabilisticSharpe(monthly, low)!);
        },
      ),
    );
  });
});
