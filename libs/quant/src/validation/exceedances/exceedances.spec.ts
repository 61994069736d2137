import fc from 'fast-check';
import { createRng } from '../../random';
import { compiledProducts } from '../kernels/compiled-products';
import { raiseReached, type ExceedanceInput } from './exceedances';
import type { Companion, Companions, UnitRows } from './unit-rows';

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

/** Rows of which some have a companion beside them, over weights in levels; and the companions number by number. */
function withCompanions(rows: readonly Float64Array[], guarded: number, spread: number, seed: number) {
  const rng = createRng(seed);
  const { length } = rows[0];
  const weights = Float64Array.from({ length }, () => 50 * (1 + spread * rng.next()));
  const order = Int32Array.from(weights.keys()).sort((i, j) => weights[i] - weights[j]);
  const levels: Companions['levels'][number][] = [];
  for (let from = 0; from < length;) {
    const count = Math.min(length - from, 1 + rng.int(12));
    const ends = [weights[order[from]], weights[order[from + count - 1]]];
    levels.push({ count, weight: (ends[0] + ends[1]) / 2 });
    from += count;
  }
  const kinds = Array.from({ length: 3 }, () => normals(3, length, rng.int(1e6)).map(unit));
  const beside = rows.map((row, i): { companion: Companion; full: Float64Array } | null => {
    if (i >= guarded || rng.int(4) === 0) return null;
    const terms = Math.floor((3 * i) / rows.length);
    const factors = [rng.normal(), rng.normal(), rng.normal()].map((x) => 0.3 * x) as [number, number, number];
    const whole = row.map(
      (x, k) => (x * weights[k]) / 50 + factors.reduce((sum, factor, j) => sum + factor * kinds[terms][j][k], 0),
    );
    const size = Math.sqrt(dot(whole, whole));
    const scaled = factors.map((factor) => factor / size) as [number, number, number];
    return { companion: { gain: 1 / 50 / size, terms, factors: scaled }, full: whole.map((x) => x / size) };
  });
  const companions: Companions = {
    ...{ weights, order, levels },
    terms: kinds.map(() => [1, 1, 1] as const),
    writeSums: (draw, into) => kinds.flat().forEach((vector, i) => (into[i] = dot(vector, draw))),
    of: (row) => beside[row]?.companion ?? null,
    write: (row, into) => into.set(beside[row]!.full),
    product: (row, draw) => dot(beside[row]!.full, draw),
  };
  return { companions, full: beside.flatMap((one) => one?.full ?? []) };
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

  it('is found alike with companions, which are only near until they are computed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.nat(200),
        fc.integer({ min: 2, max: 90 }),
        fc.integer({ min: 1, max: 70 }),
        fc.constantFrom(0, 0.05, 0.5, 4),
        fc.double({ min: -1, max: 4, noNaN: true }),
        fc.double({ min: 0, max: 1.5, noNaN: true }),
        fc.integer({ min: 1, max: 1e6 }),
        (m, first, length, draws, spread, low, more, seed) => {
          const rows = normals(m, length, seed).map(unit);
          const guarded = Math.min(first, m);
          const { companions, full } = withCompanions(rows, guarded, spread, seed);
          const expected = plainly([...rows, ...full], guarded, low, low + more, draws, seed);
          const input = { rows: { ...rowsOf(rows, guarded), companions }, low, high: low + more, open: opened(seed) };
          for (const kernel of ['plain', 'double', 'screened', 'auto'] as const) {
            for (const rowBytes of [undefined, 1]) {
              const reached = new Uint8Array(draws);
              raiseReached({ ...input, reached, kernel, rowBytes });
              expect(reached).toEqual(expected);
            }
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it('is decided by the companion itself where it stands at the threshold', () => {
    const rows = normals(6, 300, 5).map(unit);
    const { companions } = withCompanions(rows, 6, 0.5, 3);
    const at = [0, 1, 2, 3, 4, 5].find((row) => companions.of(row) !== null)!;
    const draw = opened(9)();
    const products = Array.from({ length: 64 }, () => {
      const g = new Float64Array(300);
      draw(g);
      return { own: companions.product(at, g), all: rows.map((row) => dot(row, g)) };
    });
    const alone: Companions = { ...companions, of: (row) => (row === at ? companions.of(row) : null) };
    for (const { own } of [...products].sort((a, b) => b.own - a.own).slice(0, 12)) {
      for (const high of [own, own + Math.abs(own) * 2 * Number.EPSILON]) {
        const reached = new Uint8Array(64);
        const input = { rows: { ...rowsOf(rows), companions: alone }, low: high, high, reached, open: opened(9) };
        raiseReached({ ...input, kernel: 'screened' });
        const expected = products.map((one) => (one.all.some((x) => x >= high) ? 3 : one.own >= high ? 2 : 0));
        expect([...reached]).toEqual(expected);
      }
    }
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
