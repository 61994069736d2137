import { writeFileSync } from 'node:fs';
import { calendarFor } from '@assay/market-data/calendars';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

let workspace: Workspace;
const us = calendarFor('US');
const minutes = us.sessions('2024-07-02', '2024-07-03').flatMap((date) => us.barOpens(date, '5m'));
const days = us.sessions('2024-01-02', '2024-01-19');

const csv = (times: readonly string[]): string =>
  [
    'date,open,high,low,close,volume',
    ...times.map((time, i) => `${time},${100 + i},${102 + i},${99 + i},${101 + i},10`),
  ].join('\n');

beforeAll(() => {
  workspace = openWorkspace();
  const instants = minutes.map((ms) => new Date(ms).toISOString());
  writeFileSync(workspace.path('minutes.csv'), csv(instants));
  writeFileSync(workspace.path('cut.csv'), csv(instants.slice(3, -1)));
  writeFileSync(workspace.path('days.csv'), csv(days));
});
afterAll(() => workspace.remove());

const resample = (file: string, ...flags: string[]) => call('data', 'resample', workspace.path(file), ...flags);

describe('assay data resample', () => {
  it('writes hours that begin at the opening, the last one cut at the close', async () => {
    const { code, out, err } = await resample('minutes.csv', '--to', '1h', '--market', 'US');
    expect([code, err]).toEqual([0, expect.not.stringContaining('incomplete')]);
    const rows = out.trim().split('\n');
    expect(rows).toHaveLength(1 + 7 + 4);
    expect(rows.slice(0, 2)).toEqual([
      'date,open,high,low,close,volume',
      '2024-07-02T13:30:00.000Z,100,113,99,112,120',
    ]);
    expect(rows.at(-1)).toMatch(/^2024-07-03T16:30:00\.000Z,.*,60$/);
  });

  it('says what it left out', async () => {
    const { code, err } = await resample('cut.csv', '--to', '1h', '--market', 'US');
    expect(code).toBe(0);
    expect(err).toContain(
      'incomplete_last: the 1h bar of 2024-07-03T16:30:00Z was left out: the 5m bars end before it closes',
    );
    expect(err).toContain('incomplete_first: the 1h bar of 2024-07-02T13:30:00Z was left out');
  });

  it('gives weeks by their first session as JSON', async () => {
    const { out } = await resample('days.csv', '--to', '1w', '--market', 'US', '--json');
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ timeframe: '1w', market: 'US', from: { timeframe: '1d', bars: 13 }, notes: [] });
    expect(answer.bars.map(({ time }: { time: string }) => time)).toEqual(['2024-01-02', '2024-01-08', '2024-01-16']);
  });

  it('refuses weeks whose stamps can be read two ways', async () => {
    writeFileSync(workspace.path('sundays.csv'), csv(['2024-01-07', '2024-01-14', '2024-01-21']));
    const { code, err } = await resample('sundays.csv', '--timeframe', '1w', '--to', '1M', '--market', 'US');
    expect([code, err]).toEqual([2, expect.stringContaining('2024-01-07 (Sunday) on line 2')]);
  });

  it('refuses by name what it cannot do', async () => {
    const said = async (...argv: string[]) => {
      const { code, err } = await call('data', 'resample', ...argv);
      return [code, err.split('\n').filter((line) => !line.includes('the bars are'))[0]];
    };
    const file = workspace.path('minutes.csv');
    expect(await said(file, '--to', '3m', '--market', 'US')).toEqual([
      2,
      '--to must be one of 15m, 30m, 1h, 2h, 4h, 1d, 1w, 1M, multiples of 5m, was 3m',
    ]);
    expect(await said(file, '--to', '1h', '--market', 'HK')).toEqual([
      2,
      `${file}: bars must lie in sessions of the market HK, 120 of 120 do not, first 2024-07-02T13:30:00Z; state the market they are of, or outside_sessions drop`,
    ]);
    expect(await said(file, '--to', '1h')).toEqual([
      2,
      '--market is required: one of US, HK, GB, DE, EU, JP, CME, FX, CRYPTO',
    ]);
    expect(await said('--to', '1h', '--market', 'US')).toEqual([2, 'FILE is required']);
    expect(await said(file, '--to', '1h', '--market', 'MOON')).toEqual([
      2,
      expect.stringContaining('US, HK, GB, DE, EU, JP, CME, FX, CRYPTO'),
    ]);
  });

  it('has help with an example', async () => {
    const { code, out } = await call('data', 'resample', '--help');
    expect([code, out]).toEqual([0, expect.stringMatching(/assay data resample minutes\.csv --to 1h --market US/)]);
    expect((await call('--help')).out).toContain('data resample');
  });
});
