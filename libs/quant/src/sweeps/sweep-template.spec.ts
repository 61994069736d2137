import fc from 'fast-check';
import { createRng } from '../random';
import { concatColumns } from '../series';
import { shardCells, sweepTemplate, templateCells, templateTargets, TemplateTargets } from './index';
import type { SweepGrid, SweepOptions, SweepTemplate } from './index';

const templates: SweepTemplate[] = ['sma-cross', 'bollinger-hysteresis'];

/** A tick that no double holds makes means tie but for rounding; a negative one shakes the last bits of each price besides. */
function walk(seed: number, n: number, tick: number): Float64Array {
  const rng = createRng(seed);
  const size = Math.abs(tick);
  let price = 100;
  return Float64Array.from({ length: n }, () => {
    price = Math.max(price * (1 + 0.02 * rng.normal()), 5);
    const grid = size > 0 ? Math.max(Math.round(price / size) * size, size) : price;
    return tick < 0 ? grid * (1 + (rng.int(9) - 4) * 1e-15) : grid;
  });
}

const grids: Record<SweepTemplate, SweepGrid> = {
  'sma-cross': { first: Float64Array.of(1, 2, 3, 5, 9, 14), second: Float64Array.of(2, 4, 5, 9, 14, 30) },
  'bollinger-hysteresis': { first: Float64Array.of(2, 3, 8, 20), second: Float64Array.of(0, 0.5, 1, 1.7) },
};

/** Bar by bar: cash or units, a list of returns, the running peak. */
function simulate(closes: Float64Array, targets: Float64Array, feeBps: number, periodsPerYear: number) {
  const cost = feeBps / 10_000;
  let equity = 1;
  let held = 0;
  let peak = 1;
  let deepest = 0;
  const returns: number[] = [];
  for (let i = 0; i < closes.length; i++) {
    const before = equity;
    if (i > 0 && held === 1) equity *= closes[i] / closes[i - 1];
    if (targets[i] > held) equity /= 1 + cost;
    if (targets[i] < held) equity *= 1 - cost;
    held = targets[i];
    returns.push(equity / before - 1);
    peak = Math.max(peak, equity);
    deepest = Math.max(deepest, 1 - equity / peak);
  }
  const n = returns.length;
  const mean = returns.reduce((sum, r) => sum + r, 0) / n;
  const std = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (n - 1));
  return {
    totalReturn: equity - 1,
    // a spread that is rounding is none
    sharpe: std > 1e-12 ? (mean / std) * Math.sqrt(periodsPerYear) : NaN,
    maxDrawdown: deepest,
  };
}

const near = (actual: number, expected: number): void => {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expect(Math.abs(actual - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
};

function expectCells(template: SweepTemplate, closes: Float64Array, grid: SweepGrid, options: SweepOptions): void {
  const result = sweepTemplate(template, closes, grid, options);
  const cells = templateCells(template, grid);
  for (let cell = 0; cell < cells.first.length; cell++) {
    const targets = templateTargets(template, closes, cells.first[cell], cells.second[cell]);
    const expected = simulate(closes, targets, options.feeBps, options.periodsPerYear);
    near(result.totalReturn[cell], expected.totalReturn);
    near(result.sharpe[cell], expected.sharpe);
    near(result.maxDrawdown[cell], expected.maxDrawdown);
  }
}

describe.each(templates)('sweep %s', (template) => {
  it('every cell is the bar by bar simulation of its strategy', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 0, max: 300 }),
        fc.constantFrom(0, 0.5, 4, 0.1, 3.3, -3.3),
        fc.constantFrom(0, 5, 250),
        (seed, n, tick, feeBps) => {
          expectCells(template, walk(seed, n, tick), grids[template], { feeBps, periodsPerYear: 365 });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('carries open trades over block boundaries', () => {
    expectCells(template, walk(5, 4500, 0), grids[template], { feeBps: 5, periodsPerYear: 252 });
    const rising = Float64Array.from(
      { length: 4200 },
      (_, i) => 100 + 3 * Math.sin(i / 900) + (i < 20 ? -i : i - 40) / 50,
    );
    expectCells(template, rising, grids[template], { feeBps: 5, periodsPerYear: 252 });
  });

  it.each([0, 0.5, 3.3, -3.3, -200])(
    'carries trades and tied means over the cuts between segments, tick %p',
    (tick) => {
      expectCells(template, walk(8, 8300, tick), grids[template], { feeBps: 5, periodsPerYear: 252 });
    },
  );

  it('has the same bits in any shards', () => {
    const closes = walk(11, 700, 0.25);
    const grid = grids[template];
    const options = { feeBps: 5, periodsPerYear: 365 };
    const whole = sweepTemplate(template, closes, grid, options);
    for (const shards of [1, 2, 3, 7, 100]) {
      const ranges = shardCells(template, grid, shards);
      expect(ranges.length).toBeLessThanOrEqual(shards);
      const parts = ranges.map((cells) => sweepTemplate(template, closes, grid, { ...options, cells }));
      for (const column of ['totalReturn', 'sharpe', 'maxDrawdown'] as const)
        expect(concatColumns(parts.map((part) => part[column]))).toEqual(whole[column]);
    }
  });

  it.each([0, 3, 100])('has the targets of each cell alone when cells share up to %d columns', (columns) => {
    const closes = walk(5, 300, 0.25);
    const cells = templateCells(template, grids[template]);
    const shared = new TemplateTargets(template, closes, columns * (closes.byteLength + 1));
    // forwards and backwards, so that columns are asked for again long after
    const order = [...cells.first.keys()];
    for (const cell of [...order, ...order.reverse()]) {
      const [first, second] = [cells.first[cell], cells.second[cell]];
      expect(shared.of(first, second)).toEqual(templateTargets(template, closes, first, second));
    }
  });

  it('is flat on constant prices, one bar, and windows longer than the data', () => {
    for (const n of [1, 2, 40]) {
      const result = sweepTemplate(template, new Float64Array(n).fill(0.1), grids[template], {
        feeBps: 5,
        periodsPerYear: 365,
      });
      expect(result.totalReturn.every((x) => x === 0)).toBe(true);
      expect(result.sharpe.every(Number.isNaN)).toBe(true);
      expect(result.maxDrawdown.every((x) => x === 0)).toBe(true);
    }
  });

  it('refuses bad prices, costs, ranges and grids by name', () => {
    const grid = grids[template];
    const options = { feeBps: 5, periodsPerYear: 365 };
    const closes = walk(1, 10, 0);
    const names = template === 'sma-cross' ? ['fast', 'slow'] : ['window', 'threshold'];
    const bad = (x: number): Float64Array => closes.map((price, i) => (i === 3 ? x : price));
    for (const x of [NaN, 0, -1, Infinity])
      expect(() => sweepTemplate(template, bad(x), grid, options)).toThrow(
        `close must be a positive number, was ${x} at bar 3`,
      );
    expect(() => sweepTemplate(template, closes, grid, { ...options, feeBps: -1 })).toThrow('feeBps must be');
    expect(() => sweepTemplate(template, closes, grid, { ...options, periodsPerYear: 0 })).toThrow(
      'periodsPerYear must be',
    );
    expect(() => sweepTemplate(template, closes, grid, { ...options, cells: [0, 999] })).toThrow(
      'cells must be a range',
    );
    expect(() => templateCells(template, { ...grid, first: Float64Array.of(3, 3) })).toThrow(
      `${names[0]} must be strictly`,
    );
    expect(() => templateCells(template, { ...grid, second: Float64Array.of(-1) })).toThrow(
      `${names[1]} must be at least`,
    );
    expect(() => templateCells('none' as SweepTemplate, grid)).toThrow(
      'template must be one of sma-cross, bollinger-hysteresis',
    );
  });
});

it('sma-cross has only the pairs with fast below slow, in grid order', () => {
  const cells = templateCells('sma-cross', { first: Float64Array.of(2, 3), second: Float64Array.of(2, 3, 4) });
  expect([...cells.first]).toEqual([2, 2, 3]);
  expect([...cells.second]).toEqual([3, 4, 4]);
  expect(() => templateTargets('sma-cross', new Float64Array(1), 5, 5)).toThrow('fast must be below slow 5, was 5');
});
