import { DAY_MS } from '@assay/primitives';
import {
  createRng,
  computeMetrics,
  buyAndHoldReturns,
  maxDrawdown,
  METRIC_KEYS,
  runEngine,
  sharpeRatio,
  templateTargets,
  totalReturn,
  type SweepResult,
  type SweepTemplate,
} from '@assay/quant';
import { runTemplateMetric } from './run-template-sweep';
import { methodOf, parameterColumns } from './template-cells';
import type { TemplateSweep } from './template-sweep';

const range = (from: number, count: number, step: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => from + i * step);

const grids = {
  'sma-cross': { first: range(2, 6, 3), second: range(2, 8, 5) },
  'bollinger-hysteresis': { first: range(5, 4, 7), second: range(0, 5, 0.5) },
};

function sweepOf(template: SweepTemplate): TemplateSweep {
  const rng = createRng(template);
  const close = new Float64Array(900);
  let price = 100;
  for (let t = 0; t < close.length; t += 1) close[t] = price *= Math.exp(0.02 * rng.normal());
  const open = close.map((c) => c * Math.exp(0.005 * rng.normal()));
  const [high, low] = [Math.max, Math.min].map((of) => close.map((c, t) => of(c, open[t])));
  const costs = { feeBps: 5, slippageBps: 1, spreadBps: 2 };
  const openTimeMs = close.map((_, t) => t * DAY_MS);
  return {
    template,
    grid: grids[template],
    openTimeMs,
    open,
    high,
    low,
    close,
    fill: 'next_open',
    costs,
    periodsPerYear: 252,
  };
}

it.each(Object.keys(grids) as SweepTemplate[])(
  '%s filled at the next open has in each cell the bits of its own backtest, however it is cut',
  (template) => {
    const sweep = sweepOf(template);
    const [first, second] = parameterColumns(template, sweep.grid);
    const { openTimeMs, open, high, low, close, fill, costs, periodsPerYear } = sweep;
    const own = Array.from(first, (a, cell) => {
      const targets = templateTargets(template, close, a, second[cell]);
      const market = { openTimeMs, open, high, low, close };
      const { returns } = runEngine('vectorized', { ...market, targets, mode: 'all_in', fill, costs });
      return [totalReturn(returns), sharpeRatio(returns, periodsPerYear) ?? NaN, maxDrawdown(returns)];
    });
    const method = methodOf(sweep);
    for (const threads of [1, 3]) {
      const plan = method.plan(sweep, threads);
      const result = method.merge(
        sweep,
        plan,
        plan.parts.map((part) => method.compute(sweep, part)),
      ) as SweepResult;
      const cells = Array.from(first, (_, k) => [result.totalReturn[k], result.sharpe[k], result.maxDrawdown[k]]);
      expect(cells).toEqual(own);
    }
    // the sweep trades: other cells give other figures
    expect(new Set(own.map(String)).size).toBeGreaterThan(own.length / 2);
  },
);

describe('a metric of the cells of a template', () => {
  const sweep = sweepOf('sma-cross');
  const { openTimeMs, open, high, low, close, costs, periodsPerYear } = sweep;
  const [first, second] = parameterColumns('sma-cross', sweep.grid);

  it.each(['close', 'next_open'] as const)('is that of its own backtest, filled at %s', async (fill) => {
    const own = Array.from(first, (a, cell) => {
      const targets = templateTargets('sma-cross', close, a, second[cell]);
      const market = { openTimeMs, open, high, low, close };
      const run = runEngine('vectorized', { ...market, targets, mode: 'all_in', fill, costs });
      return computeMetrics({ ...run, periodsPerYear, benchmarkReturns: buyAndHoldReturns(close) }).metrics;
    });
    for (const metric of METRIC_KEYS) {
      const found = await runTemplateMetric({ ...sweep, fill, metric }, { threads: 1 });
      expect([metric, ...found]).toEqual([metric, ...own.map((metrics) => metrics[metric] ?? NaN)]);
    }
  });

  it('follows the stops of its cell', async () => {
    const grid = { ...sweep.grid, stopLoss: Float64Array.of(0.01, 0.5) };
    const asked = { ...sweep, grid, fill: 'close', metric: 'win_rate_trades' } as const;
    const found = await runTemplateMetric(asked, { threads: 1 });
    const wide = found.filter((_, cell) => cell % 2 === 1);
    const without = await runTemplateMetric({ ...asked, grid: sweep.grid }, { threads: 1 });
    // a stop of half the price is never reached here, one of 1 % is
    expect(wide).toEqual(without);
    expect(found.filter((_, cell) => cell % 2 === 0)).not.toEqual(without);
  });
});
