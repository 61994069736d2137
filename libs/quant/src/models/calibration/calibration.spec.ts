import { createRng } from '../../random';
import { fitIsotonic, fitPlatt, isotonicChance, plattChance } from '..';

/** Chances to two decimals with labels that they tell too timidly; stated so that other implementations can read them. */
const rng = createRng('calibration');
const chances = Float64Array.from({ length: 80 }, () => Number((0.2 + 0.6 * rng.next()).toFixed(2)));
const labels = chances.map((p) => Number(rng.next() < 1 / (1 + Math.exp(-8 * (p - 0.5)))));
const weights = chances.map((_, i) => 1 + (i % 3));

/** Least squares over rising curves by its definition: the largest mean from any start, of the smallest to any end. */
function minMax(at: number): number {
  const points = [...new Set(chances)].sort((a, b) => a - b);
  const mean = (from: number, to: number): number => {
    let [sum, all] = [0, 0];
    chances.forEach((p, i) => {
      if (p < points[from] || p > points[to]) return;
      sum += weights[i] * labels[i];
      all += weights[i];
    });
    return sum / all;
  };
  const here = points.indexOf(at);
  const froms = Array.from({ length: here + 1 }, (_, from) => {
    let least = Infinity;
    for (let to = here; to < points.length; to++) least = Math.min(least, mean(from, to));
    return least;
  });
  return Math.max(...froms);
}

describe('isotonic calibration', () => {
  const curve = fitIsotonic(chances, labels, weights);

  it('is the min-max of means at every chance it has seen', () => {
    for (const p of new Set(chances)) expect(isotonicChance(curve, p)).toBeCloseTo(minMax(p), 12);
  });

  it('is straight in between, level outside, and says nothing of what is missing', () => {
    const { inputs, outputs } = fitIsotonic(Float64Array.of(0.2, 0.4), Float64Array.of(0, 1));
    expect([0, 0.25, 0.9, NaN].map((p) => isotonicChance({ inputs, outputs }, p))).toEqual([
      0,
      expect.closeTo(0.25, 12),
      1,
      NaN,
    ]);
  });
});

describe('Platt calibration', () => {
  const loss = (slope: number, intercept: number): number => {
    let [ones, zeros] = [0, 0];
    labels.forEach((label, i) => (label === 1 ? (ones += weights[i]) : (zeros += weights[i])));
    let sum = 0;
    chances.forEach((p, i) => {
      const target = labels[i] === 1 ? (ones + 1) / (ones + 2) : 1 / (zeros + 2);
      const said = 1 / (1 + Math.exp(-(slope * Math.log(p / (1 - p)) + intercept)));
      sum -= weights[i] * (target * Math.log(said) + (1 - target) * Math.log(1 - said));
    });
    return sum;
  };

  it('has no slope to either side and is the least of its neighbourhood', () => {
    const { slope, intercept } = fitPlatt(chances, labels, weights);
    expect(slope).toBeGreaterThan(1);
    const step = 1e-4;
    expect((loss(slope + step, intercept) - loss(slope - step, intercept)) / step).toBeCloseTo(0, 5);
    expect((loss(slope, intercept + step) - loss(slope, intercept - step)) / step).toBeCloseTo(0, 5);
    for (const [a, b] of [
      [0.1, 0],
      [-0.1, 0],
      [0, 0.1],
      [0, -0.1],
    ])
      expect(loss(slope + a, intercept + b)).toBeGreaterThan(loss(slope, intercept));
  });

  it('has a minimum where the labels are separable, and where all chances are one', () => {
    const sure = fitPlatt(Float64Array.of(0, 0, 1, 1), Float64Array.of(0, 0, 1, 1));
    expect(plattChance(sure, 1)).toBeCloseTo(0.75, 6);
    const level = fitPlatt(Float64Array.of(0.3, 0.3, 0.3), Float64Array.of(0, 1, 1));
    expect(plattChance(level, 0.3)).toBeCloseTo((2 * (3 / 4) + 1 / 3) / 3, 6);
    expect(plattChance(level, NaN)).toBeNaN();
  });
});
