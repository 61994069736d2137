import type { PipelineDocument, SubstrategiesDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { planSweep, sweepStrategy, type SweepParam } from '@assay/pipeline';
import { DAY_MS } from '@assay/primitives';
import {
  createRng,
  maxDrawdown,
  ReturnsEngine,
  runEngine,
  sharpeRatio,
  summariseReturns,
  templateCells,
  TemplateTargets,
  templateTargets,
  totalReturn,
} from '@assay/quant';
import { timesOf } from './measure';
import type { Row } from './rows';

const ID = '0190a6c0-0000-7000-8000-000000000001';

/** A market of daily bars whose extra column `factor` leads the next return by `edge`. */
export function market(n: number, edge: number): BarColumns {
  const rng = createRng('strategy sweeps');
  const close = new Float64Array(n);
  const factor = Float64Array.from({ length: n }, () => rng.normal());
  let price = 100;
  for (let i = 0; i < n; i++) {
    if (i > 0) price *= 1 + edge * factor[i - 1] + 0.01 * rng.normal();
    close[i] = price;
  }
  const openTimeMs = Float64Array.from(close, (_, i) => Date.UTC(2005, 0, 1) + i * DAY_MS);
  const open = close.map((x, i) => (i > 0 ? close[i - 1] : x));
  const common = { symbol: 'BENCH', source: 'bench', timeframe: '1d' as const, openTimeMs, open, close };
  const [high, low] = [Math.max, Math.min].map((of) => close.map((x, i) => of(x, open[i])));
  return { ...common, high, low, volume: close.map(() => 1000), extra: { factor } };
}

const range = (from: number, count: number, step: number): number[] =>
  Array.from({ length: count }, (_, i) => Number((from + i * step).toFixed(12)));

const envelope = { strategy_id: ID, name: 'bench', version: 1, ticker: 'BENCH', trading_period: 252 };

const bollinger: SubstrategiesDocument = {
  ...envelope,
  conjunction: 'AND',
  substrategies: [
    {
      id: 1,
      indicator: 'get_bollinger_band',
      signal_func: 'momentum_band_signal',
      window: 20,
      signal: 1,
      data_column: 'v',
    },
  ],
};

export function pipeline(
  field: string,
  [buy, sell]: [number, number],
  model: PipelineDocument['model'],
): PipelineDocument {
  const feature = (name: string, plugin: string, params: Record<string, number | string>) => ({
    pin: null,
    name,
    plugin,
    plugin_version: '1',
    params,
  });
  return {
    ...envelope,
    kind: 'pipeline',
    timeframe: '1d',
    artifact: null,
    features: [
      feature('factor', 'column', { column: 'factor' }),
      feature('rsi_14', 'rsi', { window: 14 }),
      feature('momentum_21', 'momentum', { window: 21 }),
    ],
    model,
    signal: {
      pin: null,
      output_mode: 'discrete',
      position_mode: 'long_short',
      rule_tree: {
        groups: [
          { action: 'BUY', combinator: 'AND', rules: [{ field, operator: '>', value: buy }] },
          { action: 'SELL', combinator: 'AND', rules: [{ field, operator: '<', value: sell }] },
        ],
      },
    },
    sizing: { kind: 'fixed' },
    costs: { fee_bps: 5, slippage_bps: 0, spread_bps: 0 },
  };
}

const logistic: PipelineDocument['model'] = {
  pin: null,
  kind: 'logistic',
  inputs: ['factor', 'rsi_14', 'momentum_21'],
  label: { kind: 'forward_return_sign', horizon: 1 },
  params: { l2: 1, max_iterations: 50, tolerance: 1e-8 },
  seed: 1,
  refit: { every: 21, min_train: 252 },
};

/** Job A with every third window, filled at the next open: full runs one by one against runs for returns alone. */
function benchNextOpenCells(bars: BarColumns): Row {
  const { openTimeMs, open, high, low, close } = bars;
  const costs = { feeBps: 5, slippageBps: 0, spreadBps: 0 };
  const market = { openTimeMs, open, high, low, close, mode: 'all_in', fill: 'next_open', costs } as const;
  const windows = Float64Array.from({ length: 33 }, (_, i) => 2 + 3 * i);
  const { first, second } = templateCells('sma-cross', { first: windows, second: windows });
  const full = timesOf(() => {
    first.forEach((fast, k) => {
      const targets = templateTargets('sma-cross', close, fast, second[k]);
      const { returns } = runEngine('vectorized', { ...market, targets });
      return [totalReturn(returns), sharpeRatio(returns, 252), maxDrawdown(returns)];
    });
  }, 5);
  const alone = timesOf(() => {
    const targets = new TemplateTargets('sma-cross', close);
    const engine = new ReturnsEngine(market);
    first.forEach((fast, k) => summariseReturns(engine.run(targets.of(fast, second[k])).returns, 252));
  }, 5);
  return {
    what: 'sma-cross cells filled at the next open, 5k bars',
    value: `${((alone.median * 1e6) / first.length / close.length).toFixed(1)} ns per cell and bar`,
    ratio: alone.median / full.median,
    note: 'of the time of full runs, one by one',
  };
}

/** Cells per second of sweeps over strategy documents, each cell a whole backtest, on one thread. */
export function benchStrategySweeps(): Row[] {
  const row = (what: string, cells: number, ms: number): Row => ({
    what,
    value: `${Math.round((cells / ms) * 1000).toLocaleString('en')} cells/s`,
    ratio: null,
    note: `${cells} cells in ${ms.toFixed(0)} ms`,
  });
  const long = market(5000, 0);
  const windows: SweepParam[] = [
    { path: 'substrategies.0.window', values: range(5, 20, 5) },
    { path: 'substrategies.0.signal', values: range(0, 31, 0.1) },
  ];
  const short = market(2500, 0.001);
  const threshold: SweepParam[] = [{ path: 'signal.rule_tree.groups.0.rules.0.value', values: range(0.5, 50, 0.002) }];
  const model = pipeline('prediction', [0.52, 0.48], logistic);
  const a = timesOf(
    () => void sweepStrategy({ document: bollinger, plan: planSweep(bollinger, windows), bars: long }),
    9,
    3,
  );
  const b = timesOf(
    () => void sweepStrategy({ document: model, plan: planSweep(model, threshold), bars: short }),
    3,
    1,
  );
  const series = timesOf(
    () => void sweepStrategy({ document: model, plan: planSweep(model, threshold), bars: short, withSeries: true }),
    3,
    1,
  );
  return [
    benchNextOpenCells(long),
    row('strategy sweep, bollinger, 5k bars', 620, a.median),
    row('strategy sweep, logistic, rule threshold, 2.5k bars', 50, b.median),
    row('the same with the CPCV series of the ledger', 50, series.median),
  ];
}
