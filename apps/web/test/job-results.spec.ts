import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS } from '@assay/quant';
import { resultRows, type ResultRow } from '../src/pages/jobs/result/result-rows';
import type { ResultTarget } from '../src/pages/jobs/result/result-links';

interface Recorded {
  kind: string;
  result: Record<string, unknown>;
}
const root = join(__dirname, '..', '..', '..');
const recorded = Object.entries(
  JSON.parse(readFileSync(join(root, 'libs/contracts/src/fixtures/recorded/jobs.json'), 'utf8')) as Record<
    string,
    Recorded
  >,
);
const pages = join(__dirname, '..', 'src', 'pages');
/** The paths of all pages, as their routes state them. */
const routes = new Set(
  readdirSync(pages).flatMap((area) =>
    [...readFileSync(join(pages, area, 'routes.ts'), 'utf8').matchAll(/^ {2}path: '([^']+)'/gm)].map(
      ([, path]) => path,
    ),
  ),
);
const JOB = { id: '01a22653-0000-7000-8000-000000000001', subject_id: '01a22653-0000-7000-8000-000000000002' };

const rowsOf = ({ kind, result }: Recorded): ResultRow[] => resultRows(result, { ...JOB, kind }, METRICS);
const flat = (rows: readonly ResultRow[]): ResultRow[] => rows.flatMap((row) => [row, ...row.below]);
const shown = ({ cell }: ResultRow): string =>
  cell === null ? '' : cell.as === 'time' ? cell.time : cell.as === 'hash' ? cell.hash : cell.words;
const textOf = (rows: readonly ResultRow[]) => Object.fromEntries(flat(rows).map((row) => [row.key, shown(row)]));
const linksOf = (rows: readonly ResultRow[]): ResultTarget[] =>
  flat(rows).flatMap(({ cell }) => (cell?.as === 'link' ? [cell.target] : []));
const of = (name: string): Recorded => Object.fromEntries(recorded)[name]!;

describe.each(recorded)('the result of %s', (_, job) => {
  const rows = rowsOf(job);

  it('says something in every row, and nothing that is no word or value', () => {
    expect(rows.length).toBeGreaterThan(0);
    for (const row of flat(rows)) {
      expect([row.key, row.name.trim()]).not.toContain('');
      if (row.below.length === 0) expect([row.key, shown(row).trim()]).not.toContain('');
      expect(`${row.name} ${shown(row)}`).not.toMatch(/\[object|undefined|NaN|\bnull\b|[{}]/);
    }
    expect(new Set(flat(rows).map(({ key }) => key)).size).toBe(flat(rows).length);
  });

  it('leads to pages that there are, with what they are named by', () => {
    for (const target of linksOf(rows)) {
      expect(routes).toContain(target.to);
      const named = [...target.to.matchAll(/\$(\w+)/g)].map(([, name]) => name);
      expect(Object.keys('params' in target ? target.params : {})).toEqual(named);
    }
  });

  it('shows all its fields and has parts one level deep', () => {
    const keys = new Set(rows.map(({ key }) => key));
    const left = Object.keys(job.result).filter((key) => !keys.has(key));
    expect(left.every((key) => key.endsWith('_id') || key === 'reasons')).toBe(true);
    expect(rows.flatMap(({ below }) => below).every(({ below }) => below.length === 0)).toBe(true);
  });
});

describe('results of jobs', () => {
  it.each<[string, ResultTarget[]]>([
    ['backtest.sweep', [{ to: '/backtests/sweeps/$job', params: { job: JOB.id } }]],
    ['backtest.execute', [{ to: '/backtests/$id', params: { id: '01a22653-714e-72bc-b21e-2971a40fed8b' } }]],
    ['data.import', [{ to: '/data' }]],
    ['feature.generate', [{ to: '/features/$id', params: { id: JOB.subject_id } }]],
    ['model.train', [{ to: '/features/models/$id', params: { id: '01a22653-68cc-7354-b8ec-497db53dc2ad' } }]],
    ['deployment.run', [{ to: '/deployments/$id', params: { id: '01a22653-812b-767c-8c2d-f1da04608e31' } }]],
    [
      'validation.cpcv',
      [
        { to: '/validation/$id', params: { id: '01a22654-6d9a-77d8-8b30-fe7f0487a16e' } },
        { to: '/strategies/$id', params: { id: '01a22654-6d9a-77d8-8b30-fe7f0487a16e' } },
      ],
    ],
  ])('lead from %s to what was made', (name, targets) => expect(linksOf(rowsOf(of(name)))).toEqual(targets));

  it('name metrics as the catalogue does and show them in its units', () => {
    const { below } = rowsOf(of('holdout.look')).find(({ key }) => key === 'metrics')!;
    const told = Object.fromEntries(below.map((row) => [row.name, shown(row)]));
    expect(told).toMatchObject({ 'Total return': '20.07 %', 'Sharpe ratio': '1.448', Trades: '14' });
  });

  it('say how many a long list has and show the first', () => {
    const text = textOf(rowsOf(of('backtest.sweep sampled')));
    expect(text.rows).toBe('22 entries, the first 5 of them');
    expect(text['rows.0']).toBe(
      'features.0.params.window 5, costs.fee_bps 50, Total return -26.78 %, Sharpe -1.012, Maximum drawdown 32.11 %',
    );
    expect(text.ranking).toMatch(/^20 values, the first 5: 19, 21, /);
  });

  it('say why a figure is undefined, what a gate decided and what a warning says', () => {
    const search = rowsOf(of('validation.walk_forward_search'));
    expect(textOf(search)['stitched.metrics']).toContain('Exposure: No positions given');
    expect(textOf(rowsOf(of('validation.walk_forward')))['gates.exploratory']).toMatch(
      /^Passed by version 1: \d+ of 11 gates passed$/,
    );
    const { below } = rowsOf(of('data.import')).find(({ key }) => key === 'repairs')!;
    expect(below.map((row) => [row.name, shown(row)])).toEqual([
      ['Clipped to range', 'Line 2, 2024-01-05: open 9.0000001 is above high 9 by rounding: clipped to 9'],
    ]);
  });

  it('have hashes to copy, and times of bars by the date of the market', () => {
    const rows = rowsOf(of('data.import'));
    const cells = Object.fromEntries(flat(rows).map(({ key, cell }) => [key, cell]));
    expect(cells.fingerprint).toEqual({ as: 'hash', hash: of('data.import').result.fingerprint });
    expect(cells.first).toEqual({ as: 'words', words: '2024-01-05', exact: '2024-01-05T00:00:00.000Z' });
    expect(Object.fromEntries(rowsOf(of('data.refresh')).map(({ key, cell }) => [key, cell])).next_due_at).toEqual({
      ...{ as: 'time', time: '2026-11-27T18:30:15.000Z' },
    });
  });
});
