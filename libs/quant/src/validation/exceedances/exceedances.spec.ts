import fc from 'fast-check';
import { createRng } from '../../random';
import { compiledProducts } from '../kernels/compiled-products';
import { raiseReached, type ExceedanceInput } from './exceedances';
import type { UnitRows } from './unit-rows';

const normals = (count: number, length: number, seed: number): Float64Array[] => {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length }, () => rng.normal()));
};
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, k) => sum + x * b[k], 0);
const unit = (row: Float64Array): Float64Array => row.map((x) => x / Math.sqrt(dot(row, row)));

const rowsOf = (rows: readonly Float64Array[], guarded = rows.length): UnitRows => ({
  ...{ count: rows.length, length: rows[0]?.length ?? 0, guarded },
  write: (row, into) => into.set(rows[row]),
  product: (row, draw) => dot(rows[row], draw),
});
const opened = (seed: number) => () => {
  const rng = createRng(seed);
  return (into: Float64Array) => void into.forEach((_, k) => (into[k] = rng.normal()));
};

/** Every draw against every row. */
function plainly(
  rows: readonly Float64Array[],
  guarded: number,
  low: number,
  high: number,
  draws: number,
  seed: number,
) {
  const rng = createRng(seed);
  return Uint8Array.from({ length: draws }, () => {
    const g = rows[0].map(() => rng.normal());
    const products = rows.map((row) => dot(row, g));
    return (products.slice(0, guarded).some((x) => x >= low) ? 1 : 0) + (products.some((x) => x >= high) ? 2 : 0);
  });
}

describe('what draws reach', () => {
  it('is found alike by the plain loop, in double and in screened 16-bit numbers, in one pass or in many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.nat(300),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 70 }),
        fc.double({ min: -2, max: 4, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.integer({ min: 1, max: 1e6 }),
        (m, first, length, draws, low, more, seed) => {
          const rows = normals(m, length, seed).map(unit);
          const guarded = Math.min(first, m);
          const expected = plainly(rows, guarded, low, low + more, draws, seed);
          const input = { rows: rowsOf(rows, guarded), low, high: low + more, open: opened(seed) };
          for (const kernel of ['plain', 'double', 'screened', 'auto'] as const) {
            for (const rowBytes of [undefined, 1]) {
              const reached = new Uint8Array(draws);
              raiseReached({ ...input, reached, kernel, rowBytes });
              expect(reached).toEqual(expected);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is decided by double precision where 16 bits cannot tell', () => {
    const [row] = normals(1, 500, 5).map(unit);
    const draw = opened(9)();
    const products = Array.from({ length: 64 }, () => {
      const g = new Float64Array(500);
      draw(g);
      return dot(row, g);
    });
    const up = (x: number): number => x + Math.abs(x) * Number.EPSILON;
    for (const at of [3, 17, 40, 63]) {
      for (const threshold of [products[at], up(products[at])]) {
        const reached = new Uint8Array(64);
        const input = { rows: rowsOf([row]), low: threshold, high: threshold, reached, open: opened(9) };
        raiseReached({ ...input, kernel: 'screened' });
        expect([...reached]).toEqual(products.map((x) => (x >= threshold ? 3 : 0)));
      }
    }
  });

  it('keeps what was reached before', () => {
    const reached = Uint8Array.of(3, 0, 1);
    raiseReached({ rows: rowsOf(normals(2, 3, 1).map(unit)), low: 50, high: 60, reached, open: opened(1) });
    expect([...reached]).toEqual([3, 0, 1]);
  });

  it('is found compiled here, so that the comparison means something', () => {
    expect(compiledProducts(1)).not.toBeNull();
  });

  it('tells its progress, and reaches no threshold that is no number', () => {
    const seen: number[] = [];
    const base = { rows: rowsOf(normals(3, 4, 1).map(unit)), open: opened(1) };
    const of = (more: Partial<ExceedanceInput>): number => {
      const reached = new Uint8Array(70);
      raiseReached({ ...base, low: 1, high: 1, reached, onProgress: (f) => seen.push(f), ...more });
      return reached.filter((x) => x > 0).length;
    };
    expect(of({})).toBeGreaterThan(0);
    expect(seen).toEqual([64 / 70, 1]);
    expect(of({ low: NaN, high: NaN })).toBe(0);
    expect(of({ rows: rowsOf([]) })).toBe(0);
  });
});
