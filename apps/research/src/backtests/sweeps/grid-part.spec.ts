import type { StrategyDocument, SweepConstraint } from '@assay/contracts';
import { gridOf, planSweep } from '@assay/pipeline';
import fc from 'fast-check';
import { gridPart } from './grid-part';

const document = { a: 1, b: 2, mode: 'x' } as unknown as StrategyDocument;

describe('a part of a grid', () => {
  it('has the values of its cells, whatever the grid, its constraints and the cells', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 });
    const texts = fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 });
    const constraints = fc.constantFrom<SweepConstraint[]>(
      [],
      [{ left: 'a', op: '<', right: 'b' }],
      [{ left: 'a', op: '!=', right: 3 }],
    );
    fc.assert(
      fc.property(
        numbers,
        texts,
        numbers,
        constraints,
        fc.array(fc.nat(), { maxLength: 20 }),
        (a, mode, b, such, picks) => {
          const params = [
            { path: 'a', values: a },
            { path: 'mode', values: mode },
            { path: 'b', values: b },
          ];
          const grid = gridOf(planSweep(document, params, such));
          fc.pre(grid.size > 0);
          const cells = Uint32Array.from(picks, (pick) => pick % grid.size);
          const part = gridPart(grid, cells);
          const again = gridOf({ params: part.params, existing: null });
          expect(part.cells.map((cell) => again.valuesOf(cell))).toEqual(
            Array.from(cells, (cell) => grid.valuesOf(cell)),
          );
          for (const { values } of part.params) expect(values.length).toBeLessThanOrEqual(cells.length);
        },
      ),
    );
  });

  it('of one cell is one value per parameter, however large the grid', () => {
    const values = Array.from({ length: 5_000 }, (_, i) => i / 7);
    const grid = gridOf(
      planSweep(document, [
        { path: 'b', values: [5, 6] },
        { path: 'a', values },
      ]),
    );
    expect(gridPart(grid, Uint32Array.of(9_999))).toEqual({
      params: [
        { path: 'b', values: [6] },
        { path: 'a', values: [4_999 / 7] },
      ],
      cells: [0],
    });
  });
});
