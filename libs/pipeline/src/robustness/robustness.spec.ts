import type { PipelineDocument, StressScenario } from '@assay/contracts';
import { createRng, maxDrawdown, METRIC_KEYS } from '@assay/quant';
import { monteCarlo, stressBacktest, worseCosts } from '.';
import { runBacktest } from '../backtest';
import { syntheticBars } from '../fixtures/bars';
import { logisticOnFactor, volManagedSma200 } from '../fixtures/documents';

const bars = syntheticBars(900, 11, 0.002);
const rules = volManagedSma200();
const held: PipelineDocument = { ...rules, sizing: { kind: 'fixed' } };
const protectedOne: PipelineDocument = {
  ...held,
  protection: { stop_loss: { percent: 2 }, re_entry: { rule: 'immediately' } },
};
const costs = { feeBps: 5, slippageBps: 2, spreadBps: 4 };

describe('worseCosts', () => {
  it('multiplies every fee, and what moves a price; what is absent stays so', () => {
    const all = {
      ...costs,
      ...{ fixedFee: 1, perShare: 0.01, minimumFee: 2, borrowBpsPerYear: 50, fundingColumn: 'funding' },
      tiers: {
        by: 'volume' as const,
        levels: [
          { from: 0, feeBps: 3 },
          { from: 10, perShare: 0.5 },
        ],
      },
      impact: { kind: 'linear' as const, coefficientBps: 10 },
    };
    expect(worseCosts(all, { fees: 2, slippage: 3 })).toEqual({
      ...{ feeBps: 10, slippageBps: 6, spreadBps: 12, fixedFee: 2, perShare: 0.02, minimumFee: 4 },
      ...{ borrowBpsPerYear: 50, fundingColumn: 'funding' },
      tiers: {
        by: 'volume',
        levels: [
          { from: 0, feeBps: 6 },
          { from: 10, perShare: 1 },
        ],
      },
      impact: { kind: 'linear', coefficientBps: 30 },
    });
    expect(Object.keys(worseCosts(costs, { fees: 2, slippage: 1 }))).toEqual(Object.keys(costs));
  });
});

describe('stressBacktest', () => {
  const of = (document: PipelineDocument, options = {}) => {
    const found = stressBacktest({ document, bars, options: { costs, ...options } });
    const row = (scenario: StressScenario) => found.items.find((one) => one.scenario === scenario)!;
    return { found, row };
  };

  it.each([
    ['plain', held],
    ['protected', protectedOne],
  ])('runs a %s strategy as the backtest does, and with other costs as a backtest with those', (_, document) => {
    const { row } = of(document);
    expect(row('as_run').metrics).toEqual(runBacktest({ document, bars, options: { costs } }).metrics);
    const dear = { feeBps: 10, slippageBps: 2, spreadBps: 4 };
    expect(row('fees_x2').metrics).toEqual(runBacktest({ document, bars, options: { costs: dear } }).metrics);
    const slips = { feeBps: 5, slippageBps: 6, spreadBps: 12 };
    expect(row('slippage_x3').metrics).toEqual(runBacktest({ document, bars, options: { costs: slips } }).metrics);
    expect(row('all_costs_late').metrics.total_return).toBeLessThan(row('one_bar_late').metrics.total_return!);
  });

  it('decides one bar later: the returns are those of the decisions of the bar before', () => {
    const { row } = of(held, { fill: 'close' });
    const { evaluation, scored } = runBacktest({ document: held, bars, options: { costs } });
    let equity = 1;
    for (let t = scored[0]; t < scored[1]; t++) {
      // decided at t - 2, filled at the close of t - 1
      const weight = evaluation.weights[t - 2]!;
      const traded = Math.abs(evaluation.weights[t - 1]! - weight);
      equity *= 1 + weight * (bars.close[t]! / bars.close[t - 1]! - 1) - (traded * (5 + 2 + 2)) / 1e4;
    }
    expect(row('one_bar_late').metrics.total_return).toBeCloseTo(equity - 1, 9);
  });

  it('draws as many histories as are asked for, as far as the bars allow', () => {
    expect(monteCarlo({ document: held, bars, draws: 1050 }).methods.map(({ draws }) => draws)).toEqual([
      ...[1050, 1050, 1050, 1050],
      // its one number is a window
      2,
    ]);
  });

  it('draws missed fills the same at every call, with a worst case below the median', () => {
    const { row, found } = of(protectedOne);
    const missed = row('missed_fills');
    expect(missed.draws).toBe(200);
    expect(missed.worst_5!.total_return).toBeLessThan(missed.metrics.total_return!);
    expect(missed.worst_5!.max_drawdown).toBeGreaterThan(missed.metrics.max_drawdown!);
    expect(missed.worst_5).not.toHaveProperty('trade_count');
    expect(of(protectedOne).found).toEqual(found);
    expect(Object.keys(missed.metrics)).toEqual(METRIC_KEYS);
  });

  it('takes a model as the backtest does', () => {
    const document = logisticOnFactor();
    const { row } = of(document, { scoreFrom: 400 });
    const run = runBacktest({ document, bars, options: { costs, scoreFrom: 400 } });
    expect(row('as_run').metrics).toEqual(run.metrics);
    const dear = { feeBps: 10, slippageBps: 2, spreadBps: 4 };
    const dearer = runBacktest({ document, bars, options: { costs: dear, scoreFrom: 400 } });
    expect(row('fees_x2').metrics).toEqual(dearer.metrics);
    expect(row('one_bar_late').metrics.sharpe_ratio).not.toEqual(run.metrics.sharpe_ratio);
  });
});

describe('monteCarlo', () => {
  const run = runBacktest({ document: held, bars, options: { costs } });
  const found = monteCarlo({ document: held, bars, options: { costs }, draws: 200 });
  const method = (name: string, of = found) => of.methods.find((one) => one.method === name)!;

  it('stands beside the figures of the run, the same at every call', () => {
    for (const { items } of found.methods)
      for (const { metric, observed } of items) expect(observed).toBe(run.metrics[metric]);
    expect(monteCarlo({ document: held, bars, options: { costs }, draws: 200 })).toEqual(found);
    expect(found.methods.map(({ method: name, draws, why }) => [name, draws, why])).toEqual([
      ['trade_order', 200, null],
      ['random_timing', 200, null],
      ['price_blocks', 200, null],
      ['parameter_noise', 200, null],
      ['neighbours', 2, null],
    ]);
  });

  it('orders trades anew: drawdowns between that of the best order and that of all losses first', () => {
    const [drawdown] = method('trade_order').items;
    const losses = [...run.returns].sort((a, b) => a - b);
    expect(drawdown!.metric).toBe('max_drawdown');
    expect(drawdown!.upper_95).toBeLessThanOrEqual(maxDrawdown(Float64Array.from(losses))!);
    expect(drawdown!.lower_5).toBeLessThan(drawdown!.upper_95!);
  });

  it('gives a timing without skill an even chance: p is about uniform over random positions', () => {
    const ps = Array.from({ length: 20 }, (_, seed) => {
      const rng = createRng(`timing ${seed}`);
      const factor = Float64Array.from({ length: 600 }, () => rng.next() - 0.5);
      const walk = syntheticBars(600, 100 + seed, 0);
      const document = {
        ...held,
        features: [{ pin: null, name: 'factor', plugin: 'column', plugin_version: '1', params: { column: 'noise' } }],
        signal: {
          ...held.signal,
          rule_tree: {
            groups: [
              { action: 'BUY', combinator: 'AND', rules: [{ field: 'factor', operator: '>', value: 0 }] },
              { action: 'SELL', combinator: 'AND', rules: [{ field: 'factor', operator: '<=', value: 0 }] },
            ],
          },
        },
      } as PipelineDocument;
      const free = { feeBps: 0, slippageBps: 0, spreadBps: 0 };
      const drawn = monteCarlo({
        ...{ document, bars: { ...walk, extra: { ...walk.extra, noise: factor } } },
        ...{ options: { costs: free }, draws: 100 },
      });
      return method('random_timing', drawn).items.find(({ metric }) => metric === 'sharpe_ratio')!.as_good!;
    });
    const mean = ps.reduce((sum, p) => sum + p, 0) / ps.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.2);
    expect(Math.min(...ps)).toBeLessThan(0.3);
    expect(Math.max(...ps)).toBeGreaterThan(0.7);
  });

  it('tells a foreseen timing from chance', () => {
    const foreseen = Float64Array.from(bars.close, (close, t) =>
      Math.sign((bars.close[t + 2] ?? close) - (bars.open[t + 1] ?? close)),
    );
    const document = {
      ...held,
      features: [{ pin: null, name: 'known', plugin: 'column', plugin_version: '1', params: { column: 'known' } }],
      signal: {
        ...held.signal,
        rule_tree: {
          groups: [
            { action: 'BUY', combinator: 'AND', rules: [{ field: 'known', operator: '>', value: 0 }] },
            { action: 'SELL', combinator: 'AND', rules: [{ field: 'known', operator: '<=', value: 0 }] },
          ],
        },
      },
    } as PipelineDocument;
    const drawn = monteCarlo({ document, bars: { ...bars, extra: { ...bars.extra, known: foreseen } }, draws: 100 });
    expect(method('random_timing', drawn).items.map(({ as_good }) => as_good)).toEqual([
      1 / 101,
      1 / 101,
      expect.any(Number),
    ]);
  });

  it('takes the numbers next to the choice one by one, each as a backtest of its own', () => {
    const options = { costs, scoreFrom: 300 };
    const figures = [180, 220].map((value) => {
      const params = { window: value, column: 'close' };
      const document = { ...held, features: held.features.map((feature) => ({ ...feature, params })) };
      return runBacktest({ document, bars, options }).metrics;
    });
    const { items } = method('neighbours', monteCarlo({ document: held, bars, options, draws: 100 }));
    const of = (key: 'sharpe_ratio' | 'max_drawdown') => ({
      row: items.find(({ metric }) => metric === key)!,
      own: figures.map((metrics) => metrics[key]!),
    });
    const [sharpe, drawdown] = [of('sharpe_ratio'), of('max_drawdown')];
    expect(sharpe.row.worst).toBe(Math.min(...sharpe.own));
    expect(sharpe.row.median).toBeCloseTo((sharpe.own[0]! + sharpe.own[1]!) / 2, 12);
    expect(drawdown.row.worst).toBe(Math.max(...drawdown.own));
  });

  it('does not take on rules of more numbers than can be answered at once', () => {
    const rules = Array.from({ length: 65 }, (_, i) => ({ field: 'close', operator: '>', value: 1 + i / 100 }));
    const document = {
      ...held,
      features: [],
      signal: {
        ...held.signal,
        rule_tree: {
          groups: [0, 1].map((part) => ({
            action: 'BUY',
            combinator: 'AND',
            rules: rules.slice(33 * part, 33 * part + 33),
          })),
        },
      },
    } as PipelineDocument;
    const drawn = monteCarlo({ document, bars, draws: 100 });
    for (const name of ['parameter_noise', 'neighbours'])
      expect(method(name, drawn)).toMatchObject({ draws: 0, items: [], why: 'its rules have more than 64 numbers' });
  });

  it('says why there is nothing to draw', () => {
    const always = {
      ...held,
      features: [],
      signal: {
        ...held.signal,
        rule_tree: {
          groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: 0 }] }],
        },
      },
    } as PipelineDocument;
    const drawn = monteCarlo({ document: always, bars, draws: 100 });
    expect(method('trade_order', drawn)).toMatchObject({
      draws: 0,
      items: [],
      why: expect.stringMatching('fewer than 2 trades'),
    });
    expect(method('random_timing', drawn).why).toBe('one position was held all the time');
    for (const name of ['parameter_noise', 'neighbours'])
      expect(method(name, drawn).why).toBe('no number of its rules could be another');
    const model = monteCarlo({ document: logisticOnFactor(), bars, options: { scoreFrom: 400 }, draws: 100 });
    expect(method('price_blocks', model).why).toBe('a model has seen the bars that would be drawn');
    expect(() => monteCarlo({ document: held, bars, options: { scoreFrom: 885 } })).toThrow(
      'Monte-Carlo needs at least 20 returns, had 15',
    );
  });
});
