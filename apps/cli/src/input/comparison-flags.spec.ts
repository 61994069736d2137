import { writeFileSync } from 'node:fs';
import { call } from '../fixtures/in-process';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';

const RULE = {
  ...{ name: 'rule', ticker: 'X', conjunction: 'AND', trading_period: 252 },
  substrategies: [
    { id: 1, indicator: 'get_sma', signal_func: 'momentum_band_signal', window: 3, signal: 0, data_column: 'close' },
  ],
};

describe('files that a backtest is told against', () => {
  let workspace: Workspace;
  let common: string[];

  beforeAll(() => {
    workspace = openWorkspace();
    const dates = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10));
    const close = (i: number): number => 100 + 10 * Math.sin(i / 3);
    const rows = dates.map((date, i) => `${date},${close(i)},${close(i)},${close(i) * (1 - i / 200)}`);
    writeFileSync(workspace.path('bars.csv'), `date,open,close,adj_close\n${rows.join('\n')}\n`);
    const others = dates.map((date, i) => `${date},${2 + Math.cos(i)}`);
    writeFileSync(workspace.path('plain.csv'), `date,close\n${others.join('\n')}\n`);
    writeFileSync(workspace.path('rule.json'), JSON.stringify(RULE));
    writeFileSync(workspace.path('bills.csv'), 'date,value\n2023-12-01,3\n');
    common = ['backtest', '--bars', workspace.path('bars.csv'), '--strategy', workspace.path('rule.json'), '--json'];
  });
  afterAll(() => workspace.remove());

  const told = async (...more: string[]) => {
    const { code, out, err } = await call(...common, ...more);
    return { code, err, ...(code === 0 && (JSON.parse(out) as { metrics: Record<string, number>; fx: unknown })) };
  };

  it('takes a benchmark without adjusted closes as it is, and says so', async () => {
    const plain = workspace.path('plain.csv');
    const { code, err, metrics } = await told('--adjust', 'adj_close', '--benchmark', plain);
    expect([code, err]).toEqual([
      0,
      `--benchmark ${plain}: has no column adj_close, its prices are taken as they are\n`,
    ]);
    expect(typeof metrics!.beta).toBe('number');
    const own = await told('--adjust', 'adj_close', '--benchmark', workspace.path('bars.csv'));
    const alone = await told('--adjust', 'adj_close');
    expect([own.err, own.metrics!.beta]).toEqual(['', alone.metrics!.beta]);
  });

  it('never adjusts rates of currencies', async () => {
    const { code, err, fx } = await told(
      '--adjust',
      'adj_close',
      '--fx',
      workspace.path('plain.csv'),
      '--start',
      '2024-01-10',
    );
    expect([code, err]).toEqual([0, '']);
    expect(fx).toMatchObject({ written_off: 0 });
  });

  it('reads rates of a column that is called value', async () => {
    const file = ['--risk-free', workspace.path('bills.csv'), '--risk-free-unit', 'percent', '--risk-free-after', '1d'];
    const { code, err, metrics } = await told(...file);
    expect([code, err]).toEqual([0, expect.stringContaining('taken as known 1d after the end of its event')]);
    const fixed = await told('--risk-free', '0.03');
    expect(metrics).toEqual(fixed.metrics);
    expect(metrics).not.toEqual((await told()).metrics);
  });
});
