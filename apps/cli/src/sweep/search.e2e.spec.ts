import { json, openWorkspace, type Workspace } from '../fixtures/built-tool';

let workspace: Workspace;

beforeAll(() => {
  workspace = openWorkspace();
});
afterAll(() => workspace.remove());

interface Sweep {
  cells: number;
  threads: number;
  search: { grid_cells: number; seed: number };
  rows: number[][];
}

const sweep = (...flags: string[]): Sweep =>
  json<Sweep>(
    ...['sweep', '--bars', workspace.path('sp500.csv'), '--strategy', workspace.path('sma.json'), ...flags],
    ...['--param', 'substrategies.0.window=10:60:2', '--param', 'substrategies.0.signal=0:0.02:0.002'],
  );

describe('sampling a strategy sweep', () => {
  it.each(['random', 'tpe'])('by %s evaluates the same cells on any number of threads', (method) => {
    const [one, two] = ['1', '2'].map((threads) => sweep('--search', method, '--samples', '60', '--threads', threads));
    expect([one.threads, two.threads, one.cells, one.search.grid_cells, one.search.seed]).toEqual([1, 2, 60, 286, 1]);
    expect(two.rows).toEqual(one.rows);
    const values = one.rows.map((row) => row.slice(0, 2));
    expect(values).toEqual([...values].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
  });

  it('looks for the figure that ranks the cells', () => {
    const tpe = (by: string): number[][] => sweep('--search', 'tpe', '--samples', '80', '--by', by).rows;
    const meanDrawdown = (rows: number[][]): number => rows.reduce((sum, row) => sum + row[4] / rows.length, 0);
    expect(meanDrawdown(tpe('max_drawdown'))).toBeLessThan(meanDrawdown(tpe('total_return')));
    expect(tpe('plateau')).toEqual(tpe('sharpe'));
  });
});
