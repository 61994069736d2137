import fc from 'fast-check';
import { createRng } from '../random';
import { dotProducts, TILE_COLUMNS } from './dot-products';

const series = (count: number, length: number, seed: number): Float64Array[] => {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length }, () => rng.normal() * 10 ** rng.int(6)));
};

describe('dot products', () => {
  it('have the bits of the plain loop for any number and length of rows and columns', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: TILE_COLUMNS }),
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.nat(),
        (m, count, length, seed, start) => {
          const rows = series(m, length, seed);
          const columns = series(count, length, seed + 1);
          const from = start % m;
          const expected = new Float64Array(count * m).fill(-1);
          columns.forEach((column, c) => {
            for (let r = from; r < m; r++) {
              let sum = 0;
              for (let t = 0; t < length; t++) sum += rows[r][t] * column[t];
              expected[c * m + r] = sum;
            }
          });
          for (const kernel of ['compiled', 'plain'] as const) {
            const out = new Float64Array(count * m).fill(-1);
            dotProducts(rows, kernel).times(columns, out, from);
            expect(out).toEqual(expected);
          }
        },
      ),
    );
  });
});
