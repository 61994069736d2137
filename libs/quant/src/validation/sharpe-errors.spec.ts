import { mean, std } from '../../../testing/src/quant/naive-statistics';
import { createRng } from '../random';
import { normalCdf, normalQuantile } from './normal-distribution';
import {
  detectableSharpe,
  loFactor,
  neweyWestLags,
  neweyWestVariance,
  sharpeInference,
  type SharpeInference,
} from './sharpe-errors';
import { probabilisticSharpe, sharpeStatistics } from './sharpe-inference';
import { sharpePower } from './sharpe-discovery';

const autoregressive = (phi: number, n: number, seed: number | string, m = 0.1): Float64Array => {
  const rng = createRng(seed);
  let state = rng.normal();
  return Float64Array.from({ length: n }, () => {
    const value = m + state;
    state = phi * state + Math.sqrt(1 - phi * phi) * rng.normal();
    return value / 100;
  });
};

/** A series whose Sharpe ratio, by ddof 1, is the one wanted. */
const ofSharpe = (wanted: number, n: number): Float64Array => {
  const x = [...autoregressive(0, n, 7)];
  const [m, s] = [mean(x), std(x, 1)];
  return Float64Array.from(x, (v) => (v - m) / s + wanted);
};
const errorOf = (found: SharpeInference | null, method: string) => found!.errors.find((one) => one.method === method)!;

describe('errors of the Sharpe ratio', () => {
  it.each([
    [0.5, 12, 0.306],
    [1, 60, 0.158],
    [3, 120, 0.214],
  ])('of %d over %d iid observations is %d (Lo 2002, table 1)', (sharpe, n, expected) => {
    expect(errorOf(sharpeInference(ofSharpe(sharpe, n), 1), 'iid').standardError).toBeCloseTo(expected, 3);
  });

  it('by moments is the one that PSR rests on', () => {
    const returns = autoregressive(0.3, 300, 2).map((r) => r + r * r * 30);
    const found = sharpeInference(returns, 252)!;
    const { sharpe, standardError, lower95, upper90 } = errorOf(found, 'mertens');
    expect(normalCdf(sharpe! / standardError!)).toBeCloseTo(probabilisticSharpe(returns)!, 12);
    expect(found.evidence[0].probabilisticSharpe).toBe(probabilisticSharpe(returns));
    expect(found.evidence[1].probabilisticSharpe).toBe(probabilisticSharpe(returns, 0, '2026'));
    expect([lower95, upper90]).toEqual([
      expect.closeTo(sharpe! - 1.959963984540054 * standardError!, 10),
      expect.closeTo(sharpe! + 1.6448536269514722 * standardError!, 10),
    ]);
  });

  it('by Newey-West is that of two moments with memory, and without lags that of the moments', () => {
    const returns = autoregressive(0.4, 400, 3);
    const found = sharpeInference(returns, 252)!;
    // the same by the 2 x 2 matrix of mean and variance, whose gradient of m / s is (1 / s, -m / (2 s^3))
    const x = [...returns];
    const [m, v, n] = [mean(x), std(x, 0) ** 2, x.length];
    const columns = [x.map((r) => r - m), x.map((r) => (r - m) ** 2 - v)];
    const cross = (i: number, j: number, lag: number): number =>
      columns[i].slice(lag).reduce((sum, value, t) => sum + value * columns[j][t], 0) / n;
    const long = (i: number, j: number, lags: number): number => {
      let sum = cross(i, j, 0);
      for (let k = 1; k <= lags; k++) sum += (1 - k / (lags + 1)) * (cross(i, j, k) + cross(j, i, k));
      return sum;
    };
    const gradient = [1 / Math.sqrt(v), -m / (2 * v ** 1.5)];
    const variance = (lags: number): number =>
      [0, 1].flatMap((i) => [0, 1].map((j) => gradient[i] * gradient[j] * long(i, j, lags))).reduce((a, b) => a + b);
    expect(found.lags).toBe(5);
    const { standardError } = errorOf(found, 'hac');
    // ddof 1 of the ratio against ddof 0 of the matrix
    expect(standardError! / Math.sqrt((variance(5) / n) * 252)).toBeCloseTo(1, 3);
    const { skewness: g3, kurtosis: g4 } = found;
    const sharpe = m / Math.sqrt(v);
    expect(variance(0)).toBeCloseTo(1 - g3 * sharpe + ((g4 - 1) / 4) * sharpe ** 2, 10);
    // trend of an AR(1) makes the mean sqrt((1 + phi) / (1 - phi)) times as uncertain, which five lags see in part
    expect(standardError! / errorOf(found, 'iid').standardError!).toBeGreaterThan(1.2);
  });

  it('holds the true ratio of an AR(1) far more often with memory than without', () => {
    const held = { iid: 0, hac: 0 };
    for (let k = 0; k < 400; k++) {
      const found = sharpeInference(autoregressive(0.4, 400, `covered ${k}`), 1);
      for (const method of ['iid', 'hac'] as const) {
        const { lower95, upper95 } = errorOf(found, method);
        if (lower95! <= 0.1 && 0.1 <= upper95!) held[method] += 1;
      }
    }
    expect(held.hac / 400).toBeGreaterThan(0.88);
    expect(held.iid / 400).toBeLessThan(0.84);
  });

  it('is of returns above cash, and null without variation', () => {
    const returns = autoregressive(0, 100, 5);
    const cash = new Float64Array(100).fill(0.0005);
    expect(sharpeInference(returns, 252, cash)).toEqual(
      sharpeInference(
        returns.map((r) => r - 0.0005),
        252,
      ),
    );
    expect(sharpeInference(new Float64Array(50).fill(0.01), 252)).toBeNull();
  });
});

describe('Newey-West', () => {
  it.each([
    [1, 0],
    [100, 4],
    [1000, 6],
    [2500, 8],
  ])('takes of %d observations %d lags', (n, lags) => {
    expect(neweyWestLags(n)).toBe(lags);
  });

  it('comes to the long-run variance of an AR(1), (1 + phi) / (1 - phi) times its own', () => {
    const found = neweyWestVariance(autoregressive(0.5, 200_000, 1), 100) / 1e-4;
    expect(found).toBeCloseTo(3, 0);
    expect(Math.abs(found / 3 - 1)).toBeLessThan(0.06);
    expect(neweyWestVariance(Float64Array.of(1, 2, 3, 4), 0)).toBe(1.25);
    // gamma_1 of 1, 2, 3, 4 is 0.3125
    expect(neweyWestVariance(Float64Array.of(1, 2, 3, 4), 1)).toBeCloseTo(1.25 + 0.3125, 12);
  });
});

describe("Lo's annualisation", () => {
  it('of an AR(1) is its closed form', () => {
    const [phi, q] = [0.2, 12];
    const closed = Math.sqrt(q) / Math.sqrt(1 + ((2 * phi) / (1 - phi)) * (1 - (1 - phi ** q) / (q * (1 - phi))));
    expect(loFactor(autoregressive(phi, 400_000, 4), q, 11)!).toBeCloseTo(closed, 1);
    expect(closed).toBeLessThan(Math.sqrt(q) - 0.5);
  });

  it('is the sum over the autocorrelations, no further than the lags, and sqrt(q) without any', () => {
    const x = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
    const m = mean(x);
    const gamma = (k: number): number =>
      x.slice(k).reduce((sum, value, t) => sum + (value - m) * (x[t] - m), 0) / x.length;
    const sum = 4 + (2 * (3 * gamma(1) + 2 * gamma(2) + gamma(3))) / gamma(0);
    expect(loFactor(Float64Array.from(x), 4, 9)).toBeCloseTo(4 / Math.sqrt(sum), 12);
    expect(loFactor(Float64Array.from(x), 4, 1)).toBeCloseTo(4 / Math.sqrt(4 + (6 * gamma(1)) / gamma(0)), 12);
    expect(loFactor(Float64Array.from(x), 252, 0)).toBeCloseTo(Math.sqrt(252), 12);
  });

  it('is null, with its reason, where returns only swing back', () => {
    const swings = Float64Array.from({ length: 400 }, (_, t) => (t % 2 === 0 ? 0.02 : -0.0199));
    expect(loFactor(swings, 12, 5)).toBeNull();
    expect(errorOf(sharpeInference(swings, 12), 'autocorrelation')).toMatchObject({
      ...{ sharpe: null, lower95: null, reason: 'the autocorrelations leave no positive variance of a year' },
    });
  });
});

describe('power', () => {
  const normal = { sharpe: 0.1, observations: 500, skewness: 0, kurtosis: 3, autocorrelation: 0 };

  it('is the chance that PSR is above the confidence: the level itself when nothing is there', () => {
    expect(sharpePower(normal, 0, '2026')).toBeCloseTo(0.05, 12);
    const sigma = Math.sqrt(1 + 0.1 ** 2 / 2);
    expect(sharpePower(normal, 0.1)).toBeCloseTo(normalCdf((0.1 * Math.sqrt(499)) / sigma - normalQuantile(0.95)), 12);
  });

  it('is met by simulated records', () => {
    let shown = 0;
    for (let k = 0; k < 500; k++) {
      const rng = createRng(`power ${k}`);
      const returns = Float64Array.from({ length: 500 }, () => 0.1 + rng.normal());
      if (probabilisticSharpe(returns)! > 0.95) shown += 1;
    }
    expect(Math.abs(shown / 500 - sharpePower(normal, 0.1)!)).toBeLessThan(0.05);
  });

  it.each(['2012', '2026'] as const)('at the detectable Sharpe of %s is 80 %%', (formula) => {
    const skewed = { ...normal, skewness: -1, kurtosis: 8, autocorrelation: 0.1 };
    for (const statistics of [normal, skewed]) {
      const least = detectableSharpe(statistics, formula)!;
      expect(least).toBeGreaterThan(0.1);
      expect(sharpePower(statistics, least, formula)).toBeCloseTo(0.8, 10);
    }
    // z(0.95) + z(0.8) = 2.486 standard errors of about 1 / sqrt(500)
    expect(detectableSharpe(normal, formula)!).toBeCloseTo(2.486 / Math.sqrt(500), 2);
    expect(detectableSharpe({ ...normal, observations: 3, kurtosis: 40 }, formula)).toBeNull();
  });

  it('needs the record that it asks for: PSR is at 95 % after the minimum length', () => {
    const returns = autoregressive(0.1, 300, 8, 0.15);
    const statistics = sharpeStatistics(returns)!;
    for (const { formula, minTrackRecordLength } of sharpeInference(returns, 252)!.evidence)
      expect(probabilisticSharpe({ ...statistics, observations: minTrackRecordLength! }, 0, formula)).toBeCloseTo(
        0.95,
        10,
      );
  });
});
