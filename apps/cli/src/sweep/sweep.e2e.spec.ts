import { assay, json, openWorkspace, type Workspace } from '../fixtures/built-tool';

let workspace: Workspace;
const path = (name: string): string => workspace.path(name);

beforeAll(() => {
  workspace = openWorkspace();
});
afterAll(() => workspace.remove());

describe('assay sweep', () => {
  type Sweep = {
    cells: number;
    threads: number;
    columns: string[];
    rows: (number | null)[][];
    best: Record<string, number>;
  };
  const sums = ({ rows }: Sweep): number[] => [2, 3, 4].map((c) => rows.reduce((sum, row) => sum + (row[c] ?? 0), 0));

  it.each([
    [
      'sma-cross',
      ['--fast', '2:100', '--slow', '2:100'],
      ['fast', 'slow'],
      4851,
      [3465.5055998, 1694.7295394, 1466.615521],
    ],
    [
      'bollinger-hysteresis',
      ['--window', '5:100', '--threshold', '0:3:0.1'],
      ['window', 'threshold'],
      2976,
      [51.2168471, 118.5864738, 805.9652937],
    ],
  ])('gives the golden sums of %s, the same rows on one and two threads', (template, grid, names, cells, golden) => {
    const common = ['sweep', '--bars', path('sp500.csv'), '--template', template, ...grid];
    const options = ['--fee-bps', '5', '--fill', 'close', '--long-only', '--periods-per-year', '365'];
    const one = json<Sweep>(...common, ...options, '--threads', '1');
    const two = json<Sweep>(...common, ...options, '--threads', '2');
    expect([one.cells, one.rows.length, one.threads, two.threads]).toEqual([cells, cells, 1, 2]);
    expect(one.columns).toEqual([...names, 'total_return', 'sharpe', 'max_drawdown']);
    sums(one).forEach((sum, i) => expect(sum).toBeCloseTo(golden[i], 6));
    expect(two.rows).toEqual(one.rows);
    const highest = Math.max(...one.rows.map((row) => row[3] ?? -Infinity));
    expect(one.best.sharpe).toBe(highest);
  });

  it('fills at the next open by default, cell by cell like the backtest', () => {
    const common = ['--bars', path('sp500.csv'), '--template', 'sma-cross'];
    const { rows } = json<Sweep>('sweep', ...common, '--fast', '9:10', '--slow', '29:30', '--threads', '2');
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      [9, 29],
      [9, 30],
      [10, 29],
      [10, 30],
    ]);
    const { metrics } = json<{ metrics: Record<string, number> }>(
      'backtest',
      ...common,
      '--fast',
      '10',
      '--slow',
      '30',
    );
    expect(rows[3][2]).toBeCloseTo(metrics.total_return, 12);
    expect(rows[3][3]).toBeCloseTo(metrics.sharpe_ratio, 12);
  });

  it('sweeps numbers of a document, the last parameter fastest', () => {
    const params = ['--param', 'substrategies.0.window=10:20:5', '--param', 'substrategies.0.signal=0:0.02:0.01'];
    const common = ['--bars', path('sp500.csv'), '--strategy', path('sma.json')];
    const two = json<Sweep>('sweep', ...common, ...params, '--threads', '2');
    expect(two.columns).toEqual([
      'substrategies.0.window',
      'substrategies.0.signal',
      'total_return',
      'sharpe',
      'max_drawdown',
    ]);
    expect(two.rows.map((row) => row.slice(0, 2)).slice(0, 4)).toEqual([
      [10, 0],
      [10, 0.01],
      [10, 0.02],
      [15, 0],
    ]);
    expect(json<Sweep>('sweep', ...common, ...params, '--threads', '1').rows).toEqual(two.rows);
  });

  it.each([
    [['--template', 'sma-cross', '--fast', '2:5'], '--slow is required by --template sma-cross'],
    [
      ['--template', 'sma-cross', '--fast', '0:5', '--slow', '9'],
      '--template sma-cross: fast must be at least 1, was 0',
    ],
    [
      ['--template', 'sma-cross', '--fast', '2', '--slow', '9', '--mode', 'weight'],
      '--mode must be all_in with --template, was weight',
    ],
    [
      ['--template', 'sma-cross', '--window', '5'],
      '--window has no effect here: only with --template bollinger-hysteresis',
    ],
    [
      ['--template', 'sma-cross', '--fast', '5:9', '--slow', '3:5'],
      '--fast must be below --slow in at least one cell, was in none',
    ],
    [[], 'give one of --strategy and --template, none was given'],
  ])('refuses %j', (flags, message) => {
    const { code, err } = assay('sweep', '--bars', path('close.csv'), '--fill', 'close', ...flags);
    expect([code, err.split('\n')[0]]).toEqual([2, message]);
  });

  it('takes the mode that templates have anyway', () => {
    const common = ['sweep', '--bars', path('close.csv'), '--fill', 'close', '--template', 'sma-cross'];
    const grid = ['--fast', '2:3', '--slow', '4'];
    expect(json<Sweep>(...common, ...grid, '--mode', 'all_in').rows).toEqual(json<Sweep>(...common, ...grid).rows);
  });

  it('refuses a parameter path that leads to no number', () => {
    const { code, err } = assay(
      ...['sweep', '--bars', path('close.csv'), '--fill', 'close', '--strategy', path('bollinger.json')],
      ...['--param', 'substrategies.0.nothing=1:2'],
    );
    expect(code).toBe(2);
    expect(err).toContain('substrategies.0.nothing must lead to a number of the document');
  });
});
