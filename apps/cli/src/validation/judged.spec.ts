import { mkdirSync, writeFileSync } from 'node:fs';
import { syntheticUniverse } from '@assay/simulators';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

const MADE = syntheticUniverse({ seed: 5, symbols: 6, bars: 900 });
const UNIVERSE = {
  ...{ kind: 'universe', trading_period: 252, market: 'US', universe: MADE.map(({ symbol }) => symbol) },
  features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 21 } }],
  portfolio: {
    ...{ kind: 'ranked', score: 'mom', select: { kind: 'top', k: 2 }, weighting: { kind: 'equal' } },
    rebalance: { kind: 'monthly', session: 'last' },
  },
  ...{ mode: 'all_in', costs: { fee_bps: 7 } },
};
const RULE = {
  ...{ name: 'rule', ticker: 'SYN001', conjunction: 'AND', trading_period: 252 },
  substrategies: [
    { id: 1, indicator: 'get_sma', signal_func: 'momentum_band_signal', window: 20, signal: 0, data_column: 'close' },
  ],
};

interface Fold {
  test_dates: [string, string];
  oos_return: number;
  oos_sharpe: number;
}
interface Cpcv {
  splits: { test_groups: number[]; test: number[][]; test_dates: string[][]; oos_sharpe: number }[];
  paths: { sharpe: number; metrics: Record<string, number | null> }[];
  distributions: Record<string, object>;
  summary: { mean_oos_sharpe: number; defined_oos: number };
  accounting: Record<string, unknown>;
}

describe('strategies judged on files', () => {
  let workspace: Workspace;
  let universe: string[];
  let rule: string[];

  beforeAll(() => {
    workspace = openWorkspace();
    mkdirSync(workspace.path('folder'));
    for (const { symbol, content } of MADE) writeFileSync(workspace.path(`folder/${symbol}.csv`), content);
    writeFileSync(workspace.path('universe.json'), JSON.stringify(UNIVERSE));
    writeFileSync(workspace.path('rule.json'), JSON.stringify(RULE));
    universe = ['--bars', workspace.path('folder'), '--strategy', workspace.path('universe.json')];
    rule = ['--bars', workspace.path('folder/SYN001.csv'), '--strategy', workspace.path('rule.json')];
  });
  afterAll(() => workspace.remove());

  async function told<T>(...words: string[]): Promise<T> {
    const { code, out, err } = await call(...words, '--json');
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out) as T;
  }

  it('has in each fold of a universe what a backtest of its dates gives', async () => {
    const { folds } = await told<{ folds: Fold[] }>('walk-forward', ...universe, '--folds', '3');
    expect(folds).toHaveLength(3);
    for (const { test_dates: dates, oos_return: total, oos_sharpe: sharpe } of folds) {
      const [start, end] = dates;
      const { metrics } = await told<{ metrics: object }>('backtest', ...universe, '--start', start, '--end', end);
      expect(metrics).toMatchObject({ total_return: total, sharpe_ratio: sharpe });
    }
  });

  it('lays the splits of CPCV out by dates, of a universe with its own costs and accounting', async () => {
    const { splits, paths, summary, accounting } = await told<Cpcv>('cpcv', ...universe);
    expect([splits.length, paths.length, summary.defined_oos]).toEqual([15, 5, 15]);
    const sum = splits.reduce((total, { oos_sharpe: sharpe }) => total + sharpe, 0);
    expect(summary.mean_oos_sharpe).toBeCloseTo(sum / 15, 12);
    expect(splits[1]!.test_groups).toEqual([0, 2]);
    expect(splits[1]!.test).toEqual([
      [252, 360],
      [468, 576],
    ]);
    const dates = MADE[0]!.content
      .split('\n')
      .slice(1)
      .map((line) => line.slice(0, 10));
    expect(splits[1]!.test_dates[1]).toEqual([dates[468], dates[575]]);
    expect(accounting).toMatchObject({ mode: 'all_in', fee_bps: 7, periods_per_year: 252 });
  });

  it('tells every metric over the paths, and why a portfolio has none of its trades', async () => {
    const { paths, distributions } = await told<Cpcv>('cpcv', ...universe);
    const sharpes = paths.map(({ sharpe }) => sharpe).sort((a, b) => a - b);
    expect(distributions.sharpe_ratio).toMatchObject({ defined: 5, least: sharpes[0], median: sharpes[2] });
    expect(distributions.beta).toMatchObject({ defined: 5 });
    expect(distributions.profit_factor).toMatchObject({ defined: 0, median: null, reason: 'no trades given' });
    const { out } = await call('cpcv', ...universe);
    expect(out).toMatch(/\nSharpe ratio +(-?[\d.]+ +){5}5\n/);
    expect(out).toContain('\nno path has Profit factor: no trades given\n');
    const own = await told<Cpcv>('cpcv', ...rule);
    expect(own.distributions.exposure).toMatchObject({ defined: 5 });
    expect(own.paths[0]!.metrics.sharpe_ratio).toBe(own.paths[0]!.sharpe);
  });

  it('gives the mean that a cross-validated sweep ranks by', async () => {
    const { summary } = await told<Cpcv>('cpcv', ...rule);
    const cell = ['--param', 'substrategies.0.window=20:20', '--objective', 'cpcv', '--threads', '1'];
    const { top } = await told<{ top: { sharpe: number }[] }>('sweep', ...rule, ...cell);
    expect(top[0]!.sharpe).toBe(summary.mean_oos_sharpe);
  });

  it('shows splits, paths and what they rest on', async () => {
    const { out } = await call('cpcv', ...rule);
    expect(out).toContain('split  test groups  test');
    expect(out).toContain('6 groups, 2 of them tested in each split');
    expect(out).toContain('scored from bar 252');
  });

  it.each([
    [['--n', '300'], '--n has no effect here: not with --strategy'],
    [['--horizon', '3'], '--horizon has no effect here: not with --strategy'],
    [['--groups', '3', '--test-groups', '3'], '--test-groups'],
  ])('refuses %j', async (more, message) => {
    const { code, err } = await call('cpcv', ...rule, ...more);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('asks for bars, and says what a universe does not have', async () => {
    expect((await call('cpcv', ...rule.slice(2))).err).toBe('--bars is required by --strategy\n');
    expect((await call('walk-forward', ...universe, '--artifact', 'model.json')).err).toBe(
      '--artifact has no effect here: a universe has no model\n',
    );
    const { code, err } = await call('walk-forward', ...universe, '--param', 'features.0.params.window=5:9:2');
    expect([code, err]).toEqual([2, '--param has no effect here: a universe is not searched in folds\n']);
  });
});
