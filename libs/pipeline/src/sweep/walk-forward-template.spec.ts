import { computeMetric, ReturnsEngine, templateCells, templateTargets, type FillRule } from '@assay/quant';
import { walkForwardTemplate, type SelectedBy, type TemplateSearchInput } from '.';
import { syntheticBars } from '../fixtures/bars';

const bars = syntheticBars(1300, 3, 0.001);
const costs = { feeBps: 5, slippageBps: 1, spreadBps: 2 };
const CROSS = { first: Float64Array.of(3, 5, 8, 13, 21), second: Float64Array.of(10, 20, 40, 80) };
const BANDS = { first: Float64Array.of(5, 10, 20, 40), second: Float64Array.of(0, 0.5, 1) };

const input = (more: Partial<TemplateSearchInput> = {}, fill: FillRule = 'close'): TemplateSearchInput => ({
  ...{ template: 'sma-cross', grid: CROSS, bars, options: { fill, costs, periodsPerYear: 252 } },
  ...more,
});

/** Every cell's own run through the engine, sliced: the twin by brute force. */
function chosenBySlices({ template, grid, options: { fill } }: TemplateSearchInput, trains: [number, number][]) {
  const { first, second } = templateCells(template, grid);
  const { openTimeMs, open, close } = bars;
  const engine = new ReturnsEngine({ openTimeMs, open, close, mode: 'all_in', fill, costs });
  const runs = Array.from(first, (value, c) =>
    engine.run(templateTargets(template, close, value, second[c]!)).returns.slice(),
  );
  return trains.map((train) => {
    const sharpes = runs.map(
      (returns) => computeMetric('sharpe_ratio', { returns: returns.subarray(...train), periodsPerYear: 252 }) ?? NaN,
    );
    const best = Math.max(...sharpes.filter((sharpe) => sharpe === sharpe));
    return { best, params: sharpes.flatMap((s, c) => (s === best ? [[first[c]!, second[c]!]] : [])) };
  });
}

describe('walkForwardTemplate', () => {
  it.each([
    ['sma-cross', CROSS, 'close'],
    ['sma-cross', CROSS, 'next_open'],
    ['bollinger-hysteresis', BANDS, 'close'],
  ] as const)('chooses what every cell by itself has best: %s, filled at %s', (template, grid, fill) => {
    const asked = input({ template, grid }, fill);
    const { folds, scored } = walkForwardTemplate(asked);
    expect(scored[0]).toBe(252);
    const twin = chosenBySlices(
      asked,
      folds.map(({ train }) => train),
    );
    folds.forEach(({ params, selected, isSharpe }, k) => {
      expect(selected).toBeCloseTo(twin[k]!.best, 8);
      expect(isSharpe).toBeCloseTo(twin[k]!.best, 8);
      expect(twin[k]!.params).toContainEqual(params);
    });
  });

  it('chooses nothing by what comes after a training window', () => {
    const found = walkForwardTemplate(input());
    const until = found.folds[2]!.test[0];
    const close = bars.close.map((x, t) => (t < until ? x : x * (1.4 + Math.sin(t))));
    const other = walkForwardTemplate(input({ bars: { ...bars, close } }));
    const told = (of: typeof found) => of.folds.slice(0, 3).map(({ params, selected }) => ({ params, selected }));
    expect(told(other)).toEqual(told(found));
    expect(other.folds[1]!.oosReturns).toEqual(found.folds[1]!.oosReturns);
  });

  it('enters and leaves each test window at its own costs', () => {
    const free = walkForwardTemplate(
      input({ options: { fill: 'close', costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 }, periodsPerYear: 252 } }),
    );
    const { folds, stitched } = walkForwardTemplate(input());
    expect(stitched.returns).toHaveLength(folds.reduce((bars, { test: [from, to] }) => bars + to - from, 0));
    expect(stitched.metrics.total_return).toBeLessThan(free.stitched.metrics.total_return!);
  });

  it('draws the same cells for every window by its seed', () => {
    const of = (seed: number) => walkForwardTemplate(input({ drawn: { samples: 6, seed } }));
    expect(of(4)).toEqual(of(4));
    expect(of(4).cells).toBe(6);
    expect(of(4).folds.map(({ selected }) => selected)).not.toEqual(of(5).folds.map(({ selected }) => selected));
    expect(() => walkForwardTemplate(input({ drawn: { samples: 99, seed: 1 } }))).toThrow(
      'samples must be at most the 17 cells of the grid, was 99',
    );
  });

  it.each(['plateau', 'calmar_ratio', 'win_rate_trades', 'max_drawdown'] as SelectedBy[])('may choose by %s', (by) => {
    const { folds } = walkForwardTemplate(input({ by }));
    expect(folds.every(({ cell }) => cell !== null)).toBe(true);
  });
});
