import { DAY_MS } from '@assay/primitives';
import {
  createRng,
  maxDrawdown,
  runEngine,
  sharpeRatio,
  templateTargets,
  totalReturn,
  type SweepTemplate,
} from '@assay/quant';
import { methodOf, parameterColumns, type TemplateSweep } from './template-cells';

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
      );
      const cells = Array.from(first, (_, k) => [result.totalReturn[k], result.sharpe[k], result.maxDrawdown[k]]);
      expect(cells).toEqual(own);
    }
    // the sweep trades: other cells give other figures
    expect(new Set(own.map(String)).size).toBeGreaterThan(own.length / 2);
  },
);
