import type { SweepGrid } from '@assay/pipeline';
import { beginSearch, directionOf, rankedRows } from './sweep-search';

const SIZES = [30, 20] as const;
const positionsOf = (cell: number): number[] => [Math.floor(cell / SIZES[1]), cell % SIZES[1]];
const grid: SweepGrid = {
  params: SIZES.map((size, p) => ({ path: `p${p}`, values: Array.from({ length: size }, (_, i) => i) })),
  size: SIZES[0] * SIZES[1],
  positionsOf,
  valuesOf: positionsOf,
};
const figure = (cell: number): number => {
  const [a, b] = positionsOf(cell) as [number, number];
  return -((a - 21) ** 2) - (b - 4) ** 2;
};
const tpe = { method: 'tpe', samples: 150, seed: 9 } as const;

/** All cells that a search tries, evaluated batch by batch, each batch by a search of its own if `forget`. */
function tried(search: typeof tpe, forget: boolean): number[] {
  const cells: number[] = [];
  let running = beginSearch(search, 'sharpe', grid);
  for (;;) {
    if (forget) running = beginSearch(search, 'sharpe', grid);
    const next = running.next(Float64Array.from(cells, figure));
    if (next.length === 0) return cells;
    cells.push(...next);
  }
}

it.each([
  ['sharpe', 'highest'],
  ['plateau', 'highest'],
  ['max_drawdown', 'lowest'],
  ['calmar_ratio', 'highest'],
  ['ulcer_index', 'lowest'],
] as const)('of the best by %s looks for the %s', (by, direction) => {
  expect(directionOf(by)).toBe(direction);
});

describe('a search that is resumed', () => {
  it('tries the same cells whether it is kept or replayed each time, none twice', () => {
    const kept = tried(tpe, false);
    expect(tried(tpe, true)).toEqual(kept);
    expect(new Set(kept).size).toBe(150);
  });

  it('answers the same batch again until its values are known', () => {
    const running = beginSearch(tpe, 'sharpe', grid);
    const first = running.next(new Float64Array(0));
    expect(running.next(new Float64Array(0))).toEqual(first);
    expect(running.values).toBe(0);
  });

  it('gives a batch in rounds, the same cells in the end', () => {
    const cells: number[] = [];
    const running = beginSearch(tpe, 'sharpe', grid);
    const sizes: number[] = [];
    for (let next = running.next(new Float64Array(0), 7); next.length > 0;) {
      cells.push(...next);
      sizes.push(next.length);
      next = running.next(Float64Array.from(cells, figure), 7);
    }
    expect(cells).toEqual(tried(tpe, false));
    expect(sizes.slice(0, 5)).toEqual([7, 7, 6, 7, 1]);
  });

  it('finds the best cell of a smooth figure', () => {
    const cells = tried(tpe, false);
    expect(cells[rankedRows(Float64Array.from(cells, figure), 1)[0]!]).toBe(21 * SIZES[1] + 4);
  });

  it('leaves out cells that do not exist', () => {
    // every third cell of the product
    const part: SweepGrid = {
      ...grid,
      size: 200,
      positionsOf: (cell) => positionsOf(cell * 3),
      valuesOf: (cell) => positionsOf(cell * 3),
    };
    const cells = beginSearch({ method: 'random', samples: 200, seed: 1 }, 'sharpe', part).next(new Float64Array(0));
    expect([...cells].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, cell) => cell));
  });
});

describe('ranked rows', () => {
  it('are best first, without the undefined, ties in their order', () => {
    expect(rankedRows(Float64Array.of(1, NaN, 3, 3, 2), 3)).toEqual([2, 3, 4]);
    expect(rankedRows(Float64Array.of(1, NaN, 3), 3, 'lowest')).toEqual([0, 2]);
    expect(rankedRows(new Float64Array(0), 3)).toEqual([]);
  });

  it('hold the smallest drawdown for the best', () => {
    expect(directionOf('max_drawdown')).toBe('lowest');
    expect(directionOf('plateau')).toBe('highest');
  });
});
