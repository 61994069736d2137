import { createRng } from '../random';
import { realityCheck, spa, stepM } from '.';

const T = 600;
const noise = (seed: number, drift = 0, scale = 1): Float64Array => {
  const rng = createRng(`noise ${seed}`);
  return Float64Array.from({ length: T }, () => scale * (drift + rng.normal()));
};
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
