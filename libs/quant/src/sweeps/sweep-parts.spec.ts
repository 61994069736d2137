import fc from 'fast-check';
import { hasCompiledKernels } from '../kernels/compiled-kernels';
import { createRng } from '../random';
import { mergeSweep, planSweep, sweepPart, sweepTemplate } from './index';
import type { SweepGrid, SweepOptions, SweepTemplate } from './index';

const templates: SweepTemplate[] = ['sma-cross', 'bollinger-hysteresis'];
const options: SweepOptions = { feeBps: 5, periodsPerYear: 365 };
const grids: Record<SweepTemplate, SweepGrid> = {
  'sma-cross': { first: Float64Array.of(1, 2, 3, 5, 8, 16, 40), second: Float64Array.of(2, 4, 6, 8, 16, 40, 300) },
  'bollinger-hysteresis': { first: Float64Array.of(2, 3, 8, 20, 300), second: Float64Array.of(0, 0.5, 1, 1.7) },
};

/**
 * `tick` 0: free prices; else prices that repeat, so that means tie, with quiet stretches of equal prices. A tick that no
 * double holds makes the ties inexact, and a negative one shakes each price by some last bits besides.
 */
function walk(seed: number, n: number, tick: number): Float64Array {
  const rng = createRng(seed);
  const size = Math.abs(tick);
  let price = 100;
  return Float64Array.from({ length: n }, (_, i) => {
    if (tick === 0 || i % 700 < 500) price = Math.min(Math.max(price * (1 + 0.01 * rng.normal()), 20), 500);
    const grid = size > 0 ? Math.max(Math.round(price / size) * size, size) : price;
    return tick < 0 ? grid * (1 + (rng.int(9) - 4) * 1e-15) : grid;
  });
}

function inParts(template: SweepTemplate, closes: Float64Array, threads: number, given: SweepOptions = options) {
  const grid = grids[template];
  const plan = planSweep(template, grid, closes.length, threads);
  // computed last to first: nothing is left behind by one part for the next
  const books = [...plan.parts].reverse().map((part) => sweepPart(template, closes, grid, given, part));
  return mergeSweep(plan, books.reverse(), given.periodsPerYear);
}

it('has compiled kernels on this runtime', () => {
  expect(hasCompiledKernels()).toBe(true);
});

describe.each(templates)('sweep %s in parts', (template) => {
  it('has the bits of the plain TypeScript kernel', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 0, max: 2600 }),
        fc.constantFrom(0, 0.5, 4, 0.1, 3.3, -3.3),
        fc.constantFrom(0, 5, 250),
        (seed, n, tick, feeBps) => {
          const closes = walk(seed, n, tick);
          const run = (kernel: 'compiled' | 'plain') =>
            sweepTemplate(template, closes, grids[template], { ...options, feeBps, kernel });
          expect(run('compiled')).toEqual(run('plain'));
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([0, 0.5, 200, 3.3, -3.3, -200])(
    'has the same bits on any number of threads, compiled or not, tick %p',
    (tick) => {
      const closes = walk(3, 9000, tick);
      const whole = sweepTemplate(template, closes, grids[template], options);
      for (const threads of [1, 2, 3, 8]) expect(inParts(template, closes, threads)).toEqual(whole);
      expect(inParts(template, closes, 2, { ...options, kernel: 'plain' })).toEqual(whole);
    },
  );

  it('is empty without bars', () => {
    const { totalReturn, sharpe } = inParts(template, new Float64Array(0), 2);
    expect([totalReturn.every((x) => x === 0), sharpe.every(Number.isNaN)]).toEqual([true, true]);
  });
});

it('cuts sma-cross by time at bars that do not depend on the threads', () => {
  const grid = grids['sma-cross'];
  const { parts } = planSweep('sma-cross', grid, 5000, 2);
  expect(parts.map(({ bars }) => bars)).toEqual([
    [0, 2500],
    [2500, 4999],
  ]);
  expect(planSweep('sma-cross', grid, 5000, 7).parts).toEqual(parts);
  expect(planSweep('sma-cross', grid, 1000, 2).parts).toHaveLength(1);
});
