import { createRng } from '../../random';
import { fitRidge, predictRidge } from '..';
import { linearScore } from './linear-model';

const [n, k] = [120, 3];
const rng = createRng(2);
const rows = Float64Array.from({ length: n * k }, (_, i) => rng.normal() * 10 ** (i % k) + 5);
const labels = Float64Array.from({ length: n }, (_, i) => Number(rows[i * k] - 5 + rng.normal() > 0.3));
const base = { rows, n, k, labels, l2: 3 };

describe('fitRidge', () => {
  it('leaves no slope of the penalised squared errors, weighted too', () => {
    for (const weights of [undefined, labels.map((label) => 1 + 2 * label)]) {
      const model = fitRidge({ ...base, weights });
      const slopes = [...model.coefficients].map((b) => base.l2 * b).concat(0);
      for (let i = 0; i < n; i++) {
        const row = rows.subarray(i * k, (i + 1) * k);
        const error = (weights?.[i] ?? 1) * (linearScore(model, row) - (2 * labels[i] - 1));
        for (let j = 0; j < k; j++) slopes[j] += (error * (row[j] - model.means[j])) / model.scales[j];
        slopes[k] += error;
      }
      for (const slope of slopes) expect(Math.abs(slope)).toBeLessThan(1e-9);
    }
  });

  it('is cut off at 0 and 1 and decides by the sign of the score', () => {
    const model = fitRidge(base);
    const cuts = new Set<number>();
    for (let x = -100; x <= 100; x++) {
      const p = predictRidge(model, [x, 10, 300]);
      expect(p > 0.5).toBe(linearScore(model, [x, 10, 300]) > 0);
      cuts.add(p);
    }
    expect([Math.min(...cuts), Math.max(...cuts)]).toEqual([0, 1]);
    expect(predictRidge(model, [1, NaN, 1])).toBeNaN();
  });

  it('gives 0 where a feature is constant or the rows leave a direction open', () => {
    const constant = rows.map((value, i) => (i % k === 1 ? 7 : value));
    expect(fitRidge({ ...base, rows: constant, l2: 0 }).coefficients[1]).toBe(0);
    const equal = rows.map((value, i) => (i % k === 1 ? rows[i - 1] : value));
    const { coefficients } = fitRidge({ ...base, rows: equal, l2: 0 });
    expect([...coefficients].every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['a negative penalty', { l2: -1 }, 'l2 must be a number >= 0, was -1'],
    ['a missing value', { rows: rows.map((x, i) => (i === 4 ? NaN : x)) }, 'rows[4] must be finite, was NaN'],
    ['values whose squares are no numbers', { rows: rows.map((x) => x * 1e300) }, 'rows must be small enough'],
  ])('refuses %s by name', (_, change, message) => {
    expect(() => fitRidge({ ...base, ...change })).toThrow(message);
  });
});
