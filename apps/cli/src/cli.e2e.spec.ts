import { writeFileSync } from 'node:fs';
import { assay, json, openWorkspace, SP500, type Workspace } from './fixtures/built-tool';

let workspace: Workspace;
const path = (name: string): string => workspace.path(name);

beforeAll(() => {
  workspace = openWorkspace();
});
afterAll(() => workspace.remove());

describe('assay indicators', () => {
  it('gives the golden RSI with null before its first value', () => {
    const { name, values } = json<{ name: string; values: (number | null)[] }>(
      ...['indicators', '--bars', path('close.csv'), '--name', 'get_rsi', '--window', '3'],
    );
    expect(name).toBe('get_rsi');
    expect(values.slice(0, 3)).toEqual([null, null, null]);
    const golden = [
      85.7142857143, 85.7142857143, 60, 20, 0, 54.5454545455, 92.3076923077, 85.7142857143, 83.3333333333,
    ];
    golden.forEach((value, i) => expect(values[i + 3]).toBeCloseTo(value, 9));
  });

  it('reads any column of the file', () => {
    const { values } = json<{ values: number[] }>(
      ...['indicators', '--bars', path('factor.csv'), '--name', 'get_sma', '--window', '2', '--column', 'factor'],
    );
    expect(values.slice(1, 4)).toEqual([0.5, 1.5, 2.5]);
  });

  it('names the flag that needs a missing column', () => {
    const { code, out, err } = assay(
      'indicators',
      '--bars',
      path('close.csv'),
      '--name',
      'get_stochastic_oscillator',
      '--window',
      '2',
    );
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(
      `--name get_stochastic_oscillator needs the columns high, low, but ${path('close.csv')} has close`,
    );
  });
});

describe('assay features', () => {
  it('has the calendars of markets in built code, which are loaded with the first that is asked for', () => {
    // Thanksgiving week of 2024 with its half day on Friday, and the Monday after
    const days = ['2024-11-25', '2024-11-26', '2024-11-27', '2024-11-29', '2024-12-02'];
    writeFileSync(path('days.csv'), ['date,close', ...days.map((day, i) => `${day},${100 + i}`)].join('\n'));
    const features = [
      { name: 'minutes', plugin: 'calendar', params: { of: 'session_minutes', market: 'US' } },
      { name: 'month', plugin: 'expression', params: { expression: '`month.US`' } },
      {
        name: 'weekly',
        plugin: 'higher_timeframe',
        params: { timeframe: '1w', market: 'US', expression: 'close' },
      },
    ];
    writeFileSync(path('features.json'), JSON.stringify(features));
    const read = ['--bars', path('days.csv'), '--from', path('features.json')];
    const found = json<{ features: { name: string; values: (number | null)[] }[] }>('features', ...read);
    expect(found.features.map(({ values }) => values)).toEqual([
      [390, 390, 390, 210, 390],
      [10, 10, 10, 10, 11].map((month) => 2024 * 12 + month),
      [null, null, null, 103, 103],
    ]);
  });
});

describe('assay backtest', () => {
  const golden = [-0.0005, 0.019048, -0.038383, 0.038835, 0.010101, -0.062224, 0.057692, -0.018682, -0.0005];

  it.each(['vectorized', 'event'])(
    'gives the golden positions and profits on the %s engine from closes alone',
    (engine) => {
      const outcome = json<{
        positions: number[];
        equity: number[];
        metrics: Record<string, number>;
        trades: unknown[];
      }>(
        ...['backtest', '--bars', path('close.csv'), '--strategy', path('bollinger.json')],
        ...['--engine', engine, '--mode', 'weight', '--fee-bps', '5', '--fill', 'close'],
      );
      expect(outcome.positions.slice(2)).toEqual([0, 1, 1, -1, -1, -1, 1, 1, 0, 1]);
      golden.forEach((value, i) => expect(outcome.equity[i + 3] / outcome.equity[i + 2] - 1).toBeCloseTo(value, 6));
      expect(Object.keys(outcome.metrics)).toEqual(
        expect.arrayContaining(['total_return', 'annualized_return', 'sharpe_ratio', 'max_drawdown', 'calmar_ratio']),
      );
      expect(outcome.metrics.total_return).toBeCloseTo(outcome.equity.at(-1)! - 1, 12);
      expect(outcome.trades.length).toBeGreaterThan(0);
    },
  );

  it('needs the open for a fill at the next open and says which flag asks for it', () => {
    const { code, err } = assay('backtest', '--bars', path('close.csv'), '--strategy', path('bollinger.json'));
    expect(code).toBe(2);
    expect(err).toBe(`--fill next_open needs the column open, but ${path('close.csv')} has close; use --fill close\n`);
  });

  it('lets a strategy read an extra column', () => {
    const { positions } = json<{ positions: number[] }>(
      'backtest',
      '--bars',
      path('factor.csv'),
      '--strategy',
      path('factor.json'),
    );
    expect(positions.some((position) => position !== 0)).toBe(true);
    const { code, err } = assay(
      'backtest',
      '--bars',
      path('close.csv'),
      '--strategy',
      path('factor.json'),
      '--fill',
      'close',
    );
    expect(code).toBe(2);
    expect(err).toContain(
      '--strategy: substrategies[0].data_column must be one of v, open, high, low, close, volume, was "factor"',
    );
  });

  it('has the figures of the sweep cell when it runs a template', () => {
    const common = [
      '--bars',
      path('sp500.csv'),
      '--template',
      'sma-cross',
      '--fill',
      'close',
      '--periods-per-year',
      '365',
    ];
    const one = json<{ metrics: Record<string, number> }>(
      'backtest',
      ...common,
      '--fast',
      '10',
      '--slow',
      '30',
      '--engine',
      'event',
    );
    const cell = json<{ rows: number[][] }>('sweep', ...common, '--fast', '10', '--slow', '30').rows[0];
    expect(cell.slice(0, 2)).toEqual([10, 30]);
    const { total_return, sharpe_ratio, max_drawdown } = one.metrics;
    [total_return, sharpe_ratio, max_drawdown].forEach((value, i) => expect(cell[i + 2]).toBeCloseTo(value, 9));
  });

  it('prints an aligned table without --json', () => {
    const { out } = assay(
      'backtest',
      '--bars',
      path('close.csv'),
      '--strategy',
      path('bollinger.json'),
      '--fill',
      'close',
    );
    expect(out.split('\n')[0]).toMatch(/^metric +unit +strategy +buy and hold$/);
    expect(
      new Set(
        out
          .split('\n')
          .slice(0, 10)
          .map((line) => line.length),
      ).size,
    ).toBe(1);
  });
});

describe('assay walk-forward', () => {
  it('lays five folds two to one over all but the first year', () => {
    const { folds, summary } = json<{
      folds: { train: number[]; test: number[]; is_sharpe: number; oos_sharpe: number }[];
      summary: Record<string, unknown>;
    }>('walk-forward', '--bars', SP500, '--strategy', path('sma.json'), '--folds', '5', '--ratio', '2');
    expect(folds).toHaveLength(5);
    expect(folds[0].train[0]).toBe(252);
    expect(folds[4].test[1]).toBe(5105);
    expect(folds.every(({ test }) => test[1] - test[0] === Math.floor((5105 - 252) / 7))).toBe(true);
    expect(folds.every(({ oos_sharpe }) => Number.isFinite(oos_sharpe))).toBe(true);
    const mean = folds.reduce((sum, { oos_sharpe }) => sum + oos_sharpe, 0) / 5;
    expect(summary.mean_oos_sharpe).toBeCloseTo(mean, 12);
  });

  it('says when the file is too short', () => {
    const { code, err } = assay(
      'walk-forward',
      '--bars',
      path('close.csv'),
      '--strategy',
      path('bollinger.json'),
      '--fill',
      'close',
    );
    expect(code).toBe(2);
    expect(err).toBe(
      `--bars ${path('close.csv')}: walk-forward needs at least 263 bars, had 12: the first 252 are not scored, and 5 rolling folds with 2 train bars a test bar and a gap of 5 take 11\n`,
    );
  });
});

describe('assay cpcv', () => {
  it('gives 15 splits and 5 paths for six groups of which two are tested', () => {
    const { splits, paths } = json<{
      splits: { test_groups: number[]; test: number[][]; train: number[][] }[];
      paths: { group: number; split: number }[][];
    }>('cpcv', '--n', '1000', '--groups', '6', '--test-groups', '2', '--horizon', '1', '--embargo', '10');
    expect(splits).toHaveLength(15);
    expect(splits[0]).toMatchObject({ test_groups: [0, 1], test: [[0, 334]] });
    expect(splits[0].train).toEqual([[345, 1000]]);
    expect(paths).toHaveLength(5);
    expect(paths[0]).toHaveLength(6);
  });

  it('names the flag of an impossible layout', () => {
    expect(assay('cpcv', '--n', '50', '--test-groups', '7')).toMatchObject({
      code: 2,
      err: '--test-groups must be an integer from 1 to 5, was 7\n',
    });
  });

  it('refuses more splits than it can list, at once, with their number and the limit', () => {
    expect(assay('cpcv', '--n', '1000', '--groups', '40', '--test-groups', '20')).toMatchObject({
      code: 2,
      err: '--test-groups must give at most 1000 splits, gave 137846528820 by choosing 20 of 40: choose fewer, or from fewer\n',
    });
  });
});

describe('assay metrics', () => {
  it('lists every metric with unit, definition and direction', () => {
    const { items } = json<{ items: Record<string, string>[] }>('metrics', '--list');
    const of = (key: string) => items.find((item) => item.key === key);
    expect(of('max_drawdown')).toMatchObject({ unit: 'fraction', better: 'lower' });
    expect(of('kurtosis')!.definition).toContain('not excess');
    expect(assay('metrics', '--list').out).toMatch(/^sharpe_ratio +ratio +higher +mean/m);
    expect(assay('metrics')).toMatchObject({ code: 2, err: expect.stringContaining('--returns is required') });
  });

  it('gives null with its reason where a metric is undefined', () => {
    const { metrics, reasons } = json<{ metrics: Record<string, number | null>; reasons: Record<string, string> }>(
      ...['metrics', '--returns', path('returns.csv'), '--periods-per-year', '252'],
    );
    expect(metrics.total_return).toBeCloseTo(1.01 * 0.98 * 1.03 - 1, 12);
    expect(metrics.max_drawdown).toBeCloseTo(0.02, 12);
    expect(metrics.win_rate_trades).toBeNull();
    expect(reasons.win_rate_trades).toBe('no trades given');
  });

  it('names line and value of a return that is none', () => {
    writeFileSync(path('bad.csv'), 'return\n0.01\nx\n');
    expect(assay('metrics', '--returns', path('bad.csv'))).toMatchObject({
      code: 2,
      err: `--returns ${path('bad.csv')}: line 3: return must be a number of at least -1, was x\n`,
    });
  });
});

describe('assay', () => {
  it.each(['indicators', 'features', 'backtest', 'sweep', 'walk-forward', 'cpcv', 'metrics'])(
    '%s --help shows flags and an example',
    (command) => {
      const { code, out } = assay(command, '--help');
      expect(code).toBe(0);
      expect(out).toContain('--json');
      expect(out).toMatch(new RegExp(`Examples?\\n {2}assay ${command}[ \\n]`));
    },
  );

  it('lists its commands and refuses another by name', () => {
    expect(assay('--help').out).toContain('walk-forward');
    expect(assay('forecast')).toMatchObject({ code: 2, out: '' });
    expect(assay('forecast').err).toContain('was forecast');
  });

  it.each([
    ['close\n1\n-2\n', 'line 3: close must be a number above 0, was -2'],
    [
      'date,close\n2024-01-03,1\n2024-01-04,1\n2024-01-02,2\n',
      'line 4: date must be after 2024-01-04 of the line before, was 2024-01-02',
    ],
    [
      'date,close\n2024-01-02,1\n2024-01-02,2\n',
      'line 3: date must come once, but 2024-01-02 is on line 2 with close 1 and on line 3 with close 2: delete the wrong one',
    ],
    ['a,b\n1,2\n', 'header must name columns'],
  ])('says what is wrong with the bars %j', (text, message) => {
    writeFileSync(path('wrong.csv'), text);
    const { code, out, err } = assay('indicators', '--bars', path('wrong.csv'), '--name', 'get_sma');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`--bars ${path('wrong.csv')}: ${message}`);
  });
});
