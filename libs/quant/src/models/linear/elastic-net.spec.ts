import fc from 'fast-check';
import { createRng } from '../../random';
import { fitLogistic, predictLogistic } from '..';
import { fitElasticNet } from './elastic-net';

const search = { maxIterations: 200, tolerance: 1e-10 };

function sample(
  n: number,
  k: number,
  seed: number,
): { rows: Float64Array; labels: Float64Array; n: number; k: number } {
  const rng = createRng(seed);
  const rows = Float64Array.from({ length: n * k }, (_, i) => rng.normal() * 10 ** (i % 3) - 2);
  // columns that say nearly the same
  for (let i = 0; i < n && k > 3; i++) rows[i * k + 3] = rows[i * k] + 0.01 * rng.normal();
  const labels = Float64Array.from({ length: n }, (_, i) =>
    i < 2 ? i : Number(rng.next() < 1 / (1 + Math.exp(-1.5 * (rows[i * k] + 2)))),
  );
  return { rows, labels, n, k };
}

/** Slopes of the summed log loss at a model, per standardised coefficient, the intercept last. */
function slopes(
  model: ReturnType<typeof fitElasticNet>,
  set: ReturnType<typeof sample>,
  weights?: Float64Array,
): number[] {
  const found = Array.from({ length: set.k + 1 }, () => 0);
  for (let i = 0; i < set.n; i++) {
    const row = set.rows.subarray(i * set.k, (i + 1) * set.k);
    const error = (weights?.[i] ?? 1) * (predictLogistic(model, row) - set.labels[i]);
    for (let j = 0; j < set.k; j++) found[j] += (error * (row[j] - model.means[j])) / model.scales[j];
    found[set.k] += error;
  }
  return found;
}

describe('fitElasticNet', () => {
  it('ends where no coefficient can be better: the Karush-Kuhn-Tucker conditions', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 10, max: 100 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(0.01, 0.3, 3, 30),
        fc.constantFrom(0, 0.3, 1),
        fc.boolean(),
        (seed, n, k, penalty, l1Ratio, isWeighted) => {
          const set = sample(n, k, seed);
          const weights = isWeighted ? set.labels.map((label) => 0.5 + label) : undefined;
          const model = fitElasticNet({ ...set, ...search, penalty, l1Ratio, weights });
          expect(model.converged).toBe(true);
          const slope = slopes(model, set, weights);
          expect(Math.abs(slope[k])).toBeLessThan(1e-6);
          model.coefficients.forEach((b, j) => {
            const all = slope[j] + penalty * (1 - l1Ratio) * b;
            if (b === 0) expect(Math.abs(all)).toBeLessThanOrEqual(penalty * l1Ratio + 1e-6);
            else expect(Math.abs(all + Math.sign(b) * penalty * l1Ratio)).toBeLessThan(1e-6);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is L2-regularised logistic regression without a part of L1', () => {
    const set = sample(200, 4, 3);
    const ours = fitElasticNet({ ...set, ...search, penalty: 2, l1Ratio: 0 });
    const newton = fitLogistic({ ...set, ...search, l2: 2 });
    ours.coefficients.forEach((b, j) => expect(b).toBeCloseTo(newton.coefficients[j], 8));
    expect(ours.intercept).toBeCloseTo(newton.intercept, 8);
  });

  it('drops every input from the penalty on that equals the largest slope, and one just below it', () => {
    const set = sample(200, 3, 4);
    const none = fitElasticNet({ ...set, ...search, penalty: 1e6, l1Ratio: 1 });
    expect([...none.coefficients]).toEqual([0, 0, 0]);
    const largest = Math.max(...slopes(none, set).map(Math.abs));
    const used = (penalty: number): number =>
      fitElasticNet({ ...set, ...search, penalty, l1Ratio: 1 }).coefficients.filter((b) => b !== 0).length;
    expect([used(largest * 1.0001), used(largest * 0.999)]).toEqual([0, 1]);
  });

  it('says when its steps were too few', () => {
    const set = sample(100, 3, 5);
    expect(fitElasticNet({ ...set, ...search, maxIterations: 1, penalty: 0.1, l1Ratio: 0.5 }).converged).toBe(false);
  });

  it.each([
    ['no penalty', { penalty: 0 }, 'penalty must be positive, was 0'],
    ['a part above 1', { l1Ratio: 1.5 }, 'l1Ratio must be from 0 to 1, was 1.5'],
    ['no steps', { maxIterations: 0 }, 'maxIterations must be an integer of at least 1, was 0'],
    ['no tolerance', { tolerance: 0 }, 'tolerance must be positive, was 0'],
  ])('refuses %s by name', (_, change, message) => {
    const set = sample(20, 1, 1);
    expect(() => fitElasticNet({ ...set, ...search, penalty: 1, l1Ratio: 0.5, ...change })).toThrow(message);
  });
});
