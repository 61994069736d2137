import type { PipelineDocument } from '@assay/contracts';
import { computeMetric } from '@assay/quant';
import { chosenOf, mergeSweeps, planSweep, searchPlan, sweepStrategy, walkForwardSearch, type SelectedBy } from '.';
import { resolveOptions, runBacktest } from '../backtest';
import { prepareStrategy } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { logisticOnFactor, volManagedSma200 } from '../fixtures/documents';
import { judgedStrategy, runWalkForward } from '../validation';
import { applyParam } from './apply-param';

const bars = syntheticBars(1200, 11, 0.002);
const document: PipelineDocument = { ...volManagedSma200(), sizing: { kind: 'fixed' } };
const WINDOW = 'features.0.params.window';
const windows = [10, 20, 40, 80, 160];
const plan = planSweep(document, [{ path: WINDOW, values: windows }]);
const costs = { feeBps: 5, slippageBps: 1, spreadBps: 2 };
const cellOf = (window: number): PipelineDocument => applyParam(document, WINDOW, window);

describe('walkForwardSearch', () => {
  const found = walkForwardSearch({ document, plan, bars, options: { costs } });

  it('chooses on each training window what a backtest of every cell has best there, by brute force', () => {
    expect(found.folds).toHaveLength(5);
    expect(found.cells).toBe(5);
    for (const { train, test, params, selected, oosMedian, oosBeaten } of found.folds) {
      const sharpes = (range: readonly [number, number]): number[] =>
        windows.map((window) => {
          const { full } = runBacktest({ document: cellOf(window), bars, options: { costs } });
          return computeMetric('sharpe_ratio', { returns: full.returns.slice(...range), periodsPerYear: 252 })!;
        });
      const inSample = sharpes(train);
      expect(params).toEqual([windows[inSample.indexOf(Math.max(...inSample))]]);
      expect(selected).toBeCloseTo(Math.max(...inSample), 9);
      const outOfSample = sharpes(test);
      const own = outOfSample[windows.indexOf(params[0] as number)]!;
      expect(oosMedian).toBeCloseTo([...outOfSample].sort((a, b) => a - b)[2]!, 9);
      expect(oosBeaten).toBe(outOfSample.filter((sharpe) => sharpe > own).length / 5);
    }
  });

  it('trades the chosen cell in the test window alone, entered and left at its own costs', () => {
    for (const { test, params, oosReturns } of found.folds) {
      const chosen = cellOf(params[0] as number);
      const judged = judgedStrategy(prepareStrategy(chosen, bars), resolveOptions(chosen, { costs }));
      const [stretch] = judged.stretches([test], [[test]]);
      expect(oosReturns).toEqual(stretch!(test, { seamCosts: true }));
    }
    expect(found.stitched.returns).toEqual(Float64Array.from(found.folds.flatMap(({ oosReturns }) => [...oosReturns])));
    expect(found.stitched.openTimeMs[0]).toBe(bars.openTimeMs[found.folds[0]!.test[0]]);
  });

  it('with one cell has the folds of the walk-forward of it, but for the costs at their seams', () => {
    const free = { feeBps: 0, slippageBps: 0, spreadBps: 0 };
    const one = planSweep(document, [{ path: WINDOW, values: [20] }]);
    const searched = walkForwardSearch({ document, plan: one, bars, options: { costs: free } });
    const fixed = runWalkForward({ document: cellOf(20), bars, options: { costs: free } });
    expect(searched.folds.map(({ train, test, isSharpe }) => ({ train, test, isSharpe }))).toEqual(
      fixed.folds.map(({ train, test, isSharpe }) => ({ train, test, isSharpe })),
    );
    searched.folds.forEach((fold, k) => {
      expect(fold.oosReturns.length).toBe(fixed.folds[k]!.oosReturns.length);
      fold.oosReturns.forEach((r, t) => expect(r).toBeCloseTo(fixed.folds[k]!.oosReturns[t]!, 12));
    });
    expect(searched.stability).toEqual({
      ...{ sameChoice: 1, meanDistance: 0 },
      parameters: [{ path: WINDOW, values: [20, 20, 20, 20, 20], distinct: 1, range: [20, 20], meanStep: 0 }],
    });
    expect([searched.ratioTells, fixed.ratioTells]).toEqual(['selection', 'regime_change']);
  });

  it('chooses nothing by what comes after a training window', () => {
    const { folds } = found;
    const until = folds[1]!.test[0];
    const after = (column: Float64Array): Float64Array =>
      column.map((x, t) => (t < until ? x : x * (1 + 0.3 * Math.sin(t))));
    const changed = {
      ...bars,
      open: after(bars.open),
      high: after(bars.high),
      low: after(bars.low),
      close: after(bars.close),
    };
    const other = walkForwardSearch({ document, plan, bars: changed, options: { costs } });
    expect(other.folds.slice(0, 2).map(({ params, selected }) => ({ params, selected }))).toEqual(
      folds.slice(0, 2).map(({ params, selected }) => ({ params, selected })),
    );
    expect(other.folds[0]!.oosReturns).toEqual(folds[0]!.oosReturns);
  });

  it('ranks by any metric of returns in its direction, and by the plateau', () => {
    const of = (by: SelectedBy) => walkForwardSearch({ document, plan, bars, options: { costs }, by });
    const shallow = of('max_drawdown');
    for (const { train, selected } of shallow.folds) {
      const drawdowns = windows.map((window) => {
        const { full } = runBacktest({ document: cellOf(window), bars, options: { costs } });
        return computeMetric('max_drawdown', { returns: full.returns.slice(...train), periodsPerYear: 252 })!;
      });
      expect(selected).toBeCloseTo(Math.min(...drawdowns), 12);
    }
    const plateau = of('plateau');
    plateau.folds.forEach(({ selected, isSharpe }) => expect(selected).toBeLessThanOrEqual(isSharpe! + 1e-12));
    for (const refused of ['trade_count', 'exposure', 'observations', 'nothing'])
      expect(() => of(refused as SelectedBy)).toThrow(
        'by must be plateau or a metric of which one value is the better',
      );
  });

  it('ranks by a metric of trades and positions as they stand at the end of the window, whatever comes of them later', () => {
    const of = (from: typeof bars, by: SelectedBy) =>
      walkForwardSearch({ document, plan, bars: from, options: { costs }, by });
    const until = found.folds[1]!.test[0];
    const changed = { ...bars, close: bars.close.map((x, t) => (t < until ? x : x * (1 + 0.3 * Math.sin(t)))) };
    for (const by of ['turnover', 'win_rate_trades', 'profit_factor'] as const) {
      const [one, other] = [of(bars, by), of(changed, by)];
      expect(other.folds.slice(0, 2).map(({ params, selected }) => ({ params, selected }))).toEqual(
        one.folds.slice(0, 2).map(({ params, selected }) => ({ params, selected })),
      );
    }
    const { folds } = of(bars, 'turnover');
    for (const { train, selected } of folds) {
      const turnovers = windows.map((window) => {
        const { full } = runBacktest({ document: cellOf(window), bars, options: { costs } });
        const [returns, positions] = [full.returns.slice(...train), full.positions.slice(...train)];
        return computeMetric('turnover', { returns, positions, periodsPerYear: 252, trades: [] })!;
      });
      expect(selected).toBeCloseTo(Math.min(...turnovers), 9);
    }
  });

  it('grows its training window from the first scored bar, under either name', () => {
    const of = (kind: 'expanding' | 'anchored') =>
      walkForwardSearch({ document, plan, bars, options: { costs }, layout: { kind, folds: 3 } });
    const [expanding, anchored] = [of('expanding'), of('anchored')];
    expect(anchored).toEqual({ ...expanding, layout: { ...expanding.layout, kind: 'anchored' } });
    expect(new Set(anchored.folds.map(({ train }) => train[0])).size).toBe(1);
    const lengths = anchored.folds.map(({ train: [from, to] }) => to - from);
    expect(lengths[1]).toBeGreaterThan(lengths[0]!);
    expect(lengths[2]).toBeGreaterThan(lengths[1]!);
  });

  it('gives the figures of its parts, whoever computed them', () => {
    const laidOut = searchPlan({ document, plan, bars, options: { costs } });
    const folds = { splits: laidOut.splits, metric: 'sharpe_ratio' as const };
    const parts = [Uint32Array.of(0, 1), Uint32Array.of(2, 3, 4)].map((cells) =>
      sweepStrategy({ document, plan, bars, options: { costs }, cells, folds }),
    );
    const by = 'sharpe_ratio';
    const joined = chosenOf({ document, plan, bars, options: { costs }, by, laidOut, figures: mergeSweeps(parts) });
    expect(joined).toEqual(found);
    expect(mergeSweeps(parts).sharpe).toEqual(sweepStrategy({ document, plan, bars, options: { costs } }).sharpe);
  });

  it.each(['max_drawdown', 'total_return', 'sharpe_ratio'] as const)(
    'by %s never chooses a cell that held nothing',
    (by) => {
      const path = 'signal.rule_tree.groups.0.rules.0.value';
      const above = structuredClone(document);
      Object.assign(above.signal.rule_tree!.groups[0]!.rules[0]!, { field: 'close', operator: '>', value: 1 });
      const search = (values: number[]) =>
        walkForwardSearch({
          ...{ document: above, bars, options: { costs }, by },
          plan: planSweep(above, [{ path, values }]),
        });
      for (const { params, idle, oosReturns } of search([1, 1e9]).folds) {
        expect([params, idle]).toEqual([[1], 1]);
        expect(oosReturns.some((r) => r !== 0)).toBe(true);
      }
      for (const { cell, idle, oosReturns } of search([1e9]).folds) {
        expect([cell, idle]).toEqual([null, 1]);
        expect(oosReturns.every((r) => r === 0)).toBe(true);
      }
    },
  );

  it('fits a model anew on each training window', () => {
    const model = logisticOnFactor();
    const path = 'signal.rule_tree.groups.0.rules.0.value';
    const searched = walkForwardSearch({
      ...{ document: model, bars, options: { costs } },
      plan: planSweep(model, [{ path, values: [0.51, 0.55] }]),
    });
    for (const { train, test, params, isSharpe, oosReturns } of searched.folds) {
      const chosen = applyParam(model, path, params[0]!);
      const judged = judgedStrategy(prepareStrategy(chosen, bars), resolveOptions(chosen, { costs }));
      const [inSample, outOfSample] = judged.stretches([train], [[train], [test]]);
      expect(oosReturns).toEqual(outOfSample!(test, { seamCosts: true }));
      const returns = inSample!(train, { seamCosts: false });
      expect(isSharpe).toBeCloseTo(computeMetric('sharpe_ratio', { returns, periodsPerYear: 252 })!, 9);
    }
  });

  it('takes the cells that are asked for, in any order', () => {
    const some = walkForwardSearch({
      document,
      plan,
      bars,
      options: { costs },
      cells: Uint32Array.of(3, 1),
      by: 'plateau',
    });
    expect(some.cells).toBe(2);
    for (const { params } of some.folds) expect([20, 80]).toContain(params[0]);
  });

  it('notes what kind of market a window was', () => {
    const [fold] = found.folds;
    const [from, to] = fold!.test;
    expect(fold!.market.test.totalReturn).toBeCloseTo(bars.close[to - 1]! / bars.close[from - 1]! - 1, 12);
    expect(fold!.market.train.volatility).toBeGreaterThan(0);
    const { market, regime } = fold!;
    expect(regime.volatilityRatio).toBeCloseTo(market.test.volatility! / market.train.volatility!, 12);
    expect(regime.words).toContain(`volatility ${regime.volatilityRatio!.toFixed(2)} times that of training`);
  });
});
