import { sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum } from '../fixtures/documents';
import { resolveOptions, runSegment, segmentPaths, type BacktestOptions } from '.';

const bars = syntheticBars(300, 8, 0.001);
const targets = [3, 7, 40].map((k) => bars.close.map((_, t) => (Math.floor(t / k) % 3) - 1));
const costs = [0, 5, 40].map((feeBps) => ({ feeBps, slippageBps: 1, spreadBps: 0 }));

describe.each(['vectorized', 'event'] as const)('engine %s', (engine) => {
  it.each([
    { mode: 'weight', fill: 'next_open' },
    { mode: 'weight', fill: 'close' },
    { mode: 'all_in', fill: 'next_open' },
    { mode: 'fixed_qty', fill: 'close', capital: 10_000, sizing: { kind: 'percent_of_equity', fraction: 0.5 } },
  ] satisfies BacktestOptions[])('gives returns and equity of many runs the bits of single runs, %o', (choice) => {
    const options = resolveOptions(bollingerMomentum(), { engine, ...choice });
    const range = [20, 280] as const;
    const run = segmentPaths(bars, range, options);
    for (const column of targets)
      for (const paid of [undefined, ...costs]) {
        const weights = column.subarray(...range);
        const path = run({ weights }, paid && { costs: paid });
        const full = runSegment(bars, { weights }, range, { ...options, costs: paid ?? options.costs });
        expect(sameBits(path.returns, full.returns)).toBe(true);
        expect(sameBits(path.equity, full.equity)).toBe(true);
        expect(full.trades.length).toBeGreaterThan(1);
      }
  });
});

it('refuses targets and costs with the field, as a single run does', () => {
  const run = segmentPaths(bars, [0, 3], resolveOptions(bollingerMomentum(), {}));
  expect(() => run({ weights: Float64Array.of(0, NaN, 1) })).toThrow('targets[1] must be a finite weight, was NaN');
  expect(() => run({ weights: new Float64Array(3) }, { costs: { feeBps: -1, slippageBps: 0, spreadBps: 0 } })).toThrow(
    expect.objectContaining({ code: 'validation_failed' }),
  );
});
