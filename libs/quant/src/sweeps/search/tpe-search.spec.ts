import type { CellGrid } from '../analysis/cell-grid';
import type { CellSearchOptions } from './cell-search';
import { createCellSearch } from './create-cell-search';

/** The paper's density on 0..size-1, integrated numerically. */
function mixture(size: number, observed: number[]): (index: number) => number {
  const ends = [-0.5, ...[...observed].sort((a, b) => a - b), size - 0.5];
  const kernels = ends.slice(1, -1).map((centre, k) => {
    const gap = Math.max(centre - ends[k], ends[k + 2] - centre, size / (1 + observed.length), 0.5);
    return { centre, width: Math.min(gap, size) };
  });
  const mass = (centre: number, width: number, from: number, to: number): number => {
    const step = (to - from) / 400;
    let sum = 0;
    for (let x = from + step / 2; x < to; x += step) sum += Math.exp(-(((x - centre) / width) ** 2) / 2) * step;
    return sum;
  };
  const whole = kernels.map(({ centre, width }) => mass(centre, width, -0.5, size - 0.5));
  return (index) =>
    kernels.reduce(
      (sum, { centre, width }, k) => sum + mass(centre, width, index - 0.5, index + 0.5) / whole[k],
      1 / size,
    ) /
    (1 + kernels.length);
}

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

  it('proposes, of the cells left, the one with the highest ratio of the densities integrated numerically', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const grid: CellGrid = { axes: [{ size: 24 }] };
      const metric = (x: number): number => -Math.abs(x - 9.5) - (x % 3);
      const search = createCellSearch(grid, { method: 'tpe', samples: 21, seed, batch: 1 });
      const seen = [...search.ask()];
      search.tell(Float64Array.from(seen, metric));
      const ranked = [...seen].sort((a, b) => metric(b) - metric(a) || seen.indexOf(a) - seen.indexOf(b));
      // 15 % of 20
      const [good, rest] = [ranked.slice(0, 3), ranked.slice(3)];
      const left = [...Array(24).keys()].filter((cell) => !seen.includes(cell));
      const ratio = (cell: number): number => mixture(24, good)(cell) / mixture(24, rest)(cell);
      expect([...search.ask()]).toEqual([left.reduce((a, b) => (ratio(b) > ratio(a) ? b : a))]);
    }
  });

  describe('over a parameter that only one choice opens', () => {
    /** Two choices; the first opens 24 values, the second has one cell, at value 0. */
    const branched: CellGrid = {
      axes: [
        { size: 2, kind: 'categorical' },
        { size: 24, when: { axis: 0, among: [0] } },
      ],
      positions: Uint32Array.from([...Array(25).keys()]),
    };

    it('estimates it from the cells in which it is open, by densities integrated numerically', () => {
      for (let seed = 1; seed <= 40; seed++) {
        // the closed choice is the best or the worst, so that it would pull the estimate towards 0 or away
        const closed = seed % 2 === 0 ? 5 : -50;
        const metric = (cell: number): number => (cell === 24 ? closed : -Math.abs(cell - 9.5) - (cell % 3));
        const search = createCellSearch(branched, { method: 'tpe', samples: 22, seed, batch: 1 });
        const seen = [...search.ask()];
        search.tell(Float64Array.from(seen, metric));
        if (!seen.includes(24)) continue;
        const ranked = [...seen].sort((a, b) => metric(b) - metric(a) || seen.indexOf(a) - seen.indexOf(b));
        const [good, rest] = [ranked.slice(0, 3), ranked.slice(3)];
        const open = (cells: number[]): number[] => cells.filter((cell) => cell < 24);
        const left = [...Array(24).keys()].filter((cell) => !seen.includes(cell));
        const ratio = (cell: number): number => mixture(24, open(good))(cell) / mixture(24, open(rest))(cell);
        expect([...search.ask()]).toEqual([left.reduce((a, b) => (ratio(b) > ratio(a) ? b : a))]);
      }
    });

    it('gives every cell once, and none in which it is closed and moved', () => {
      const search = createCellSearch(branched, { method: 'tpe', samples: 25, seed: 2 });
      const cells: number[] = [];
      for (let batch = search.ask(); batch.length > 0; batch = search.ask()) {
        cells.push(...batch);
        search.tell(Float64Array.from(batch, (cell) => Math.sin(cell)));
      }
      expect(cells.sort((a, b) => a - b)).toEqual([...Array(25).keys()]);
    });

    it('must be opened by an earlier one', () =>
      expect(() =>
        createCellSearch(
          { axes: [{ size: 2, when: { axis: 0, among: [0] } }] },
          { method: 'tpe', samples: 1, seed: 1 },
        ),
      ).toThrow('condition of axis 0 must be on an earlier axis, was 0'));
  });
});
