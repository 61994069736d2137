import { createRng } from '../random';
import { politisWhite, realityCheck, spa, stationaryBootstrap, stepM } from '.';

const T = 600;
const noise = (seed: number, drift = 0, scale = 1): Float64Array => {
  const rng = createRng(`noise ${seed}`);
  return Float64Array.from({ length: T }, () => scale * (drift + rng.normal()));
};
const persistent = (phi: number, n: number, seed = 1): Float64Array => {
  const rng = createRng(seed);
  let state = 0;
  return Float64Array.from({ length: n }, () => (state = phi * state + rng.normal()));
};

describe('politisWhite', () => {
  it('meets the optimal block length of an AR(1), ((2 phi / (1 - phi^2))^2 n)^(1/3)', () => {
    const n = 10_000;
    for (const phi of [0.3, 0.6]) {
      const optimal = (((2 * phi) / (1 - phi * phi)) ** 2 * n) ** (1 / 3);
      const found = [1, 2, 3, 4, 5].map((seed) => politisWhite(persistent(phi, n, seed)));
      const average = found.reduce((a, b) => a + b, 0) / found.length;
      expect(Math.abs(average / optimal - 1)).toBeLessThan(0.25);
    }
  });

  it('stays within its bounds and gives 1 for constants and stubs', () => {
    const block = politisWhite(persistent(0.99, 400));
    expect(block).toBeGreaterThan(20);
    expect(block).toBeLessThanOrEqual(60);
    expect(politisWhite(new Float64Array(100))).toBe(1);
    expect(politisWhite(Float64Array.of(1, 2, 3))).toBe(1);
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

const skilled = noise(1, 0.2);
const luckless = Array.from({ length: 9 }, (_, i) => noise(10 + i));

describe('Reality Check, SPA and StepM', () => {
  it('find the one trial with a real mean among noise', () => {
    const trials = [...luckless.slice(0, 4), skilled, ...luckless.slice(4)];
    expect(realityCheck({ trials, seed: 1 })).toMatchObject({ best: 4, p: expect.closeTo(0.001, 2) });
    expect(spa({ trials, seed: 1 }).p).toBeLessThan(0.01);
    expect(stepM({ trials, seed: 1 }).rejected).toEqual([4]);
  });

  it('do not reject noise', () => {
    expect(realityCheck({ trials: luckless, seed: 1 }).p).toBeGreaterThan(0.05);
    expect(spa({ trials: luckless, seed: 1 }).p).toBeGreaterThan(0.05);
    expect(stepM({ trials: luckless, seed: 1 }).rejected).toEqual([]);
  });

  it('reject noise about as often as the level says', () => {
    let rejections = 0;
    for (let run = 0; run < 100; run++) {
      const trials = [0, 1, 2].map((i) => noise(1000 + run * 3 + i));
      if (spa({ trials, seed: run, draws: 100, block: 1 }).p <= 0.1) rejections += 1;
    }
    expect(rejections).toBeGreaterThan(2);
    expect(rejections).toBeLessThan(21);
  });

  it('keep the power of SPA when hopeless volatile trials are added, which cost the Reality Check its own', () => {
    const modest = noise(2, 0.1);
    const hopeless = Array.from({ length: 20 }, (_, i) => noise(50 + i, -2, 5));
    const trials = [modest, ...hopeless];
    const alone = spa({ trials: [modest], seed: 3, block: 1 }).p;
    const crowded = spa({ trials, seed: 3, block: 1 });
    expect(Math.abs(crowded.p - alone)).toBeLessThan(0.01);
    expect(crowded.lower).toBeLessThanOrEqual(crowded.p);
    expect(crowded.p).toBeLessThan(crowded.upper);
    expect(realityCheck({ trials, seed: 3, block: 1 }).p).toBeGreaterThan(crowded.p + 0.2);
  });

  it('find more in later steps of StepM than a single step would', () => {
    const trials = [noise(3, 1), ...Array.from({ length: 6 }, (_, i) => noise(70 + i, 0.15))];
    const { rejected } = stepM({ trials, seed: 1 }, 0.1);
    expect(rejected).toContain(0);
    expect(rejected.length).toBeGreaterThan(3);
  });

  it('test the difference to a benchmark and repeat exactly', () => {
    const shifted = skilled.map((value, t) => value + luckless[0][t]);
    const against = realityCheck({ trials: [shifted], benchmark: luckless[0], seed: 1, block: 3 });
    const plain = realityCheck({ trials: [skilled], seed: 1, block: 3 });
    expect(against.p).toBe(plain.p);
    expect(against.statistic).toBeCloseTo(plain.statistic, 9);
    expect(spa({ trials: luckless, seed: 8 })).toEqual(spa({ trials: luckless, seed: 8 }));
  });

  it('leave out flat trials and name bad input', () => {
    const flat = new Float64Array(T);
    expect(spa({ trials: [flat, luckless[0]], seed: 1, block: 2 }).p).toBe(
      spa({ trials: [luckless[0]], seed: 1, block: 2 }).p,
    );
    expect(stepM({ trials: [flat], seed: 1 }).rejected).toEqual([]);
    expect(spa({ trials: [flat], seed: 1 }).p).toBe(1);
    expect(() => spa({ trials: [], seed: 1 })).toThrow('trials.length must be at least 1, was 0');
    expect(() => spa({ trials: [flat, flat.slice(1)], seed: 1 })).toThrow(
      'trials[1].length must be 600 like the first trial, was 599',
    );
  });
});
