import { cellCount, type CellGrid } from '../analysis/cell-grid';
import { createCellSearch } from './create-cell-search';
import type { CellSearchOptions } from './cell-search';

/** 24 x 24 without the cells on and below the diagonal. */
const triangle: CellGrid = {
  axes: [{ size: 24 }, { size: 24 }],
  positions: Uint32Array.from([...Array(576).keys()].filter((position) => Math.floor(position / 24) < position % 24)),
};
const mixed: CellGrid = { axes: [{ size: 7 }, { size: 3, kind: 'categorical' }, { size: 5 }] };

/** Runs a search to its end; batches in the order given. */
function run(grid: CellGrid, options: CellSearchOptions, metric: (cell: number) => number): Uint32Array[] {
  const search = createCellSearch(grid, options);
  const batches: Uint32Array[] = [];
  for (let batch = search.ask(); batch.length > 0; batch = search.ask()) {
    batches.push(batch);
    search.tell(Float64Array.from(batch, metric));
  }
  return batches;
}
const flat = (batches: Uint32Array[]): number[] => batches.flatMap((batch) => [...batch]);
const hilly = (cell: number): number => (cell % 11 === 0 ? NaN : Math.sin(cell / 9) + cell / 300);

describe.each(['random', 'tpe'] as const)('search by %s', (method) => {
  it.each([
    ['a triangle', triangle, 100],
    ['mixed axes', mixed, 60],
  ])('gives so many different cells of %s', (_, grid, samples) => {
    const cells = flat(run(grid, { method, samples, seed: 3 }, hilly));
    expect(cells).toHaveLength(samples);
    expect(new Set(cells).size).toBe(samples);
    expect(Math.max(...cells)).toBeLessThan(cellCount(grid));
  });

  it.each([
    ['a triangle', triangle],
    ['mixed axes', mixed],
  ])('gives every cell of %s when there are as many samples', (_, grid) => {
    const cells = flat(run(grid, { method, samples: cellCount(grid), seed: 1 }, hilly));
    expect(cells.sort((a, b) => a - b)).toEqual([...Array(cellCount(grid)).keys()]);
  });

  it('gives the same cells for the same seed, others for another', () => {
    const cells = (seed: number): number[] => flat(run(triangle, { method, samples: 70, seed }, hilly));
    expect(cells(4)).toEqual(cells(4));
    expect(cells(5)).not.toEqual(cells(4));
  });

  it('goes on when nothing is defined', () => {
    const cells = flat(run(mixed, { method, samples: 90, seed: 2 }, () => NaN));
    expect(new Set(cells).size).toBe(90);
  });

  it.each([
    [{ samples: 0 }, 'samples must be an integer from 1 to the number of cells 105, was 0'],
    [{ samples: 106 }, 'samples must be an integer from 1 to the number of cells 105, was 106'],
    [{ samples: 1.5 }, 'samples must be an integer from 1 to the number of cells 105, was 1.5'],
    [{ seed: NaN }, 'seed must be a finite number, was NaN'],
    [{ batch: 0 }, 'batch must be an integer of at least 1, was 0'],
    [{ method: 'grid' as 'random' }, 'method must be one of random, tpe, was grid'],
  ])('refuses %j', (wrong, message) =>
    expect(() => createCellSearch(mixed, { method, samples: 5, seed: 1, ...wrong })).toThrow(message),
  );

  it('refuses to be asked before it was told, and another number of values', () => {
    const search = createCellSearch(mixed, { method, samples: 40, seed: 1 });
    const { length } = search.ask();
    expect(() => search.ask()).toThrow(
      `values of the last batch must be told before the next is asked for, was ${length} missing`,
    );
    expect(() => search.tell(new Float64Array(3))).toThrow(
      `length of the values must be the last batch's ${length}, was 3`,
    );
  });
});

describe('random search', () => {
  it('gives every cell equally often', () => {
    const counts = new Float64Array(12);
    const grid: CellGrid = { axes: [{ size: 3 }, { size: 4 }] };
    for (let seed = 1; seed <= 6000; seed++)
      for (const cell of createCellSearch(grid, { method: 'random', samples: 5, seed }).ask()) counts[cell] += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 2500) ** 2 / 2500, 0);
    // the 99.9 % quantile of chi-square with 11 degrees of freedom
    expect(chiSquare).toBeLessThan(31.26);
  });

  it('takes a few of billions of cells', () => {
    const huge: CellGrid = { axes: [{ size: 2 ** 16 }, { size: 2 ** 16 }] };
    const cells = createCellSearch(huge, { method: 'random', samples: 1000, seed: 1 }).ask();
    expect(new Set(cells).size).toBe(1000);
    const mean = cells.reduce((sum, cell) => sum + cell / 1000, 0) / 2 ** 32;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
  });
});
