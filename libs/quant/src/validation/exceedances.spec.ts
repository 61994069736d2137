import fc from 'fast-check';
import { createRng } from '../random';
import { countExceedances, type ExceedanceInput } from './exceedances';
import { compiledProducts } from './kernels/compiled-products';

const normals = (count: number, length: number, seed: number): Float64Array[] => {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length }, () => rng.normal()));
};

/** Every draw against every row. */
function countAll({ rows, threshold, draws }: Omit<ExceedanceInput, 'rng'>, seed: number): number {
  const rng = createRng(seed);
  let count = 0;
  for (let d = 0; d < draws; d++) {
    const g = rows[0].map(() => rng.normal());
    const reached = rows.some((row) => row.reduce((sum, x, k) => sum + x * g[k], 0) >= threshold);
    if (reached) count += 1;
  }
  return count;
}

describe('exceedances', () => {
  it('are counted alike by the plain loop, in double and in screened single precision', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 70 }),
        fc.double({ min: -2, max: 4, noNaN: true }),
        fc.integer({ min: 1, max: 1e6 }),
        (m, length, draws, threshold, seed) => {
          const rows = normals(m, length, seed).map((row, i) => {
            const size = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
            // some rows end in zeros, as the loadings of a triangular factor do
            return row.map((x, k) => (i % 3 === 0 && k > i ? 0 : x / size));
          });
          const input = { rows, threshold, draws };
          const expected = countAll(input, seed);
          for (const kernel of ['plain', 'double', 'single', 'auto'] as const) {
            expect(countExceedances({ ...input, rng: createRng(seed), kernel })).toBe(expected);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are decided by double precision where single precision cannot tell', () => {
    const [row] = normals(1, 500, 5).map((x) => x.map((v) => v / 25));
    const rng = createRng(9);
    const products = Array.from({ length: 64 }, () => {
      let sum = 0;
      for (let k = 0; k < 500; k++) sum += row[k] * rng.normal();
      return sum;
    });
    const up = (x: number): number => x + Math.abs(x) * Number.EPSILON;
    for (const at of [3, 17, 40, 63]) {
      const reached = (threshold: number): number => products.filter((x) => x >= threshold).length;
      for (const threshold of [products[at], up(products[at])]) {
        const counted = countExceedances({ rows: [row], threshold, draws: 64, rng: createRng(9), kernel: 'single' });
        expect(counted).toBe(reached(threshold));
      }
      expect(reached(products[at])).toBe(reached(up(products[at])) + 1);
    }
  });

  it('run compiled here, so that the comparison means something', () => {
    expect(compiledProducts(1)).not.toBeNull();
  });

  it('tell their progress and count nothing against no threshold', () => {
    const seen: number[] = [];
    const input = { rows: normals(3, 4, 1), draws: 70, rng: createRng(1), onProgress: (f: number) => seen.push(f) };
    countExceedances({ ...input, threshold: 1 });
    expect(seen).toEqual([32 / 70, 64 / 70, 1]);
    expect(countExceedances({ ...input, threshold: NaN })).toBe(0);
    expect(countExceedances({ ...input, rows: [], threshold: 1 })).toBe(0);
  });
});
