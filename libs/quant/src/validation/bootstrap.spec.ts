import { createRng } from '../random';
import { blockResampler, politisWhite, stationaryBootstrap } from './bootstrap';

const persistent = (phi: number, n: number, seed = 1): Float64Array => {
  const rng = createRng(seed);
  let state = 0;
  return Float64Array.from({ length: n }, () => (state = phi * state + rng.normal()));
};

/** The length by the definition, for a given m: lags up to 2 m under the flat-top kernel. */
function lengthAt(series: Float64Array, m: number): number {
  const n = series.length;
  const mean = series.reduce((a, b) => a + b, 0) / n;
  const covariance = (k: number): number =>
    [...series.subarray(0, n - k)].reduce((sum, x, t) => sum + (x - mean) * (series[t + k] - mean), 0) / n;
  const lags = Array.from({ length: 4 * m + 1 }, (_, i) => i - 2 * m);
  const kernel = (k: number): number => Math.min(1, 2 * (1 - Math.abs(k) / (2 * m)));
  const [g0, big] = lags.reduce(
    ([spectrum, weighted], k) => {
      const part = kernel(k) * covariance(Math.abs(k));
      return [spectrum + part, weighted + Math.abs(k) * part];
    },
    [0, 0],
  );
  return ((2 * big ** 2) / (2 * g0 ** 2)) ** (1 / 3) * n ** (1 / 3);
}

describe('politisWhite', () => {
  it('looks at twice the last lag before five that are not significant, whatever comes after them', () => {
    const n = 600;
    const noise = persistent(0, n + 2, 9);
    // two lags, then nothing: m is 2
    const short = Float64Array.from({ length: n }, (_, t) => noise[t + 2] + 0.8 * noise[t + 1] + 0.6 * noise[t]);
    expect(politisWhite(short)).toBeCloseTo(lengthAt(short, 2), 9);
    // beside a season of 12 the lags 1 to 5 are quiet: m is 1 and not 12, as by the last significant lag
    const shift = persistent(0, n + 12, 3);
    const season = Float64Array.from({ length: n }, (_, t) => shift[t + 12] + 0.9 * shift[t]);
    expect(politisWhite(season)).toBeCloseTo(Math.max(1, lengthAt(season, 1)), 9);
    expect(lengthAt(season, 12)).toBeGreaterThan(2 * politisWhite(season));
  });

  it('meets the optimal block length of an AR(1), ((2 phi / (1 - phi^2))^2 n)^(1/3)', () => {
    const n = 10_000;
    for (const phi of [0.3, 0.6]) {
      const optimal = (((2 * phi) / (1 - phi * phi)) ** 2 * n) ** (1 / 3);
      const found = [1, 2, 3, 4, 5].map((seed) => politisWhite(persistent(phi, n, seed)));
      const average = found.reduce((a, b) => a + b, 0) / found.length;
      expect(Math.abs(average / optimal - 1)).toBeLessThan(0.25);
    }
  });

  it('is longer by the cube root of 3/2 for blocks of one length, (2 (phi / (1 - phi^2))^2 3 n)^(1/3) of an AR(1)', () => {
    const series = persistent(0.5, 5000);
    // 4/3 g(0)^2 stands where the stationary scheme has 2 g(0)^2
    expect(politisWhite(series, 'circular') / politisWhite(series)).toBeCloseTo((2 / (4 / 3)) ** (1 / 3), 12);
    const optimal = (6 * (0.5 / 0.75) ** 2 * 5000) ** (1 / 3);
    const found = [1, 2, 3, 4, 5].map((seed) => politisWhite(persistent(0.5, 5000, seed), 'circular'));
    expect(Math.abs(found.reduce((a, b) => a + b, 0) / found.length / optimal - 1)).toBeLessThan(0.25);
    expect(politisWhite(persistent(0.99, 400), 'circular')).toBeLessThanOrEqual(60);
  });

  it('stays within its bounds and gives 1 for constants and stubs', () => {
    const block = politisWhite(persistent(0.99, 400));
    expect(block).toBeGreaterThan(20);
    expect(block).toBeLessThanOrEqual(60);
    expect(politisWhite(new Float64Array(100))).toBe(1);
    expect(politisWhite(Float64Array.of(1, 2, 3))).toBe(1);
  });
});

describe('blocks of one length', () => {
  it('are stretches of the series from random starts, which wrap around, the last cut off', () => {
    const [n, length] = [23, 5];
    const indices = new Int32Array(n);
    const next = blockResampler('circular', 3, n, 5.4);
    const starts = new Set<number>();
    let wraps = 0;
    for (let b = 0; b < 2000; b++) {
      next(indices);
      for (let t = 0; t < n; t++) {
        if (t % length === 0) starts.add(indices[t]);
        else expect(indices[t]).toBe((indices[t - 1] + 1) % n);
        if (t % length > 0 && indices[t] === 0) wraps += 1;
      }
    }
    expect(starts.size).toBe(n);
    expect(wraps).toBeGreaterThan(0);
  });

  it.each([
    [0, 2, 'n must be an integer of at least 1, was 0'],
    [5, 0.5, 'block must be a number of at least 1, was 0.5'],
  ])('of %d bars by %d are refused', (n, block, message) => {
    for (const scheme of ['circular', 'stationary'] as const)
      expect(() => blockResampler(scheme, 1, n, block)).toThrow(message);
  });
});

describe('stationaryBootstrap', () => {
  it('is a pure function of seed, n, block and draws', () => {
    expect(stationaryBootstrap(4, 50, 5, 20)).toEqual(stationaryBootstrap(4, 50, 5, 20));
    expect(stationaryBootstrap(5, 50, 5, 20)).not.toEqual(stationaryBootstrap(4, 50, 5, 20));
  });

  it('runs through blocks of the mean length, wraps around, and visits all bars alike', () => {
    const n = 40;
    const draws = 3000;
    const indices = stationaryBootstrap(9, n, 8, draws);
    const visits = new Float64Array(n);
    let steps = 0;
    let wraps = 0;
    indices.forEach((at, i) => {
      visits[at] += 1;
      if (i % n > 0 && at === (indices[i - 1] + 1) % n) {
        steps += 1;
        if (at === 0) wraps += 1;
      }
    });
    // a step happens without a new block, or by chance with one
    expect(steps / (draws * (n - 1))).toBeCloseTo(7 / 8 + 1 / 8 / n, 2);
    expect(wraps).toBeGreaterThan(0);
    for (const count of visits) expect(Math.abs(count / draws - 1)).toBeLessThan(0.1);
  });

  it('draws each bar anew when the mean block is 1 and refuses less', () => {
    expect(stationaryBootstrap(1, 1, 1, 3)).toEqual(Int32Array.of(0, 0, 0));
    expect(() => stationaryBootstrap(1, 10, 0.5, 1)).toThrow('block must be a number of at least 1, was 0.5');
  });
});
