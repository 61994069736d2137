import fc from 'fast-check';
import { ReturnsEngine } from '../engines';
import { summariseReturns } from '../metrics';
import { createRng } from '../random';
import { checkSweep, sweepWindows, templateCells, TemplateTargets, type SweepGrid } from './index';

const grid: SweepGrid = {
  first: Float64Array.of(1, 2, 3, 5, 8, 16, 40),
  second: Float64Array.of(2, 4, 8, 16, 40, 300),
};
const options = { feeBps: 5, periodsPerYear: 365 };

function walk(seed: number, n: number): Float64Array {
  const rng = createRng(seed);
  let price = 100;
  return Float64Array.from({ length: n }, () => (price *= 1 + 0.01 * rng.normal()));
}

/** The windows of each cell's continuous run through the engine, one cell after the other. */
function bySlices(close: Float64Array, windows: readonly (readonly [number, number])[]) {
  const { first, second } = templateCells('sma-cross', grid);
  const targets = new TemplateTargets('sma-cross', close);
  const openTimeMs = Float64Array.from(close.keys());
  const costs = { feeBps: 5, slippageBps: 0, spreadBps: 0 };
  const engine = new ReturnsEngine({ openTimeMs, open: close, close, mode: 'all_in', fill: 'close', costs });
  const runs = Array.from(first, (fast, cell) => engine.run(targets.of(fast, second[cell])).returns.slice());
  return windows.map(([from, to]) =>
    runs.map((returns) => summariseReturns(returns.subarray(from, to), options.periodsPerYear)),
  );
}

describe('windows of a sweep', () => {
  it('have the figures of slices of the continuous run, whatever overlaps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 800 }), fc.integer({ min: 2, max: 300 })), {
          minLength: 1,
          maxLength: 6,
        }),
        (seed, spans) => {
          const close = walk(seed, 900);
          const windows = spans.map(([from, length]) => [from, Math.min(from + length, 900)] as const);
          checkSweep(close, grid, options);
          const found = sweepWindows('sma-cross', close, grid, options, windows);
          bySlices(close, windows).forEach((cells, w) =>
            cells.forEach(({ totalReturn, sharpe, maxDrawdown }, cell) => {
              expect(found[w].totalReturn[cell]).toBeCloseTo(totalReturn!, 10);
              expect(found[w].maxDrawdown[cell]).toBeCloseTo(maxDrawdown!, 10);
              if (sharpe === null) expect(found[w].sharpe[cell]).toBeNaN();
              else expect(found[w].sharpe[cell]).toBeCloseTo(sharpe, 7);
            }),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('do not know what comes after them', () => {
    const close = walk(7, 600);
    const changed = close.map((price, t) => (t < 400 ? price : price * (1.5 + Math.sin(t))));
    const windows = [
      [100, 250],
      [253, 400],
    ] as const;
    expect(sweepWindows('sma-cross', changed, grid, options, windows)).toEqual(
      sweepWindows('sma-cross', close, grid, options, windows),
    );
  });

  it.each([
    [[0, 5], 'windows[0] must lie between bar 1 and the 50 bars, was 0 to 5'],
    [[5, 5], 'was 5 to 5'],
    [[5, 51], 'was 5 to 51'],
  ] as const)('are refused where they are %j', (window, message) => {
    expect(() => sweepWindows('sma-cross', walk(1, 50), grid, options, [window])).toThrow(message);
  });

  it('are of means that cross alone', () => {
    const other = { first: Float64Array.of(5), second: Float64Array.of(0.5) };
    expect(() => sweepWindows('bollinger-hysteresis', walk(1, 50), other, options, [[1, 9]])).toThrow('sma-cross');
  });
});
