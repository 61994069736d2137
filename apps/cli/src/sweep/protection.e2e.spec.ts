import { assay, json, openWorkspace, type Workspace } from '../fixtures/built-tool';

let workspace: Workspace;
const path = (name: string): string => workspace.path(name);

beforeAll(() => {
  workspace = openWorkspace();
});
afterAll(() => workspace.remove());

interface Sweep {
  cells: number;
  columns: string[];
  rows: (number | null)[][];
}
interface Backtest {
  metrics: Record<string, number>;
  trades: { reason: string; exit_time: string; entry_time: string }[];
}

describe('stops, targets and sizes of templates', () => {
  const figures = ['total_return', 'sharpe', 'max_drawdown'];

  it.each([
    ['sma-cross', ['--fast', '10:11', '--slow', '30'], ['--fast', '11', '--slow', '30'], ['fast', 'slow']],
    [
      'bollinger-hysteresis',
      ['--window', '19:20', '--threshold', '1'],
      ['--window', '20', '--threshold', '1'],
      ['window', 'threshold'],
    ],
  ])('are axes of a sweep of %s whose cells the order engine reproduces', (template, grid, cell, names) => {
    const common = ['--bars', path('sp500.csv'), '--template', template, '--periods-per-year', '365'];
    const costs = ['--fee-bps', '4', '--slippage-bps', '3'];
    const axes = [
      '--stop-loss',
      '0.02:0.04:0.01',
      '--take-profit',
      '0.05',
      '--trailing-stop',
      '0.03',
      '--size',
      '0.5:1:0.5',
    ];
    const sweep = json<Sweep>('sweep', ...common, ...costs, ...grid, ...axes, '--threads', '1');
    expect(sweep.columns).toEqual([...names, 'stop_loss', 'take_profit', 'trailing_stop', 'size', ...figures]);
    expect(sweep.rows).toHaveLength(12);
    expect(sweep.rows.slice(0, 3).map((row) => row.slice(2, 6))).toEqual([
      [0.02, 0.05, 0.03, 0.5],
      [0.02, 0.05, 0.03, 1],
      [0.03, 0.05, 0.03, 0.5],
    ]);
    expect(json<Sweep>('sweep', ...common, ...costs, ...grid, ...axes, '--threads', '2').rows).toEqual(sweep.rows);
    const one = ['--stop-loss', '0.02', '--take-profit', '0.05', '--trailing-stop', '0.03', '--size', '0.5'];
    const { metrics, trades } = json<Backtest>('backtest', ...common, ...costs, ...cell, ...one);
    const row = sweep.rows[6].slice(6) as number[];
    const { total_return, sharpe_ratio, max_drawdown } = metrics;
    [total_return, sharpe_ratio, max_drawdown].forEach((value, i) =>
      expect(Math.abs(row[i] - value)).toBeLessThan(1e-9),
    );
    const reasons = new Set(trades.map(({ reason }) => reason));
    expect([...reasons]).toEqual(expect.arrayContaining(['stop', 'take_profit', 'signal']));
  });

  it('are sampled like other parameters, with the rows of the whole grid', () => {
    const common = ['--bars', path('sp500.csv'), '--template', 'sma-cross', '--fast', '9:10', '--slow', '30'];
    const axes = ['--stop-loss', '0.02:0.06:0.01', '--size', '0.5:1:0.5'];
    const whole = json<Sweep>('sweep', ...common, ...axes);
    const search = ['--search', 'random', '--samples', '6', '--seed', '1'];
    const sampled = json<Sweep>('sweep', ...common, ...axes, ...search);
    expect(sampled.columns).toEqual(whole.columns);
    expect(sampled.rows).toHaveLength(6);
    expect(whole.rows).toEqual(expect.arrayContaining(sampled.rows));
  });

  it('needs closes alone for a size', () => {
    const common = ['--bars', path('close.csv'), '--template', 'sma-cross', '--fast', '1', '--slow', '2'];
    const { rows } = json<Sweep>('sweep', ...common, '--size', '0.5');
    const { metrics } = json<Backtest>('backtest', ...common, '--size', '0.5', '--engine', 'event');
    expect(rows[0][3]).toBeCloseTo(metrics.total_return, 12);
    expect(rows[0][3]).not.toBe(0);
  });

  it.each([
    [['--stop-loss', '0.05'], '--stop-loss needs the columns open, high, low, but '],
    [['--size', '2'], '--size must be above 0 and at most 1, was 2'],
    [['--size', '0.5', '--fill', 'next_open'], '--fill must be close with --size, was next_open'],
    [['--size', '0.5', '--engine', 'vectorized'], '--engine must be event with --size, was vectorized'],
  ])('refuses %j of a backtest by name', (flags, message) => {
    const common = ['--bars', path('close.csv'), '--template', 'sma-cross', '--fast', '1', '--slow', '2'];
    const { code, out, err } = assay('backtest', ...common, ...flags);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('refuses a bad axis of a sweep and axes of a document by name', () => {
    const sweep = ['sweep', '--bars', path('sp500.csv')];
    const template = ['--template', 'sma-cross', '--fast', '1', '--slow', '2'];
    expect(assay(...sweep, ...template, '--stop-loss', '0:0.1:0.05').err).toBe(
      '--stop-loss must be above 0 and below 1, was 0\n',
    );
    expect(assay(...sweep, '--strategy', path('sma.json'), '--stop-loss', '0.1').err).toContain(
      '--stop-loss has no effect here: only with --template\n',
    );
  });
});
