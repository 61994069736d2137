import fc from 'fast-check';
import { mean, quantile, std, sum, variance } from '../../../testing/src/quant/naive-statistics';
import { createRng } from '../random';
import {
  benchmarkP,
  effectiveTrials,
  normalCdf,
  probabilisticSharpe,
  realityCheck,
  sharpeStatistics,
  spa,
  stationaryBootstrap,
  stepM,
} from '.';
import { studentTail } from './student-distribution';

const noise = (seed: number | string, n: number, drift = 0, phi = 0): Float64Array => {
  const rng = createRng(seed);
  let state = 0;
  return Float64Array.from({ length: n }, () => (state = phi * state + rng.normal())).map((x) => 0.01 * (x + drift));
};

/** The tests resampled literally: every draw is written out, every mean taken of it. */
function resampled(trials: Float64Array[], seed: number, block: number, draws: number) {
  const n = trials[0].length;
  const indices = stationaryBootstrap(seed, n, block, draws);
  const means = trials.map((r) => mean([...r]));
  const rows = Array.from({ length: draws }, (_, b) => {
    const at = [...indices.subarray(b * n, (b + 1) * n)];
    return trials.map((r) => mean(at.map((t) => r[t])));
  });
  // the standard deviation of sqrt(n) x mean over the draws, around the actual mean
  const omega = means.map((m, i) => Math.sqrt(n * mean(rows.map((row) => (row[i] - m) ** 2))));
  return { n, means, rows, omega, root: Math.sqrt(n) };
}
const pOf = (statistic: number, drawn: number[]): number =>
  (1 + drawn.filter((x) => x >= statistic - 1e-12).length) / (drawn.length + 1);

const cases = fc.record({
  trials: fc.integer({ min: 1, max: 5 }),
  n: fc.integer({ min: 9, max: 60 }),
  seed: fc.nat(),
  block: fc.constantFrom(1, 3, 8.5),
  drift: fc.constantFrom(0, 0.2, -0.6),
});
const seriesOf = ({ trials, n, seed, drift }: { trials: number; n: number; seed: number; drift: number }) =>
  Array.from({ length: trials }, (_, i) => noise(`${seed} ${i}`, n, i * drift, 0.2));

describe('Reality Check, SPA and StepM', () => {
  it('are their definitions over the same draws', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const trials = seriesOf(given);
        const input = { trials, seed: given.seed, block: given.block, draws: 60 };
        const { n, means, rows, omega, root } = resampled(trials, given.seed, given.block, 60);
        const best = Math.max(...means);

        const white = realityCheck(input);
        expect(white.statistic).toBeCloseTo(root * best, 10);
        expect(white.p).toBeCloseTo(
          pOf(
            root * best,
            rows.map((row) => root * Math.max(...row.map((m, i) => m - means[i]))),
          ),
          12,
        );

        const hansen = spa(input);
        const t = Math.max(0, ...means.map((m, i) => (root * m) / omega[i]));
        const limit = Math.sqrt(2 * Math.log(Math.log(n)));
        const centred = (centre: (m: number, i: number) => number): number =>
          pOf(
            t,
            rows.map((row) => Math.max(0, ...row.map((m, i) => (root * (m - centre(means[i], i))) / omega[i]))),
          );
        expect(hansen.statistic).toBeCloseTo(t, 9);
        expect(hansen.upper).toBeCloseTo(
          centred((m) => m),
          12,
        );
        expect(hansen.p).toBeCloseTo(
          centred((m, i) => ((root * m) / omega[i] >= -limit ? m : 0)),
          12,
        );
        expect(hansen.lower).toBeCloseTo(
          centred((m) => Math.max(m, 0)),
          12,
        );

        const rejected = new Set<number>();
        for (let found = true; found;) {
          const open = means.map((_, i) => i).filter((i) => !rejected.has(i));
          const highest = rows.map((row) => Math.max(...open.map((i) => (root * (row[i] - means[i])) / omega[i])));
          const more = open.filter((i) => (root * means[i]) / omega[i] > quantile(highest, 0.9));
          more.forEach((i) => rejected.add(i));
          found = more.length > 0 && open.length > more.length;
        }
        expect(stepM(input, 0.1).rejected).toEqual([...rejected].sort((a, b) => a - b));
      }),
      { numRuns: 40 },
    );
  });

  it('of one trial and of independent ones have the p-values of the normal distribution', () => {
    const trials = [0.08, 0, 0, 0].map((drift, i) => noise(`normal ${i}`, 800, drift));
    const t = (r: Float64Array): number => (Math.sqrt(r.length) * mean([...r])) / std([...r], 0);
    const alone = 1 - normalCdf(t(trials[0]));
    const common = { seed: 5, block: 1, draws: 4000 };
    for (const test of [realityCheck, spa]) {
      expect(Math.abs(test({ ...common, trials: trials.slice(0, 1) }).p - alone)).toBeLessThan(0.02);
      const best = 1 - normalCdf(Math.max(...trials.map(t)));
      expect(Math.abs(test({ ...common, trials }).p - (1 - (1 - best) ** 4))).toBeLessThan(0.03);
    }
  });
});

describe('Sharpe inference', () => {
  it('has population moments, the sample deviation and the first autocorrelation', () => {
    const r = noise(3, 50, 0.3, 0.4);
    const x = [...r];
    const centre = mean(x);
    const moment = (k: number): number => mean(x.map((v) => (v - centre) ** k));
    const found = sharpeStatistics(r)!;
    expect(found.sharpe).toBeCloseTo(centre / std(x, 1), 12);
    expect(found.skewness).toBeCloseTo(moment(3) / moment(2) ** 1.5, 12);
    expect(found.kurtosis).toBeCloseTo(moment(4) / moment(2) ** 2, 12);
    const lagged = sum(x.slice(1).map((v, t) => (v - centre) * (x[t] - centre)));
    expect(found.autocorrelation).toBeCloseTo(lagged / (50 * moment(2)), 12);
  });

  it('by the formula of 2026 gives the worked values for T = 24, skewness -2.448, kurtosis 10.164', () => {
    const fund = { sharpe: 0.036 / 0.079, observations: 24, skewness: -2.448, kurtosis: 10.164 };
    // by hand: z = 0.455696 sqrt(24) = 2.2324, and 0.355696 sqrt(24 / 1.26771) = 1.5476
    expect(probabilisticSharpe(fund, 0, '2026')).toBeCloseTo(0.9872, 4);
    expect(probabilisticSharpe(fund, 0.1, '2026')).toBeCloseTo(0.9391, 4);
  });

  it('by the formula of 2026 has the spread that estimates of a persistent series show', () => {
    const [runs, n, phi] = [600, 250, 0.4];
    const scale = Math.sqrt(1 - phi * phi);
    for (const sharpe of [0, 0.3]) {
      const estimates = Array.from({ length: runs }, (_, i) => {
        const x = [...noise(`ar ${sharpe} ${i}`, n, sharpe / scale, phi)];
        return mean(x) / Math.sqrt(variance(x, 1));
      });
      const spread = Math.sqrt(variance(estimates, 1));
      // PSR one standard error above its benchmark is Phi(1): solve for the standard error
      const statistics = { observations: n, skewness: 0, kurtosis: 3, autocorrelation: phi };
      const above = probabilisticSharpe({ ...statistics, sharpe: sharpe + spread }, sharpe, '2026')!;
      expect(Math.abs(above - normalCdf(1))).toBeLessThan(0.03);
    }
  });
});

describe('benchmark p and effective trials', () => {
  it('have the t-values of their sandwich formulas', () => {
    const n = 21 * 12 + 5;
    const b = noise('market', n, 0.05);
    const r = noise('own', n, 0.1).map((x, t) => x + 0.4 * b[t]);
    const openTimeMs = b.map((_, t) => t);
    const trials = [{ openTimeMs, returns: r, benchmark: { openTimeMs, returns: b } }];
    const found = benchmarkP({ trials, candidate: 0, periodsPerYear: 252, draws: 10, seed: 1 });
    const [x, y] = [[...b], [...r]];
    const centred = x.map((v) => v - mean(x));
    const beta = sum(centred.map((v, t) => v * y[t])) / sum(centred.map((v) => v * v));
    const alpha = mean(y) - beta * mean(x);
    const u = y.map((v, t) => v - alpha - beta * x[t]);
    const psi = u.map((v, t) => v * (1 - (mean(x) * centred[t]) / variance(x, 0)));
    const blocks = Array.from({ length: 12 }, (_, k) => sum(psi.slice(21 * k, 21 * (k + 1))));
    expect(found.t!.raw.iid).toBeCloseTo((alpha * n) / Math.sqrt(sum(u.map((v) => v * v))), 9);
    const blockT = (alpha * n) / Math.sqrt(sum(blocks.map((s) => s * s)));
    expect(normalCdf(found.t!.raw.block)).toBeCloseTo(1 - studentTail(blockT, 11), 12);
    expect(found.trackingError).toBeCloseTo(Math.sqrt(mean(u.map((v) => v * v)) * 252), 12);
  });

  it('adjust by the mean of all pairwise correlations', () => {
    const trials = Array.from({ length: 6 }, (_, i) => noise(`pair ${i}`, 80).map((x, t) => x + 0.004 * Math.sin(t)));
    const rows = trials.map((r) => [...r].map((v) => (v - mean([...r])) / std([...r], 0)));
    const pairs = rows.flatMap((a, i) => rows.slice(0, i).map((c) => mean(a.map((v, t) => v * c[t]))));
    const rho = mean(pairs);
    const found = effectiveTrials(trials);
    expect(found.meanCorrelation).toBeCloseTo(rho, 12);
    expect(found.correlationAdjusted).toBeCloseTo(rho + (1 - rho) * 6, 10);
    const withFlat = effectiveTrials([...trials, new Float64Array(80)]);
    expect(withFlat.correlationAdjusted).toBeCloseTo(rho + (1 - rho) * 6 + 1, 10);
  });
});
