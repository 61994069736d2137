import { writeFileSync } from 'node:fs';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

let workspace: Workspace;
const RAW = `date,open,high,low,close,volume
2003-02-13,47,48,46,46.99,100
2003-02-14,47,49,47,48.3,100
2003-02-18,25,26,24,24.96,300
2003-02-19,24,25,24,24.53,300
`;
beforeAll(() => {
  workspace = openWorkspace();
  writeFileSync(workspace.path('raw.csv'), RAW);
  const actions = '2003-02-19,dividend,0.08\n2003-02-18,split,2\n2030-01-02,split,3\n';
  writeFileSync(workspace.path('actions.csv'), `date,kind,value\n${actions}`);
  writeFileSync(workspace.path('wrong.csv'), 'date,kind,value\n2003-02-19,dividend,30\n');
});
afterAll(() => workspace.remove());

const adjust = (view: string, ...more: string[]) =>
  call(
    'data',
    'adjust',
    workspace.path('raw.csv'),
    '--actions',
    workspace.path('actions.csv'),
    '--view',
    view,
    ...more,
  );

describe('assay data adjust', () => {
  it('writes the published adjusted closes, and says what has no effect', async () => {
    const { code, out, err } = await adjust('total', '--market', 'US');
    const rows = out
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect([code, rows.slice(1).map((cells) => Number(cells[4]).toFixed(2))]).toEqual([
      0,
      ['23.42', '24.07', '24.88', '24.53'],
    ]);
    expect(rows.map((cells) => cells[5])).toEqual(['volume', '100', '100', '300', '300']);
    expect(err).toContain('the split of 2030-01-02 has no effect: no bar is of after it yet');
  });

  it('leaves dividends in, and scales the volume, where splits alone are asked for', async () => {
    const { out } = await adjust('splits', '--market', 'US', '--json');
    const made = JSON.parse(out);
    expect(made).toMatchObject({
      ...{ view: 'splits', market: 'US', actions: 3 },
      without_effect: [{ code: 'after_last_bar', ex_date: '2030-01-02', kind: 'split' }],
    });
    expect(made.bars.map(({ close, volume }: { close: number; volume: number }) => [close, volume])).toEqual([
      [23.495, 200],
      [24.15, 200],
      [24.96, 300],
      [24.53, 300],
    ]);
  });

  it('names the file and the line of what cannot be', async () => {
    const wrong = ['data', 'adjust', workspace.path('raw.csv'), '--view', 'total', '--market', 'US', '--actions'];
    const large = await call(...wrong, workspace.path('wrong.csv'));
    expect([large.code, large.err]).toEqual([
      2,
      expect.stringMatching(
        /^--actions .*wrong.csv: the dividend of 2003-02-19 .* must be less than the close before it/m,
      ),
    ]);
    const bars = await call(...wrong, workspace.path('raw.csv'));
    expect([bars.code, bars.err]).toEqual([2, expect.stringContaining('header must have kind')]);
  });

  it('has an example in its help', async () => {
    const { code, out } = await call('data', 'adjust', '--help');
    expect([code, out]).toEqual([0, expect.stringContaining('assay data adjust raw.csv --actions actions.csv')]);
  });
});
