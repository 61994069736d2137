import { openWorkspace, type Workspace } from '../fixtures/built-tool';
// Templates on one thread need no other process.
import { call as assay } from '../fixtures/in-process';

let workspace: Workspace;
const path = (name: string): string => workspace.path(name);

beforeAll(() => {
  workspace = openWorkspace();
});
afterAll(() => workspace.remove());

type Cell = Record<string, number>;
interface Sweep {
  cells: number;
  threads: number;
  best: Cell;
  search: { method: string; grid_cells: number; samples: number | null; seed: number | null; note?: string };
  top: Cell[];
  top_by: string;
  plateau: Cell;
  columns: string[];
  rows: number[][];
}

/** Cells with fast >= slow do not exist. */
const filled = (fill: string, ...flags: string[]): string[] => [
  ...['sweep', '--bars', path('sp500.csv'), '--fill', fill, '--template', 'sma-cross'],
  ...['--fast', '5:25', '--slow', '10:40:2', ...flags],
];
const template = (...flags: string[]): string[] => filled('close', ...flags);

async function json(...args: string[]): Promise<Sweep> {
  const { code, out, err } = await assay(...args, '--json');
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Sweep;
}

const column = ({ columns, rows }: Sweep, name: string): number[] => rows.map((row) => row[columns.indexOf(name)]);

describe('judging a sweep', () => {
  it('gives the best cells by each figure, and the best plateau', async () => {
    const all = await json(...template());
    expect(all.search).toEqual({ method: 'exhaustive', grid_cells: all.rows.length, samples: null, seed: null });
    expect(all.cells).toBe(all.rows.length);
    expect(all.top).toHaveLength(10);
    expect(all.top_by).toBe('sharpe');
    const { plateau, ...first } = all.top[0];
    expect(first).toEqual(all.best);
    expect(plateau).toBeLessThanOrEqual(first.sharpe);
    const by = (figure: string): Promise<Sweep> => json(...template('--by', figure, '--top', '4'));
    for (const figure of ['sharpe', 'total_return'])
      expect((await by(figure)).top.map((cell) => cell[figure])).toEqual(
        column(all, figure)
          .sort((a, b) => b - a)
          .slice(0, 4),
      );
    const drawdowns = column(all, 'max_drawdown').sort((a, b) => a - b);
    expect((await by('max_drawdown')).top.map((cell) => cell.max_drawdown)).toEqual(drawdowns.slice(0, 4));
    const worse = { calmar_ratio: -1, win_rate_trades: -1, ulcer_index: 1, turnover: 1 };
    for (const [metric, order] of Object.entries(worse)) {
      const found = await by(metric);
      expect(found.columns.at(-1)).toBe(metric);
      expect(column(found, 'sharpe')).toEqual(column(all, 'sharpe'));
      const values = column(found, metric).sort((a, b) => order * (a - b));
      expect(found.top.map((cell) => cell[metric])).toEqual(values.slice(0, 4));
      expect(found.top_by).toBe(metric);
    }
    const { code, err } = await assay(...template('--by', 'exposure'));
    expect([code, err]).toEqual([2, expect.stringContaining('--by must be one of sharpe, total_return')]);
    expect(err).toContain('was exposure');
    const plateaus = await by('plateau');
    expect(plateaus.top[0]).toEqual(plateaus.plateau);
    expect(plateaus.plateau).toEqual(all.plateau);
    expect(plateaus.best).toEqual(all.best);
    const scores = plateaus.top.map((cell) => cell.plateau);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    // the mean of the cell and its neighbours, which all exist
    const [fast, slow] = [plateaus.plateau.fast, plateaus.plateau.slow];
    const near = all.rows.filter((row) => Math.abs(row[0] - fast) <= 1 && Math.abs(row[1] - slow) <= 2);
    expect(near).toHaveLength(9);
    const mean = near.reduce((sum, row) => sum + row[3], 0) / 9;
    expect(plateaus.plateau.plateau).toBeCloseTo(Math.min(mean, plateaus.plateau.sharpe), 12);
  });

  it('prints a map of two parameters beside the table', async () => {
    const { out } = await assay(...template('--top', '2'));
    expect(out).toMatch(/^fast {2}slow {2}total_return .* plateau\n/);
    expect(out).toContain('the best 2 by Sharpe ratio\nbest plateau: fast ');
    expect(out).toContain('\nSharpe ratio of fast (down) and slow (across); each block the highest of 2 x 1\nfast\n');
    expect(out).toMatch(/ or less ░▒▓█ \d\.\d\d {2}B best {2}P best plateau/);
    const line = template().map((flag) => (flag === '5:25' ? '5' : flag));
    expect((await assay(...line)).out).not.toContain('░');
  });
});

describe.each(['random', 'tpe'])('sampling a sweep by %s', (method) => {
  const sampled = ['--search', method, '--samples', '60'];

  it('evaluates some cells of a template as the whole sweep does, and says so', async () => {
    const all = await json(...template());
    const some = await json(...template(...sampled, '--seed', '7'));
    const note = `sampled 60 of ${all.cells} cells by ${method}, seed 7: the best may not be among them`;
    expect(some.search).toEqual({ method, grid_cells: all.cells, samples: 60, seed: 7, note });
    expect([some.cells, some.threads]).toEqual([60, 1]);
    const kept = new Set(some.rows.map((row) => JSON.stringify(row)));
    // the same bits, in grid order, each once
    expect(some.rows).toEqual(all.rows.filter((row) => kept.has(JSON.stringify(row))));
    expect((await json(...template(...sampled, '--seed', '7'))).rows).toEqual(some.rows);
    expect((await json(...template(...sampled, '--seed', '8'))).rows).not.toEqual(some.rows);
    const { out } = await assay(...template(...sampled, '--seed', '7'));
    expect(out).toContain(`\n${note}\n`);
    expect(out).not.toContain('░');
  });

  it('fills at the next open as the whole sweep does', async () => {
    const few = (...flags: string[]): string[] => filled('next_open', ...flags).map((f) => (f === '5:25' ? '5:6' : f));
    const rows = (await json(...few())).rows.map((row) => JSON.stringify(row));
    const some = await json(...few('--samples', '5', '--search', method));
    expect(some.cells).toBe(5);
    for (const row of some.rows) expect(rows).toContain(JSON.stringify(row));
  });

  it('is the whole sweep when there are as many samples as cells', async () => {
    const all = await json(...template());
    const every = await json(...template('--search', method, '--samples', String(all.cells)));
    expect(every.rows).toEqual(all.rows);
    expect(every.search.note).toBe(`sampled all ${all.cells} cells by ${method}, seed 1`);
    expect([every.best, every.plateau, every.top]).toEqual([all.best, all.plateau, all.top]);
  });

  it('asks for a number of samples that the grid has', async () => {
    const refused = async (...flags: string[]): Promise<unknown[]> => {
      const { code, err } = await assay(...template('--search', method, ...flags));
      return [code, err];
    };
    const { cells } = await json(...template());
    expect(await refused()).toEqual([2, `--samples is required by --search ${method}\n`]);
    expect(await refused('--samples', '999')).toEqual([
      2,
      `--samples must be at most the ${cells} cells of the grid, was 999\n`,
    ]);
    expect(await refused('--samples', '0')).toEqual([2, '--samples must be at least 1, was 0\n']);
  });
});

describe('flags of a search', () => {
  it.each([
    [['--samples', '5'], '--samples has no effect here: only with --search random or tpe'],
    [['--seed', '5', '--search', 'exhaustive'], '--seed has no effect here: only with --search random or tpe'],
    [['--top', '0'], '--top must be at least 1, was 0'],
    [
      ['--by', 'luck'],
      '--by must be one of sharpe, total_return, max_drawdown, plateau, or a metric of `assay metrics --list` of which one value is the better, was luck',
    ],
    [['--search', 'grid'], '--search must be one of exhaustive, random, tpe, was grid'],
  ])('refuses %j', async (flags, message) => {
    const { code, err } = await assay(...template(...flags));
    expect([code, err.split('\n')[0]]).toEqual([2, message]);
  });
});
