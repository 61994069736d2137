import { cellCount, type CellGrid } from '../analysis/cell-grid';
import type { CellSearchOptions } from './cell-search';
import { createCellSearch } from './create-cell-search';

type Metric = (coordinates: number[]) => number;

const coordinates = ({ axes, positions }: CellGrid, cell: number): number[] => {
  let rest = positions?.[cell] ?? cell;
  return axes
    .map(({ size }) => size)
    .reverse()
    .map((size) => {
      const index = rest % size;
      rest = Math.floor(rest / size);
      return index;
    })
    .reverse();
};

function best(grid: CellGrid, options: CellSearchOptions, metric: Metric): number {
  const search = createCellSearch(grid, options);
  let highest = -Infinity;
  for (let batch = search.ask(); batch.length > 0; batch = search.ask()) {
    const values = Float64Array.from(batch, (cell) => metric(coordinates(grid, cell)));
    for (const value of values) highest = Math.max(highest, value);
    search.tell(values);
  }
  return highest;
}

const meanOfSeeds = (value: (seed: number) => number): number => {
  let sum = 0;
  for (let seed = 1; seed <= 30; seed++) sum += value(seed);
  return sum / 30;
};

const hill: Metric = ([x, y]) => Math.exp(-((x - 37) ** 2) / 300 - (y - 12) ** 2 / 150);
const wide: CellGrid = { axes: [{ size: 60 }, { size: 60 }] };
const categories: CellGrid = { axes: [{ size: 40 }, { size: 8, kind: 'categorical' }, { size: 40 }] };
const liked = [0.1, 0.9, 0.2, 0.4, 0.05, 0.3, 0.6, 0.15];

describe('search by tpe', () => {
  it.each<[string, CellGrid, Metric]>([
    ['a smooth hill', wide, hill],
    [
      'a hill among the cells above the diagonal',
      {
        ...wide,
        positions: Uint32Array.from([...Array(3600).keys()].filter((p) => Math.floor(p / 60) < p % 60)),
      },
      ([x, y]) => hill([y, x]),
    ],
    ['a hill in one of eight categories', categories, ([x, c, y]) => liked[c] * hill([x, y])],
  ])('finds more than random search in 80 samples of %s, over 30 seeds', (_, grid, metric) => {
    const mean = (method: 'random' | 'tpe'): number =>
      meanOfSeeds((seed) => best(grid, { method, samples: 80, seed }, metric));
    expect(mean('tpe')).toBeGreaterThan(mean('random'));
  });
});
