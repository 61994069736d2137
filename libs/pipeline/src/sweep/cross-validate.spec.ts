import { sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, logisticOnFactor } from '../fixtures/documents';
import { sweepOf } from '../fixtures/sweep-of';
import { PipelinePool } from '../tasks';
import { ledgerSeries, runCpcv, type CpcvOutcome } from '../validation';
import { SWEPT_METRICS } from '@assay/contracts';
import { buyAndHoldReturns, computeMetrics, concatColumns, sliceResult } from '@assay/quant';
import { runBacktest } from '../backtest';
import { CV_SPLITS, medianBounds, mergeSweeps, planSweep } from '.';

const bars = syntheticBars(700, 4, 0.3);
const document = logisticOnFactor();
const params = [{ path: 'model.params.l2', values: [0.01, 1, 100] }];
const seriesFrom = 252;
const swept = (bounds?: (number | null)[], cells?: Uint32Array) =>
  sweepOf({
    ...{ document, params, bars, withSeries: true, seriesFrom, cells },
    crossValidation: { figure: 'sharpe', bounds },
  });
const outcomeOf = (l2: number): CpcvOutcome => {
  const { model } = document;
  return runCpcv({
    document: { ...document, model: { ...model, params: { ...(model as any).params, l2 } } as any },
    bars,
  });
};
const meanOf = (values: (number | null)[]): number => values.reduce<number>((sum, x) => sum + x!, 0) / values.length;

describe('cross-validated cells', () => {
  const whole = swept();

  it('have the means over the splits of CPCV, and its path of median Sharpe as their series', () => {
    params[0]!.values.forEach((l2, cell) => {
      const { splits, paths, medianPath, scored } = outcomeOf(l2);
      expect(scored[0]).toBe(seriesFrom);
      expect(splits).toHaveLength(CV_SPLITS);
      expect(whole.sharpe[cell]).toBeCloseTo(meanOf(splits.map((s) => s.oosSharpe)), 12);
      expect(whole.totalReturn[cell]).toBeCloseTo(meanOf(splits.map((s) => s.oosReturn)), 12);
      expect(whole.maxDrawdown[cell]).toBeCloseTo(meanOf(splits.map((s) => s.oosMaxDrawdown)), 12);
      expect(sameBits(whole.returns[cell]!, paths[medianPath]!.returns)).toBe(true);
      expect(whole.running[cell]![6]).toBeCloseTo(meanOf(splits.slice(0, 7).map((s) => s.oosSharpe)), 12);
    });
  });

  it('are given up by a bound, never before each group was tested, and leave the first path', () => {
    const hopeless = swept(Array(CV_SPLITS).fill(1000));
    expect(hopeless.running.map(({ length }) => length)).toEqual([5, 5, 5]);
    expect([...hopeless.sharpe]).toEqual([NaN, NaN, NaN]);
    expect([...hopeless.running[0]!]).toEqual([...whole.running[0]!.subarray(0, 5)]);
    const { paths } = outcomeOf(0.01);
    expect(sameBits(hopeless.returns[0]!, paths[0]!.returns)).toBe(true);
    const late = swept([...Array(8).fill(null), 1000, ...Array(6).fill(null)]);
    expect(late.running.map(({ length }) => length)).toEqual([9, 9, 9]);
  });

  it('go on where no bound is broken, to the same bits', () => {
    const kept = swept(Array(CV_SPLITS).fill(-1000));
    expect(kept).toEqual(whole);
    expect(mergeSweeps([swept(undefined, Uint32Array.of(0, 1)), swept(undefined, Uint32Array.of(2))])).toEqual(whole);
  });

  it('of fixed rules have their net returns as series', () => {
    const rules = bollingerMomentum(20, 1);
    const cell = sweepOf({
      ...{ document: rules, params: [{ path: 'substrategies.0.window', values: [20] }], bars, withSeries: true },
      ...{ seriesFrom, crossValidation: { figure: 'max_drawdown' } },
    });
    expect(sameBits(cell.returns[0]!, ledgerSeries({ document: rules, bars }).returns)).toBe(true);
    const { splits } = runCpcv({ document: rules, bars });
    expect(cell.maxDrawdown[0]).toBeCloseTo(meanOf(splits.map((s) => s.oosMaxDrawdown)), 12);
  });

  it('have every metric that sweeps are ranked by, as the continuous run of fixed rules says it of the test bars', () => {
    const rules = bollingerMomentum(20, 1);
    const costs = { feeBps: 0, slippageBps: 0, spreadBps: 0 };
    const { full, options } = runBacktest({ document: rules, bars, options: { costs } });
    const market = buyAndHoldReturns(bars.close);
    const { splits } = runCpcv({ document: rules, bars, options: { costs } });
    const figuresOf = splits.map(({ test }) => {
      const parts = test.map(([from, to]) => sliceResult(full, from, to));
      return computeMetrics({
        returns: concatColumns(parts.map(({ returns }) => returns)),
        positions: concatColumns(parts.map(({ positions }) => positions)),
        trades: parts.flatMap(({ trades }) => trades),
        benchmarkReturns: concatColumns(test.map(([from, to]) => market.subarray(from, to))),
        periodsPerYear: options.periodsPerYear,
      }).metrics;
    });
    const defined = SWEPT_METRICS.filter((metric) => {
      const cell = sweepOf({
        ...{ document: rules, params: [{ path: 'substrategies.0.window', values: [20] }], bars, seriesFrom, metric },
        ...{ options: { costs }, crossValidation: { figure: metric } },
      });
      const values = figuresOf.map((figures) => figures[metric]!);
      if (values.some((value) => value === null)) return expect(cell.metric[0]).toBeNaN();
      expect(cell.metric[0]).toBeCloseTo(meanOf(values), 9);
      expect(cell.running[0]!.at(-1)).toBe(cell.metric[0]);
      return true;
    });
    // this market has too few trades for some
    expect(defined.length).toBeGreaterThan(SWEPT_METRICS.length - 6);
    expect(defined).toEqual(expect.arrayContaining(['sortino_ratio', 'win_rate_trades', 'turnover', 'alpha']));
  });

  it('are given up by the side on which a metric is worse', () => {
    const under = (bound: number) =>
      sweepOf({
        ...{ document, params, bars, seriesFrom, metric: 'ulcer_index' as const },
        crossValidation: { figure: 'ulcer_index', bounds: Array<number>(CV_SPLITS).fill(bound) },
      }).running.map(({ length }) => length);
    expect(under(1)).toEqual(Array(3).fill(CV_SPLITS));
    expect(under(0)).toEqual([5, 5, 5]);
    const trial = (mean: number): number[] => Array<number>(CV_SPLITS).fill(mean);
    const few = [[1], [1], [1], [1, 2], ...[1, 2, 3, 4].map(trial)];
    expect(medianBounds([...few, Array(CV_SPLITS).fill(null)], 'ulcer_index')).toEqual(trial(3));
  });

  it('are the same on threads', async () => {
    const pool = new PipelinePool({ threads: 2 });
    try {
      const plan = planSweep(document, params);
      const crossValidation = { figure: 'sharpe', bounds: Array(CV_SPLITS).fill(1000) } as const;
      const input = { document, plan, bars, withSeries: true, seriesFrom, crossValidation };
      expect(await pool.sweepStrategy(input, { shards: 3 })).toEqual(swept(crossValidation.bounds));
    } finally {
      await pool.close();
    }
  }, 30_000);
});

describe('bounds of the median rule', () => {
  const trial = (from: number, length = CV_SPLITS): number[] => Array.from({ length }, (_, k) => from + k);

  it('are the medians of the earlier whole trials, split by split', () => {
    const earlier = [trial(5), trial(1), trial(9), trial(2), trial(7), trial(-100, 6)];
    expect(medianBounds(earlier, 'sharpe')).toEqual(trial(5));
    expect(medianBounds([...earlier, trial(3)], 'sharpe')).toEqual(trial(4));
  });

  it('are none while fewer than five trials are whole', () => {
    const earlier = [trial(5), trial(1), trial(9), trial(2), trial(7, 14)];
    expect(medianBounds(earlier, 'sharpe')).toEqual(Array(CV_SPLITS).fill(null));
  });

  it('hold an undefined mean for the worst', () => {
    const undefinedOne = Array<null>(CV_SPLITS).fill(null);
    const earlier = [trial(1), trial(2), trial(3), trial(4), undefinedOne];
    expect(medianBounds(earlier, 'sharpe')).toEqual(trial(2));
    expect(medianBounds(earlier, 'max_drawdown')).toEqual(trial(3));
    const most = [trial(1), trial(2), undefinedOne, undefinedOne, undefinedOne];
    expect(medianBounds(most, 'sharpe')).toEqual(undefinedOne);
  });
});
