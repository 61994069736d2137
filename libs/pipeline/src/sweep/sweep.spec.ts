import { SWEPT_METRICS } from '@assay/contracts';
import { betterOf, METRIC_KEYS } from '@assay/quant';
import { runBacktest } from '../backtest';
import { sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, logisticOnFactor, volManagedSma200 } from '../fixtures/documents';
import { sweepOf } from '../fixtures/sweep-of';
import { applyParam, mergeSweeps, type SweepParam } from '.';

const bars = syntheticBars(600, 2);
const document = bollingerMomentum();
const params: SweepParam[] = [
  { path: 'substrategies.0.window', values: [5, 10, 20] },
  { path: 'substrategies.0.signal', values: [0, 0.5, 1, 1.5] },
];
const options = { fill: 'close' as const, scoreFrom: 100 };

describe('strategy sweep', () => {
  const sweep = sweepOf({ document, params, bars, options, withSeries: true });

  it('has one row per cell in grid order, the last parameter fastest', () => {
    expect(sweep.columns).toEqual([
      'substrategies.0.window',
      'substrategies.0.signal',
      'total_return',
      'sharpe',
      'max_drawdown',
    ]);
    expect([...sweep.values[0]!]).toEqual([5, 5, 5, 5, 10, 10, 10, 10, 20, 20, 20, 20]);
    expect([...sweep.values[1]!.subarray(0, 5)]).toEqual([0, 0.5, 1, 1.5, 0]);
  });

  it('has in each cell what a single backtest gives', () => {
    for (let cell = 0; cell < 12; cell++) {
      const single = bollingerMomentum(sweep.values[0]![cell], sweep.values[1]![cell]);
      const { metrics, returns } = runBacktest({ document: single, bars, options });
      expect(sweep.sharpe[cell]).toBe(metrics.sharpe_ratio);
      expect(sweep.totalReturn[cell]).toBe(metrics.total_return);
      expect(sweep.maxDrawdown[cell]).toBe(metrics.max_drawdown);
      expect(sameBits(sweep.returns[cell]!, returns)).toBe(true);
    }
  });

  it('has every metric of the catalogue as the backtest of the cell has it, and none that is not asked for', () => {
    const own = Array.from(sweep.cells, (cell) => {
      const single = bollingerMomentum(sweep.values[0]![cell], sweep.values[1]![cell]);
      return runBacktest({ document: single, bars, options }).metrics;
    });
    for (const metric of METRIC_KEYS) {
      const found = sweepOf({ document, params, bars, options, metric });
      expect([metric, ...found.metric]).toEqual([metric, ...own.map((metrics) => metrics[metric] ?? NaN)]);
      expect(found.columns.at(-1)).toBe(metric);
      expect(found.sharpe).toEqual(sweep.sharpe);
    }
    expect(sweep.metric).toHaveLength(0);
  });

  it('can be ranked by every metric of which one value is better', () => {
    const directed = METRIC_KEYS.filter((key) => betterOf(key) !== null);
    expect([...SWEPT_METRICS, 'total_return', 'max_drawdown'].sort()).toEqual([...directed].sort());
  });

  it('merges from shards to the same arrays', () => {
    const parts = (
      [
        [0, 5],
        [5, 6],
        [6, 12],
      ] as [number, number][]
    ).map((cells) => sweepOf({ document, params, bars, options, cells, withSeries: true, metric: 'turnover' }));
    expect(mergeSweeps(parts)).toEqual(
      sweepOf({ document, params, bars, options, withSeries: true, metric: 'turnover' }),
    );
  });

  it('takes a list of cells in any order, each with the numbers it has in the whole sweep', () => {
    const cells = Uint32Array.of(7, 0, 11, 7, 3);
    const some = sweepOf({ document, params, bars, options, cells, withSeries: true });
    expect([...some.cells]).toEqual([7, 0, 11, 7, 3]);
    some.cells.forEach((cell, row) => {
      expect(some.values.map((column) => column[row])).toEqual(sweep.values.map((column) => column[cell]));
      expect(some.sharpe[row]).toBe(sweep.sharpe[cell]);
      expect(sameBits(some.returns[row]!, sweep.returns[cell]!)).toBe(true);
    });
    const parts = [cells.slice(0, 2), cells.slice(2)].map((part) =>
      sweepOf({ document, params, bars, options, cells: part, withSeries: true }),
    );
    expect(mergeSweeps(parts)).toEqual(some);
  });

  it.each([
    ['cells[1]', 12, Uint32Array.of(3, 12)],
    ['cells[1]', 13, [0, 13] as const],
    ['cells[0]', -1, [-1, 2] as const],
    ['cells[0]', 5, [5, 4] as const],
    ['cells[0]', 0.5, [0.5, 4] as const],
  ])('refuses %s of %d', (field, value, cells) => {
    expect(() => sweepOf({ document, params, bars, cells })).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        errors: [expect.objectContaining({ field, rule: 'cell_index', value })],
      }) as Error,
    );
  });

  it('works on a pipeline document and computes common columns once', () => {
    const swept = sweepOf({
      document: volManagedSma200(),
      params: [{ path: 'sizing.annual', values: [0.05, 0.1] }],
      bars,
    });
    const other = { ...volManagedSma200(), sizing: { ...volManagedSma200().sizing, annual: 0.05 } as never };
    expect(swept.sharpe[0]).toBe(runBacktest({ document: other, bars }).metrics.sharpe_ratio);
    expect(swept.sharpe[1]).toBe(runBacktest({ document: volManagedSma200(), bars }).metrics.sharpe_ratio);
  });

  it('refits a model in every cell', () => {
    const swept = sweepOf({
      document: logisticOnFactor(),
      params: [{ path: 'model.params.l2', values: [1, 1000] }],
      bars,
    });
    expect(swept.sharpe[0]).not.toBe(swept.sharpe[1]);
  });

  it('names the field of a cell that is not valid', () => {
    const wrong = [{ path: 'substrategies.0.window', values: [0] }];
    expect(() => sweepOf({ document, params: wrong, bars })).toThrow(
      expect.objectContaining({ code: 'validation_failed', errors: [expect.objectContaining({ value: 0 })] }) as Error,
    );
  });
});

it('a sweep names the feature of a cell that is not valid', () => {
  const wrong = [{ path: 'features.0.params.window', values: [0] }];
  const field = 'features[0].params.window';
  expect(() => sweepOf({ document: volManagedSma200(), params: wrong, bars: syntheticBars(50, 1) })).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ field, value: 0 })] }) as Error,
  );
});

describe('a swept parameter', () => {
  it('changes the number at its path and nothing else', () => {
    const changed = applyParam(document, 'substrategies.0.window', 7);
    expect(changed).toEqual(
      bollingerMomentum(7, 1) && { ...document, substrategies: [{ ...document.substrategies[0]!, window: 7 }] },
    );
    expect(document.substrategies[0]!.window).toBe(20);
  });

  it.each([
    'substrategies.1.window',
    'substrategies.0.ticker',
    'substrategies.0.indicator',
    'substrategies',
    'substrategies.0.window.x',
    '',
  ])('must lead to a number: %s', (path) => {
    expect(() => applyParam(document, path, 1)).toThrow('must lead to a number of the document');
  });

  it.each([
    ['substrategies.0.windw', 'but windw is not there (id, indicator, signal_func, window, signal, data_column are)'],
    ['substrategies.5.window', 'but 5 is not there (0 to 0 are)'],
    ['substrategies.0.window.x', 'but x is not there'],
    ['substrategies.0.indicator', 'but leads to the string "get_bollinger_band"'],
  ])('is refused at %s with what is there', (path, why) => {
    expect(() => applyParam(document, path, 1)).toThrow(
      expect.objectContaining({ message: `${path} must lead to a number of the document, ${why}` }) as Error,
    );
  });
});
