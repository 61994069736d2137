import { createRng } from '../random';
import { fitLogistic, predictLogistic } from '.';

const options = { l2: 0, maxIterations: 50, tolerance: 1e-10 };

function sample(n: number, seed: number): { rows: Float64Array; labels: Float64Array } {
  const rng = createRng(seed);
  const rows = new Float64Array(n * 2);
  const labels = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    rows[2 * i] = 100 + 20 * rng.normal();
    rows[2 * i + 1] = rng.normal() / 1000;
    const z = 0.5 + (rows[2 * i] - 100) / 20 - 800 * rows[2 * i + 1];
    labels[i] = rng.next() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
  }
  return { rows, labels };
}

describe('fitLogistic', () => {
  it('finds the maximum likelihood of a single binary feature in closed form', () => {
    // 3 of 4 ones where x = 1, 1 of 5 where x = 0
    const rows = Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0);
    const labels = Float64Array.of(1, 1, 1, 0, 1, 0, 0, 0, 0);
    const model = fitLogistic({ ...options, rows, labels, n: 9, k: 1 });
    expect(model.converged).toBe(true);
    expect(predictLogistic(model, [1])).toBeCloseTo(0.75, 9);
    expect(predictLogistic(model, [0])).toBeCloseTo(0.2, 9);
  });

  it('reaches a zero gradient of the penalised loss on standardised features', () => {
    const { rows, labels } = sample(500, 1);
    for (const l2 of [0, 3, 100]) {
      const model = fitLogistic({ ...options, rows, labels, n: 500, k: 2, l2 });
      const gradient = [-l2 * model.coefficients[0], -l2 * model.coefficients[1], 0];
      for (let i = 0; i < 500; i++) {
        const row = rows.subarray(2 * i, 2 * i + 2);
        const residual = labels[i] - predictLogistic(model, row);
        for (let j = 0; j < 2; j++) gradient[j] += (residual * (row[j] - model.means[j])) / model.scales[j];
        gradient[2] += residual;
      }
      for (const g of gradient) expect(Math.abs(g)).toBeLessThan(1e-7);
      expect(model.converged).toBe(true);
    }
  });

  it('recovers the generating coefficients in a large sample', () => {
    const { rows, labels } = sample(20_000, 2);
    const { coefficients, intercept } = fitLogistic({ ...options, rows, labels, n: 20_000, k: 2 });
    expect(coefficients[0]).toBeCloseTo(1, 1);
    expect(coefficients[1]).toBeCloseTo(-0.8, 1);
    expect(Math.abs(intercept - 0.5)).toBeLessThan(0.06);
  });

  it('does not depend on the units of a feature beyond rounding', () => {
    const { rows, labels } = sample(300, 3);
    const scaled = rows.map((value, i) => (i % 2 === 0 ? value * 1e6 - 7 : value));
    const a = fitLogistic({ ...options, rows, labels, n: 300, k: 2, l2: 1 });
    const b = fitLogistic({ ...options, rows: scaled, labels, n: 300, k: 2, l2: 1 });
    expect(b.coefficients[0]).toBeCloseTo(a.coefficients[0], 8);
  });

  it('gives a constant feature the coefficient 0', () => {
    const { rows, labels } = sample(200, 4);
    const withConstant = rows.map((value, i) => (i % 2 === 0 ? 0.1 : value));
    const model = fitLogistic({ ...options, rows: withConstant, labels, n: 200, k: 2 });
    expect(model.coefficients[0]).toBe(0);
    expect(model.scales[0]).toBe(1);
    expect(model.converged).toBe(true);
  });

  it('says so when separable data without penalty does not converge', () => {
    const base = {
      ...options,
      rows: Float64Array.of(1, 2, 3, 4),
      labels: Float64Array.of(0, 0, 1, 1),
      n: 4,
      k: 1,
      maxIterations: 8,
    };
    expect(fitLogistic(base)).toMatchObject({ converged: false, iterations: 8 });
    expect(fitLogistic({ ...base, l2: 0.1, maxIterations: 50 }).converged).toBe(true);
  });

  it.each([
    ['apart', [1, 2, 3, 4], [0, 0, 1, 1]],
    ['apart but for one value that both classes have', [1, 2, 2, 3, 4], [0, 0, 1, 1, 1]],
    ['apart, with thousandfold distances', [1e-3, 2e-3, 3, 4000], [0, 0, 1, 1]],
  ])('calls no minimum what is none, however long it searches: classes %s', (_name, rows, labels) => {
    const base = {
      ...options,
      rows: Float64Array.from(rows),
      labels: Float64Array.from(labels),
      n: rows.length,
      k: 1,
      l2: 0,
    };
    for (const maxIterations of [20, 100, 5000]) expect(fitLogistic({ ...base, maxIterations }).converged).toBe(false);
    expect(fitLogistic({ ...base, l2: 1e-6, maxIterations: 5000 }).converged).toBe(true);
  });

  it('has a minimum where two thousand rows are told apart and one is not', () => {
    const rows = Float64Array.from({ length: 2001 }, (_, i) => (i === 2000 ? 1500 : i - 1000));
    const labels = Float64Array.from(rows, (x, i) => (i === 2000 ? 0 : x > 0 ? 1 : 0));
    const fit = fitLogistic({ ...options, rows, labels, n: 2001, k: 1, l2: 0, maxIterations: 200 });
    expect(fit.converged).toBe(true);
  });

  it('gives the same bits every time', () => {
    const { rows, labels } = sample(400, 5);
    const fit = () => fitLogistic({ ...options, rows, labels, n: 400, k: 2, l2: 1 });
    expect(fit()).toEqual(fit());
  });

  it('predicts NaN from NaN and stays within [0, 1] far out', () => {
    const { rows, labels } = sample(300, 6);
    const model = fitLogistic({ ...options, rows, labels, n: 300, k: 2 });
    expect(predictLogistic(model, [NaN, 0])).toBeNaN();
    expect(predictLogistic(model, [1e9, 0])).toBe(1);
    expect(predictLogistic(model, [-1e9, 0])).toBe(0);
  });

  it.each([
    ['labels must be of both classes, was all 0', { labels: new Float64Array(4) }],
    ['labels[1] must be 0 or 1, was 2', { labels: Float64Array.of(0, 2, 1, 0) }],
    ['rows[2] must be finite, was NaN', { rows: Float64Array.of(1, 2, NaN, 4) }],
    ['rows.length must be n x k = 4, was 3', { rows: new Float64Array(3) }],
    ['l2 must be a number >= 0, was -1', { l2: -1 }],
  ])('refuses: %s', (message, change) => {
    const base = { ...options, rows: Float64Array.of(1, 2, 3, 4), labels: Float64Array.of(0, 1, 0, 1), n: 4, k: 1 };
    expect(() => fitLogistic({ ...base, ...change })).toThrow(message);
  });
});
