import { createRng } from '../random';
import { countMaxExceedances, pivotedCholesky } from './max-t';

const rng = createRng(7);

describe('pivotedCholesky', () => {
  it('reproduces the correlation and stops at its rank', () => {
    const correlation = Float64Array.of(1, 0.5, 1, 0.5, 1, 0.5, 1, 0.5, 1);
    const { loadings, rank } = pivotedCholesky(correlation, 3);
    expect(rank).toBe(2);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const product = loadings[i].reduce((sum, value, k) => sum + value * loadings[j][k], 0);
        expect(product).toBeCloseTo(correlation[i * 3 + j], 12);
      }
    }
  });
});

describe('countMaxExceedances', () => {
  it('draws from the loadings of the correlation where there are fewer trials than bars', () => {
    const rows = Array.from({ length: 21 }, () => Float64Array.from({ length: 50 }, () => rng.normal())).map((row) => {
      const size = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
      return row.map((x) => x / size);
    });
    // summed as the test does, even and odd bars apart: the first pivot is a tie but for the last bit
    const half = (a: Float64Array, b: Float64Array, odd: number): number => {
      let sum = 0;
      for (let t = odd; t < a.length; t += 2) sum += a[t] * b[t];
      return sum;
    };
    const correlation = Float64Array.from({ length: 21 * 21 }, (_, at) => {
      const [a, b] = [rows[Math.floor(at / 21)], rows[at % 21]];
      return half(a, b, 0) + half(a, b, 1);
    });
    const { loadings, rank } = pivotedCholesky(correlation, 21);
    expect(rank).toBe(21);
    for (let i = 0; i < 21; i++) {
      for (let j = 0; j < 21; j++) {
        const product = loadings[i].reduce((sum, value, k) => sum + value * loadings[j][k], 0);
        expect(product).toBeCloseTo(correlation[i * 21 + j], 12);
      }
    }
    const draws = createRng(5);
    let expected = 0;
    for (let d = 0; d < 300; d++) {
      const g = Float64Array.from({ length: 21 }, () => draws.normal());
      if (loadings.some((row) => row.reduce((sum, x, k) => sum + x * g[k], 0) >= 1.9)) expected += 1;
    }
    expect(countMaxExceedances(rows, 1.9, 300, 5)).toBe(expected);
    expect(expected).toBeGreaterThan(50);
  });
});
