import type {
  PipelineDocument,
  StrategyDocument,
  Substrategy,
  SubstrategiesDocument,
  ParamValue,
} from '@assay/contracts';
import { parseStrategyDocument } from '@assay/domain';
import fc from 'fast-check';
import { runBacktest } from '../backtest';
import { sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, feature, logisticOnFactor, volManagedSma200 } from '../fixtures/documents';
import { StageCache } from '../stages';
import { ledgerSeries } from '../validation';
import { sweepOf } from '../fixtures/sweep-of';
import { applyParam, type SweepParam } from '.';

const bars = syntheticBars(700, 8, 0.002);
const options = { scoreFrom: 252 };

/** Paths of a document with values that keep it valid, one of every stage: columns, fits, signals, sizing, costs. */
const substrategies: SweepParam[] = [
  { path: 'substrategies.0.indicator', values: ['get_sma', 'get_ema', 'get_rsi', 'get_bollinger_band'] },
  { path: 'substrategies.0.window', values: [2, 5, 14] },
  { path: 'substrategies.1.window', values: [3, 14, 30] },
  { path: 'substrategies.0.signal', values: [0, 0.01, 1, 55] },
  { path: 'substrategies.1.signal_func', values: ['momentum_band_signal', 'reversion_band_signal_long_only'] },
  { path: 'substrategies.1.data_column', values: ['v', 'factor', 'high'] },
  { path: 'conjunction', values: ['AND', 'OR', 'FILTER'] },
  { path: 'sizing.annual', values: [0.05, 0.2] },
  { path: 'sizing.rebalance', values: ['bar', 'entry'] },
  { path: 'trading_period', values: [252, 365] },
];
const pipeline: SweepParam[] = [
  { path: 'features.0.params.column', values: ['factor', 'volume'] },
  { path: 'features.1.params.window', values: [5, 14] },
  { path: 'model.params.l2', values: [0.5, 1, 100] },
  { path: 'model.label.horizon', values: [1, 3] },
  { path: 'model.refit.every', values: [120, 200] },
  { path: 'signal.rule_tree.groups.0.rules.0.value', values: [0.5, 0.52] },
  { path: 'signal.rule_tree.groups.1.rules.0.operator', values: ['<', '<='] },
  { path: 'signal.position_mode', values: ['long_only', 'long_short'] },
  { path: 'sizing.annual', values: [0.05, 0.2] },
  { path: 'costs.fee_bps', values: [0, 5] },
];
const rules = pipeline
  .filter(({ path }) => !path.startsWith('model') && !path.startsWith('features.0'))
  .map((param): SweepParam => (param.path.endsWith('.0.value') ? { ...param, values: [40, 55] } : param));

const sizing = { kind: 'volatility_target', annual: 0.1, window: 10, cap: 2, rebalance: 'bar' } as const;
function twoSubstrategies(): SubstrategiesDocument {
  const first = bollingerMomentum(10, 0.5).substrategies[0]!;
  const second: Substrategy = { ...first, id: 2, indicator: 'get_rsi', window: 14, signal: 60 };
  return { ...bollingerMomentum(), conjunction: 'OR', substrategies: [first, second], sizing };
}
function logistic(): PipelineDocument {
  const recipe = logisticOnFactor();
  const model = { ...recipe.model, refit: { every: 120, min_train: 252 } } as typeof recipe.model;
  return { ...recipe, model, sizing };
}
function rulesOnly(): PipelineDocument {
  const features = [feature('sma', 'sma', { window: 20 }), feature('rsi', 'rsi', { window: 14 })];
  const signal = JSON.parse(JSON.stringify(logisticOnFactor().signal).replaceAll('prediction', 'rsi')) as never;
  return { ...volManagedSma200(), features, signal, sizing };
}

/** A document, some of its paths with some of their values, and a list of cells in any order. */
function anySweep(document: StrategyDocument, all: readonly SweepParam[]) {
  return fc
    .subarray([...all], { minLength: 1, maxLength: 3 })
    .chain((chosen) => fc.shuffledSubarray(chosen, { minLength: chosen.length, maxLength: chosen.length }))
    .chain((params) => {
      const size = params.reduce((cells, { values }) => cells * values.length, 1);
      return fc.record({
        document: fc.constant(document),
        params: fc.constant(params),
        cells: fc
          .array(fc.integer({ min: 0, max: size - 1 }), { minLength: 1, maxLength: 5 })
          .map((cells) => Uint32Array.from(cells)),
        bound: fc.constantFrom(0, 30_000, 2 ** 26),
      });
    });
}

/** Every row must have the bits of a backtest of its own, whatever was kept from the rows before. */
function expectSingleBacktests(
  sweep: { document: StrategyDocument; params: SweepParam[]; cells: Uint32Array; bound: number },
  withSeries = true,
): void {
  const { document, params, cells, bound } = sweep;
  const found = sweepOf({ document, params, bars, options, cells, withSeries }, new StageCache(bound));
  cells.forEach((_, row) => {
    const valueOf = (p: number): ParamValue => {
      const value = found.values[p]![row]!;
      return found.categories[p] ? found.categories[p][value]! : value;
    };
    const changed = params.reduce((one, { path }, p) => applyParam(one, path, valueOf(p)), document);
    const single = parseStrategyDocument(changed, { columns: ['factor'] }).document;
    const { metrics, returns } = runBacktest({ document: single, bars, options });
    const figures = [found.totalReturn, found.sharpe, found.maxDrawdown].map((column) => column[row]!);
    const expected = [metrics.total_return, metrics.sharpe_ratio, metrics.max_drawdown].map((x) => x ?? NaN);
    expect(sameBits(Float64Array.from(figures), Float64Array.from(expected))).toBe(true);
    if (!withSeries) return;
    const isModel = single.kind === 'pipeline' && single.model.kind === 'logistic';
    const series = isModel ? ledgerSeries({ document: single, bars }).returns : returns;
    expect(sameBits(found.returns[row]!, series)).toBe(true);
  });
}

describe('a cell of a sweep has the bits of a single backtest', () => {
  it('of substrategies', () => {
    fc.assert(
      fc.property(anySweep(twoSubstrategies(), substrategies), (sweep) => expectSingleBacktests(sweep)),
      {
        numRuns: 40,
      },
    );
  });

  it('of rules over features', () => {
    fc.assert(
      fc.property(anySweep(rulesOnly(), rules), (sweep) => expectSingleBacktests(sweep)),
      { numRuns: 40 },
    );
  });

  it('of a model', () => {
    fc.assert(
      fc.property(anySweep(logistic(), pipeline), (sweep) => expectSingleBacktests(sweep)),
      { numRuns: 4 },
    );
  });
});

describe('what cells share', () => {
  const made = (params: SweepParam[], document: StrategyDocument = logistic()): string[] => {
    const cache = new StageCache();
    const keys: string[] = [];
    const memo = {
      of: <T>(key: string, make: () => T): T =>
        cache.of(key, () => {
          keys.push(key.split(' ', 1)[0]!);
          return make();
        }),
      has: (key: string): boolean => cache.has(key),
    };
    sweepOf({ document, params, bars, options }, memo);
    return keys;
  };
  const count = (keys: string[], stage: string): number => keys.filter((key) => key === stage).length;
  const fitsOfOne = count(made([]), 'fit');

  it('is everything up to the signals when a rule changes', () => {
    const keys = made([{ path: 'signal.rule_tree.groups.0.rules.0.value', values: [0.5, 0.51, 0.52, 0.53] }]);
    expect(['column', 'rows', 'fit', 'refits', 'said'].map((stage) => count(keys, stage))).toEqual([
      5,
      1,
      fitsOfOne,
      1,
      0,
    ]);
    expect(fitsOfOne).toBeGreaterThan(2);
  });

  it('are the signals as well when the sizing changes, and the targets when the costs do', () => {
    const sized = made([{ path: 'sizing.annual', values: [0.05, 0.1, 0.2] }]);
    expect(['fit', 'said', 'targets'].map((stage) => count(sized, stage))).toEqual([fitsOfOne, 1, 3]);
    const costly = made([{ path: 'costs.fee_bps', values: [0, 5, 10] }]);
    expect(['fit', 'said', 'targets'].map((stage) => count(costly, stage))).toEqual([fitsOfOne, 1, 1]);
  });

  it('are the columns of substrategies, each made once in any order of the parameters', () => {
    const window = { path: 'substrategies.0.window', values: [5, 6, 7] };
    const signal = { path: 'substrategies.0.signal', values: [0.5, 1, 1.5] };
    for (const params of [
      [window, signal],
      [signal, window],
    ]) {
      expect(count(made(params, bollingerMomentum()), 'feature')).toBe(3);
    }
  });
});
