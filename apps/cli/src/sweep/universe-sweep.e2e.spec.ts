import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { syntheticUniverse } from '@assay/simulators';
import { assay, json, openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

const MADE = syntheticUniverse({ seed: 3, symbols: 6, bars: 300 });
const UNIVERSE = {
  ...{ kind: 'universe', trading_period: 252, market: 'US', universe: MADE.map(({ symbol }) => symbol) },
  features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 21 } }],
  portfolio: {
    ...{ kind: 'ranked', score: 'mom', select: { kind: 'top', k: 2 }, weighting: { kind: 'equal' } },
    rebalance: { kind: 'monthly', session: 'last' },
  },
  ...{ mode: 'all_in', costs: { fee_bps: 7 } },
};
const PARAMS = ['--param', 'costs.fee_bps=0:20:10', '--param', 'features.0.params.window=21:42:21'];

let workspace: Workspace;
let common: string[];
const path = (name: string): string => workspace.path(name);

beforeAll(() => {
  workspace = openWorkspace();
  mkdirSync(path('folder'));
  for (const { symbol, content } of MADE) writeFileSync(path(`folder/${symbol}.csv`), content);
  writeFileSync(path('universe.json'), JSON.stringify(UNIVERSE));
  common = ['--bars', path('folder'), '--strategy', path('universe.json')];
});
afterAll(() => workspace.remove());

interface Sweep {
  columns: string[];
  rows: (number | null)[][];
  top: Record<string, number>[];
  accounting: Record<string, unknown>;
  scored_from: { rule: string };
}
interface Backtest {
  metrics: Record<string, number>;
}

describe('assay sweep of a universe', () => {
  it('has in each cell what a backtest of its document gives, on any number of threads, and emits the best', () => {
    const flags = [...common, ...PARAMS, '--by', 'calmar_ratio', '--emit', path('best.json')];
    const two = json<Sweep>('sweep', ...flags, '--threads', '2');
    expect(json<Sweep>('sweep', ...flags, '--threads', '1').rows).toEqual(two.rows);
    expect(two.columns).toEqual([
      ...['costs.fee_bps', 'features.0.params.window', 'total_return', 'sharpe', 'max_drawdown', 'calmar_ratio'],
    ]);
    expect(two.rows.map((row) => row.slice(0, 2))).toEqual([
      [0, 21],
      [0, 42],
      [10, 21],
      [10, 42],
      [20, 21],
      [20, 42],
    ]);
    expect(two.accounting).toMatchObject({ mode: 'all_in', fill: 'next_open', fee_bps: null, slippage_bps: 0 });
    expect(two.scored_from.rule).toBe('lookback');
    const { metrics } = json<Backtest>('backtest', ...common, '--fee-bps', '10');
    const figures = ['total_return', 'sharpe_ratio', 'max_drawdown', 'calmar_ratio'].map((key) => metrics[key]);
    expect(two.rows[2].slice(2)).toEqual(figures);
    const best = JSON.parse(readFileSync(path('best.json'), 'utf8')) as typeof UNIVERSE;
    expect(best.costs.fee_bps).toBe(two.top[0]['costs.fee_bps']);
    expect(best.features[0].params.window).toBe(two.top[0]['features.0.params.window']);
    const again = json<Backtest>('backtest', '--bars', path('folder'), '--strategy', path('best.json'));
    expect(again.metrics.calmar_ratio).toBe(two.top[0].calmar_ratio);
  });

  it('samples cells and shows a table', () => {
    const { out } = assay('sweep', ...common, ...PARAMS, '--search', 'random', '--samples', '4');
    expect(out).toMatch(/^costs\.fee_bps +features\.0\.params\.window +total_return +sharpe +max_drawdown +plateau$/m);
    expect(out).toContain('sampled 4 of 6 cells by random, seed 1: the best may not be among them');
    expect(out).toContain('accounting all_in, fill next_open, fee of each cell, 252 bars per year');
  });

  it.each<[string, string[], string]>([
    [
      'a path to its bars',
      ['--param', 'trading_period=252:253'],
      '--param must lead into features, cross_sections, portfolio, costs of a universe, whose cells are all over the same bars, was trading_period',
    ],
    [
      'cross-validation',
      [...PARAMS, '--objective', 'cpcv'],
      '--objective has no effect here: a universe has fixed rules, and its cells are backtests',
    ],
    [
      'a capital',
      [...PARAMS, '--capital', '1000'],
      '--capital has no effect here: no cost of a universe asks how large an order is',
    ],
    ['a symbol', [...PARAMS, '--symbol', 'A'], '--symbol has no effect here: the document names the symbols'],
    [
      'a fee that is swept',
      [...PARAMS, '--fee-bps', '3'],
      '--fee-bps has no effect here: --param costs.fee_bps sweeps it',
    ],
    [
      'a path that leads nowhere',
      ['--param', 'portfolio.k=1:2'],
      '--param: portfolio.k must lead to a number of the document, but k is not there',
    ],
  ])('refuses %s', async (_, flags, message) => {
    const { code, err } = await call('sweep', ...common, ...flags);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('names the cell that is not valid, and the field', () => {
    const { code, err } = assay('sweep', ...common, '--param', 'portfolio.select.k=0:2');
    expect([code, err]).toEqual([2, expect.stringContaining('portfolio.select.k must be at least 1, was 0')]);
  });
});
