import { outcome } from '../../../testing/src/quant/hostile-series';
import { fitLogistic, predictLogistic } from '.';
import { solvePositiveDefinite } from './solve';

const base = { l2: 1, maxIterations: 50, tolerance: 1e-9 };
const labels = Float64Array.of(0, 1, 0, 1, 1, 0);
const columns: Record<string, number[]> = {
  'equal values': [2, 2, 2, 2, 2, 2],
  zeros: [0, 0, 0, 0, 0, 0],
  'tiny values': [1e-200, 2e-200, 3e-200, 4e-200, 5e-200, 6e-200],
  'values at the end of the number range': [1e308, -1e308, 1e308, 1e308, 1e308, -1e308],
  'one outlier': [1, 2, 3, 4, 5, 1e15],
  'the label itself': [...labels],
};

describe.each(Object.entries(columns))('logistic regression on %s', (_name, x) => {
  it('has finite coefficients and probabilities, or refuses by name', () => {
    const found = outcome(() => fitLogistic({ ...base, rows: Float64Array.from(x), labels, n: 6, k: 1 }));
    if ('refused' in found) {
      expect(found.refused).toContain('rows must be small enough');
      return;
    }
    const model = found.value as ReturnType<typeof fitLogistic>;
    expect(Number.isFinite(model.coefficients[0] + model.intercept + model.means[0] + model.scales[0])).toBe(true);
    for (const value of x) {
      const p = predictLogistic(model, [value]);
      expect(p > 0 && p < 1).toBe(true);
    }
  });
});

it.each([1e308, 1e200])(
  'rows of %d, whose squares leave the number range, are refused instead of called converged',
  (x) => {
    const rows = Float64Array.of(x, -x, x, x, x, -x);
    expect(outcome(() => fitLogistic({ ...base, rows, labels, n: 6, k: 1 }))).toHaveProperty('refused');
  },
);

it('two equal features share one coefficient by the penalty', () => {
  const x = [1, 2, 3, 4, 5, 2];
  const rows = Float64Array.from(x.flatMap((v) => [v, v]));
  const { coefficients } = fitLogistic({ ...base, rows, labels, n: 6, k: 2 });
  expect(coefficients[0]).toBeCloseTo(coefficients[1], 9);
  const [single] = fitLogistic({ ...base, l2: 0.5, rows: Float64Array.from(x), labels, n: 6, k: 1 }).coefficients;
  expect(coefficients[0] + coefficients[1]).toBeCloseTo(single, 6);
});

describe('solvePositiveDefinite', () => {
  it('solves what it is given', () => {
    const matrix = Float64Array.of(4, 0, 0, 2, 5, 0, 1, 3, 6);
    const x = solvePositiveDefinite(matrix, Float64Array.of(9, 22, 29), 3);
    const full = [
      [4, 2, 1],
      [2, 5, 3],
      [1, 3, 6],
    ];
    full.forEach((row, i) => expect(row.reduce((s, v, j) => s + v * x[j], 0)).toBeCloseTo([9, 22, 29][i], 12));
  });

  it('gives no step in a direction the matrix does not determine', () => {
    expect([...solvePositiveDefinite(Float64Array.of(2, 0, 2, 2), Float64Array.of(4, 4), 2)]).toEqual([2, 0]);
    expect([...solvePositiveDefinite(new Float64Array(4), Float64Array.of(1, 1), 2)]).toEqual([0, 0]);
  });
});
