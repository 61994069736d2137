import fc from 'fast-check';
import type { CellGrid } from './cell-grid';
import { plateauScores } from './plateau-scores';

/** Cell by cell, neighbour by neighbour, from the definition. */
function byDefinition(grid: CellGrid, metric: Float64Array, radius: number, lowest: boolean): number[] {
  const { axes } = grid;
  const better = lowest ? -1 : 1;
  const coordinates = (position: number): number[] =>
    axes.map((_, a) => Math.floor(position / axes.slice(a + 1).reduce((n, { size }) => n * size, 1)) % axes[a].size);
  const places = Array.from(metric, (_, cell) => coordinates(grid.positions?.[cell] ?? cell));
  const defined = [...metric.keys()].filter((cell) => !Number.isNaN(metric[cell]));
  const mean = (cells: number[]): number => cells.reduce((sum, cell) => sum + metric[cell], 0) / cells.length;
  const worse = (a: number, b: number): number => (better * a < better * b ? a : b);
  const full = axes.reduce((n, { size, kind }) => n * (kind === 'categorical' ? 1 : Math.min(2 * radius + 1, size)), 1);
  return places.map((place, cell) => {
    if (!defined.includes(cell)) return NaN;
    const near = defined.filter((other) =>
      axes.every(({ kind }, a) => Math.abs(places[other][a] - place[a]) <= (kind === 'categorical' ? 0 : radius)),
    );
    const others = near.filter((other) => other !== cell);
    const missing = worse(mean(defined), others.length > 0 ? mean(others) : mean(defined));
    const around = (near.reduce((sum, other) => sum + metric[other], 0) + (full - near.length) * missing) / full;
    return worse(metric[cell], around);
  });
}

const close = (actual: Float64Array, expected: number[]): void => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, cell) => {
    if (Number.isNaN(expected[cell])) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(expected[cell], 10);
  });
};

const square = (size: number, fill: number, changed: Record<number, number> = {}): Float64Array =>
  new Float64Array(size * size).map((_, cell) => changed[cell] ?? fill);
const five: CellGrid = { axes: [{ size: 5 }, { size: 5 }] };

describe('plateau score', () => {
  it('is the definition, for any axes, holes, radius and direction', () => {
    const axis = fc.record({
      size: fc.integer({ min: 1, max: 5 }),
      kind: fc.constantFrom('ordered' as const, 'categorical' as const),
    });
    const arbitrary = fc.array(axis, { minLength: 1, maxLength: 3 }).chain((axes) => {
      const product = axes.reduce((n, { size }) => n * size, 1);
      return fc.record({
        axes: fc.constant(axes),
        positions: fc.option(fc.subarray([...Array(product).keys()], { minLength: 1 }), { nil: null }),
        values: fc.array(fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -8, max: 8 }) }, fc.constant(NaN)), {
          minLength: product,
          maxLength: product,
        }),
      });
    });
    fc.assert(
      fc.property(
        arbitrary,
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        ({ axes, positions, values }, radius, lowest) => {
          const grid: CellGrid = positions === null ? { axes } : { axes, positions: Uint32Array.from(positions) };
          const metric = Float64Array.from(positions === null ? values : values.slice(0, positions.length));
          const direction = lowest ? 'lowest' : 'highest';
          close(plateauScores(grid, metric, { radius, direction }), byDefinition(grid, metric, radius, lowest));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps a ninth of the lead of a lonely peak, at the rim and in a corner as in the middle', () => {
    const lead = [12, 10, 2, 0, 24].map((cell) => plateauScores(five, square(5, 1, { [cell]: 10 }))[cell]);
    lead.forEach((score) => expect(score).toBeCloseTo(1 + 9 / 9, 12));
  });

  it('does not favour a peak at the rim of what is defined, even amid bad cells', () => {
    const bad = square(5, 3, { 0: 9, 1: -2, 5: -2, 6: -2 });
    // as if all eight neighbours were as bad as the three that exist
    expect(plateauScores(five, bad)[0]).toBeCloseTo((9 + 8 * -2) / 9, 12);
  });

  it('prefers a plateau to a higher lonely peak', () => {
    const plateau = Object.fromEntries([11, 12, 13, 16, 17, 18, 21, 22, 23].map((cell) => [cell, 1]));
    const scores = plateauScores(five, square(5, 0.2, { ...plateau, 4: 2 }));
    expect(scores[17]).toBeCloseTo(1, 12);
    expect(scores[4]).toBeLessThan(0.5);
  });

  it('gives a bad cell beside good ones no more than its own value', () => {
    expect(plateauScores(five, square(5, 1, { 12: -1 }))[12]).toBe(-1);
  });

  it('is the metric itself where all cells are alike, and where there is one cell', () => {
    close(plateauScores(five, square(5, 0.7)), Array<number>(25).fill(0.7));
    expect([...plateauScores({ axes: [{ size: 1 }, { size: 1 }] }, Float64Array.of(0.3))]).toEqual([0.3]);
  });

  it('is undefined where the metric is, and everywhere when nothing is defined', () => {
    expect([...plateauScores({ axes: [{ size: 3 }] }, Float64Array.of(NaN, NaN, NaN))]).toEqual([NaN, NaN, NaN]);
    expect([...plateauScores({ axes: [{ size: 2 }], positions: new Uint32Array(0) }, new Float64Array(0))]).toEqual([]);
  });

  it('refuses a radius and a metric that do not fit', () => {
    expect(() => plateauScores(five, square(5, 1), { radius: 0 })).toThrow(
      'radius must be an integer of at least 1, was 0',
    );
    expect(() => plateauScores(five, square(4, 1))).toThrow(
      'length of the metric must be the number of cells 25, was 16',
    );
  });
});
