import fc from 'fast-check';
import { runEngine } from '../engines';
import { computeMetrics } from '../metrics';
import { createRng } from '../random';
import { mergeSweep, planSweep, sweepPart, sweepTemplate, sweepTemplates, templateCells, templateTargets } from '.';
import type { SweepGrid, SweepTemplate } from '.';

const templates = Object.keys(sweepTemplates) as SweepTemplate[];

/** Grids that fit the template, small and with gaps. */
const grid = (template: SweepTemplate) => {
  const ascending = (min: number, max: number, step: number) =>
    fc.uniqueArray(fc.integer({ min: min / step, max: max / step }), { minLength: 1, maxLength: 5 }).map((x) =>
      Float64Array.from(
        x.sort((a, b) => a - b),
        (v) => v * step,
      ),
    );
  return template === 'sma-cross'
    ? fc.record({ first: ascending(1, 30, 1), second: ascending(1, 60, 1) })
    : fc.record({ first: ascending(2, 30, 1), second: ascending(0, 2, 0.25) });
};

function walk(seed: number, n: number, tick: number): Float64Array {
  const rng = createRng(seed);
  let price = 100;
  return Float64Array.from({ length: n }, () => {
    price = Math.min(Math.max(price * (1 + 0.02 * rng.normal()), 10), 1000);
    return tick > 0 ? Math.max(Math.round(price / tick) * tick, tick) : price;
  });
}

const close = (found: number, expected: number | null): boolean =>
  expected === null ? Number.isNaN(found) : Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected));

describe.each(templates)('sweep %s', (template) => {
  it('has in each cell what a backtest of that cell and its metrics have', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 2, max: 250 }),
        fc.constantFrom(0, 0.5, 4),
        fc.constantFrom(0, 5, 250),
        grid(template),
        fc.constantFrom('vectorized' as const, 'event' as const),
        (seed, n, tick, feeBps, given: SweepGrid, engine) => {
          const closes = walk(seed, n, tick);
          const result = sweepTemplate(template, closes, given, { feeBps, periodsPerYear: 252 });
          const { first, second } = templateCells(template, given);
          expect(result.sharpe).toHaveLength(first.length);
          first.forEach((a, cell) => {
            const { returns } = runEngine(engine, {
              openTimeMs: closes.map((_, t) => t),
              close: closes,
              targets: templateTargets(template, closes, a, second[cell]),
              mode: 'all_in',
              fill: 'close',
              costs: { feeBps, slippageBps: 0, spreadBps: 0 },
            });
            const { metrics } = computeMetrics({ returns, periodsPerYear: 252 });
            const pairs: [string, number, number | null][] = [
              ['total_return', result.totalReturn[cell], metrics.total_return],
              ['sharpe_ratio', result.sharpe[cell], metrics.sharpe_ratio],
              ['max_drawdown', result.maxDrawdown[cell], metrics.max_drawdown],
            ];
            for (const [name, found, expected] of pairs)
              if (!close(found, expected)) throw new Error(`${name} of cell ${cell}: ${found} against ${expected}`);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has the same bits for any number of workers, in whatever order they end', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 0, max: 5000 }),
        grid(template),
        fc.integer({ min: 1, max: 9 }),
        (seed, n, given, workers) => {
          const closes = walk(seed, n, 0.5);
          const options = { feeBps: 5, periodsPerYear: 252 };
          const plan = planSweep(template, given, n, workers);
          const order = createRng(seed).shuffle(plan.parts.map((_, i) => i));
          const books = new Array<ReturnType<typeof sweepPart>>(order.length);
          for (const i of order) books[i] = sweepPart(template, closes, given, options, plan.parts[i]);
          expect(mergeSweep(plan, books, 252)).toEqual(sweepTemplate(template, closes, given, options));
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([0, 1, 2, 3])('is defined on %d bars, with windows longer than the data and an empty grid', (n) => {
    const given = { first: Float64Array.of(2, 50), second: Float64Array.of(3, 60) };
    for (const some of [given, { ...given, first: new Float64Array(0) }]) {
      const result = sweepTemplate(template, walk(1, n, 0), some, { feeBps: 5, periodsPerYear: 252 });
      const cells = templateCells(template, some).first.length;
      for (const column of [result.totalReturn, result.maxDrawdown]) {
        expect(column).toHaveLength(cells);
        expect(column.every((x) => x === 0)).toBe(true);
      }
      expect(result.sharpe.every(Number.isNaN)).toBe(true);
    }
  });
});
