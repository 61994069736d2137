import { writeFileSync } from 'node:fs';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

let workspace: Workspace;
beforeAll(() => {
  workspace = openWorkspace();
  const written = (name: string, days: number, close: (i: number) => number): void => {
    const date = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
    const rows = Array.from({ length: days }, (_, i) => `${date(i)},${close(i)},${i % 3}`);
    writeFileSync(workspace.path(name), `date,close,state\n${rows.join('\n')}\n`);
  };
  written('a.csv', 9, (i) => 100 + i * i);
  written('b.csv', 8, (i) => 200 - ((i * 5) % 7));
  written('short.csv', 3, (i) => 5 + i);
});
afterAll(() => workspace.remove());
const on = (...files: string[]): string[] => files.map((file) => workspace.path(file));

describe('assay data profile', () => {
  const profile = (...flags: string[]) => call('data', 'profile', ...on('a.csv'), ...flags);

  it('has a line a statistic, the extremes and a histogram of the returns', async () => {
    const { code, out } = await profile('--bins', '3', '--market', 'CRYPTO');
    expect(code).toBe(0);
    expect(out).toMatch(/^9 bars of 1d, 2024-01-01 to 2024-01-09$/m);
    expect(out).toMatch(/^count +9 +9 +8$/m);
    expect(out).toMatch(
      /^annualised volatility 0\.\d+, worst bar 0\.01 \(2024-01-02\), best bar 0\.1\d+ \(2024-01-09\)$/m,
    );
    expect(out.split('\nreturn\n')[1]!.trim().split('\n')).toHaveLength(3);
  });

  it('draws the column that is named', async () => {
    const { out } = await profile('--draw', 'state', '--bins', '2');
    expect(out).toMatch(/\nstate\n0 to 1 {2}3 {2}#+\n1 to 2 {2}6 {2}#{40}\n$/);
    const { code, err } = await profile('--draw', 'volume');
    expect([code, err]).toEqual([2, '--draw must be one of close, state, return, was volume\n']);
  });

  it('shows the same as JSON, with the first and last bars; a year is known by its market alone', async () => {
    const read = JSON.parse((await profile('--json', '--rows', '1')).out);
    expect(read).toMatchObject({
      timeframe: '1d',
      market: null,
      bars: 9,
      head: [{ close: 100 }],
      tail: [{ close: 164 }],
    });
    expect(read.returns).toMatchObject({ annualised_volatility: null, periods_per_year: null });
    expect((await profile()).out).toContain('annualised volatility needs --market');
    expect(JSON.parse((await profile('--json', '--market', 'CRYPTO')).out).returns.periods_per_year).toBe(365);
  });
});

describe('assay data correlation', () => {
  const correlation = (files: string[], ...flags: string[]) => call('data', 'correlation', ...on(...files), ...flags);

  it('has a matrix of the returns over the bars that all files have', async () => {
    const { code, out } = await correlation(['a.csv', 'b.csv']);
    expect([code, out]).toEqual([0, expect.stringMatching(/^pearson of 7 returns, 2024-01-01 to 2024-01-08\n/)]);
    const { matrix, overlap, files } = JSON.parse((await correlation(['a.csv', 'b.csv'], '--json')).out);
    expect([files, overlap]).toEqual([
      on('a.csv', 'b.csv'),
      [
        [9, 8],
        [8, 8],
      ],
    ]);
    expect(matrix).toEqual([
      [1, matrix[1][0]],
      [matrix[0][1], 1],
    ]);
    expect(Math.abs(matrix[0][1])).toBeLessThan(1);
  });

  it('is of closes and by ranks where that is asked for', async () => {
    const { out } = await correlation(['a.csv', 'b.csv'], '--of', 'close', '--method', 'spearman');
    expect(out).toMatch(/^spearman of 8 close, /);
  });

  it.each([
    [['a.csv'], 'FILE must be given twice at least'],
    [['a.csv', 'a.csv'], 'each FILE must be given once'],
    [['a.csv', 'short.csv'], 'must have at least 4 bars in common, had 3'],
    [['a.csv', 'none.csv'], 'none.csv'],
  ])('refuses %j', async (files, says) => {
    const { code, err } = await correlation(files);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });

  it('asks for FILE where there is none', async () => {
    expect(await correlation([])).toMatchObject({ code: 2, err: 'FILE is required\n' });
  });
});
