import { createRng } from '../random';
import { sharpeDiscovery, sharpePower } from './sharpe-discovery';
import { sharpeInference } from './sharpe-errors';
import { probabilisticSharpe, type SharpeStatistics } from './sharpe-inference';

/** The example of Lopez de Prado, Lipton and Zoonekynd: two years of months, a mean of 3.6 % and a deviation of 7.9 %. */
const example: SharpeStatistics = { sharpe: 0.036 / 0.079, observations: 24, skewness: -2.448, kurtosis: 10.164 };

describe('what a discovery is worth', () => {
  // sharpe_ratio_power, pFDR and oFDR of the code that accompanies the paper, at SR1 = 0.5, alpha = 0.1, P[H1] = 0.1
  it.each([
    [0, 0.7575308318962203, 0.5429763251947459, 0.17267629041247462],
    [0.2, 0.6762921036696303, 0.5709601652541348, 0.36075061783684664],
  ])('is that of the published example, with an autocorrelation of %p', (autocorrelation, power, planned, observed) => {
    const statistics = { ...example, autocorrelation };
    const found = sharpeDiscovery(statistics, { sharpe: 0.5, prior: 0.1 }, '2026', 0.9);
    expect(found.power).toBeCloseTo(power, 9);
    expect(found.plannedFdr).toBeCloseTo(planned, 9);
    expect(found.observedFdr).toBeCloseTo(observed, 9);
  });

  it('is met by simulated strategies, of which one in five has the ratio', () => {
    const [n, prior, ratio] = [250, 0.2, 0.15];
    const rng = createRng('discoveries');
    const seen = { all: 0, nothing: 0 };
    for (let k = 0; k < 4_000; k++) {
      const isReal = rng.next() < prior;
      const returns = Float64Array.from({ length: n }, () => (isReal ? ratio : 0) + rng.normal());
      if (probabilisticSharpe(returns, 0, '2026')! <= 0.95) continue;
      seen.all += 1;
      if (!isReal) seen.nothing += 1;
    }
    const normal: SharpeStatistics = { sharpe: ratio, observations: n, skewness: 0, kurtosis: 3 };
    const { plannedFdr } = sharpeDiscovery(normal, { sharpe: ratio, prior });
    // 4,000 x (0.2 x 0.77 + 0.8 x 0.05) discoveries, a standard error of 1.5 points
    expect(Math.abs(seen.nothing / seen.all - plannedFdr!)).toBeLessThan(0.05);
  });

  it('is nothing at the level of the test, and falls with the ratio that is asked for being far from the record', () => {
    const normal: SharpeStatistics = { sharpe: 0, observations: 500, skewness: 0, kurtosis: 3 };
    expect(sharpePower(normal, 0, '2026')).toBeCloseTo(0.05, 12);
    // a record of nothing says that those like it are mostly nothing
    expect(sharpeDiscovery(normal, { sharpe: 0.1, prior: 0.5 }).observedFdr).toBeCloseTo(1 / 3, 1);
    const good = { ...normal, sharpe: 0.2 };
    expect(sharpeDiscovery(good, { sharpe: 0.1, prior: 0.1 }).observedFdr).toBeLessThan(0.005);
    // beyond all tails
    expect(sharpeDiscovery({ ...normal, sharpe: 9 }, { sharpe: 0.1, prior: 0.1 }).observedFdr).toBe(0);
  });

  it('is told a year beside the evidence, for an alternative that is possible', () => {
    const rng = createRng(4);
    const returns = Float64Array.from({ length: 800 }, () => 0.0005 + 0.01 * rng.normal());
    const found = sharpeInference(returns, 252, undefined, { sharpe: 2, prior: 0.3 })!;
    expect(found.alternative).toEqual({ sharpe: 2, prior: 0.3 });
    expect(sharpeInference(returns, 252)!.alternative).toEqual({ sharpe: 1, prior: 0.1 });
    const { skewness, kurtosis, observations, autocorrelation } = found;
    const statistics = { sharpe: 0, skewness, kurtosis, observations, autocorrelation };
    for (const { formula, power } of found.evidence)
      expect(power).toBeCloseTo(sharpePower(statistics, 2 / Math.sqrt(252), formula)!, 12);
    expect(() => sharpeInference(returns, 252, undefined, { sharpe: 0 })).toThrow(
      'alternative must be a number above 0',
    );
    expect(() => sharpeInference(returns, 252, undefined, { prior: 1 })).toThrow(
      'prior must be between 0 and 1, was 1',
    );
  });
});
