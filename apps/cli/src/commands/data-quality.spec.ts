import { readFileSync, writeFileSync } from 'node:fs';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

let workspace: Workspace;
beforeAll(() => {
  workspace = openWorkspace();
  const row = (date: string): string => `${date},10,11,9,10,100\n`;
  const dates = ['2024-01-02', '2024-01-03', '2024-01-05', '2024-01-06', '2024-01-08'];
  writeFileSync(workspace.path('days.csv'), `date,open,high,low,close,volume\n${dates.map(row).join('')}`);
});
afterAll(() => workspace.remove());

describe('assay data quality', () => {
  const quality = (...flags: string[]) =>
    call('data', 'quality', workspace.path('days.csv'), '--timeframe', '1d', ...flags);

  it('finds what is missing and what is too much, and draws it', async () => {
    const svg = workspace.path('out.svg');
    const { code, out } = await quality('--market', 'US', '--svg', svg);
    expect([code, out]).toEqual([0, expect.stringMatching(/^5 bars of 1d:\nseverity +code +count +what was found\n-/)]);
    const { errors, warnings } = JSON.parse((await quality('--market', 'US', '--json')).out) as Record<
      'errors' | 'warnings',
      { code: string; sample: string[] }[]
    >;
    const found = [...errors, ...warnings];
    expect(found.flatMap(({ sample }) => sample)).toEqual(expect.arrayContaining(['2024-01-04', '2024-01-06']));
    for (const { code: each } of found) expect(out).toContain(each);
    const drawn = readFileSync(svg, 'utf8');
    expect(drawn).toContain('<title>2024-01-04: no bar</title>');
    expect(drawn).toContain('<title>2024-01-06: closed, but has a bar</title>');
  });

  it('names the flag that is wrong', async () => {
    const needed = '--market is required: one of US, HK, GB, DE, EU, JP, CME, FX, CRYPTO\n';
    expect(await quality()).toMatchObject({ code: 2, err: needed });
    const { code, err } = await quality('--market', 'US', '--svg', workspace.path('none/out.svg'));
    expect([code, err]).toEqual([2, expect.stringMatching(/^--svg .* cannot be written: ENOENT$/m)]);
  });
});
