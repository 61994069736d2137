import { writeFileSync } from 'node:fs';
import { featurePlugins } from '@assay/pipeline';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

describe('assay features', () => {
  it('lists every feature with its parameters, those that must be given without a default', async () => {
    const { code, out } = await call('features');
    const lines = out.trim().split('\n');
    expect(code).toBe(0);
    for (const key of featurePlugins.keys()) expect(lines.some((line) => line.startsWith(`${key} `))).toBe(true);
    expect(lines.find((line) => line.startsWith('macd.signal '))).toContain('fast=12 slow=26 signal=9 column=close');
    expect(lines.find((line) => line.startsWith('rolling_beta '))).toContain('window=60 column ');
  });

  it('gives their JSON Schemas with --json', async () => {
    const { out } = await call('features', '--json');
    const { features } = JSON.parse(out) as { features: { plugin: string; parameter_schema: object }[] };
    expect(features.map(({ plugin }) => plugin)).toEqual([...featurePlugins.keys()]);
    expect(features.find(({ plugin }) => plugin === 'rsi')!.parameter_schema).toMatchObject({
      additionalProperties: false,
      properties: { window: { type: 'integer', minimum: 2, default: 14 }, column: { type: 'string' } },
    });
  });
});

it('lists the words that a parameter may be', async () => {
  const { out } = await call('features');
  expect(out).toMatch(/^calendar, of: year, quarter, month, .*minutes_to_close$/m);
  expect(out).toMatch(/^higher_timeframe, market: US, /m);
});

describe('assay features --bars', () => {
  let workspace: Workspace;
  beforeAll(() => {
    workspace = openWorkspace();
    const date = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
    const rows = Array.from({ length: 30 }, (_, i) => `${date(i)},${100 + i}`);
    writeFileSync(workspace.path('bars.csv'), `date,close\n${rows.join('\n')}\n`);
    const weekly = { timeframe: '1w', market: 'CRYPTO', expression: 'close' };
    const features = [{ name: 'week_close', plugin: 'higher_timeframe', params: weekly }];
    writeFileSync(workspace.path('features.json'), JSON.stringify(features));
  });
  afterAll(() => workspace.remove());
  const features = (...flags: string[]) => call('features', '--bars', workspace.path('bars.csv'), ...flags);

  it('says where the calendar that a feature rests on has ended', async () => {
    writeFileSync(workspace.path('later.csv'), 'date,close\n2035-12-31,1\n2036-01-02,2\n');
    const of = { of: 'sessions_to_month_end', market: 'US' };
    writeFileSync(workspace.path('calendar.json'), JSON.stringify([{ name: 'left', plugin: 'calendar', params: of }]));
    const read = ['--bars', workspace.path('later.csv'), '--from', workspace.path('calendar.json'), '--json'];
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2036, 1, 1));
    const { code, out, err } = await call('features', ...read);
    jest.restoreAllMocks();
    expect([code, err]).toEqual([0, expect.any(String)]);
    expect(JSON.parse(out)).toMatchObject({ warnings: [{ code: 'calendar_not_covered', last_date: '2035-12-31' }] });
    expect(err).toContain(
      '--from: warning calendar_not_covered: holidays and half days of NYSE are known until 2035-12-31',
    );
    expect(JSON.parse((await features('--feature', 'a=close', '--json')).out)).toMatchObject({ warnings: [] });
  });

  it('says of which there is no value at all', async () => {
    const { err, out } = await features('--feature', 'long=rolling_mean(close, 31)', '--feature', 'a=close', '--json');
    const message = 'long has no value at any of 30 bars';
    expect(err).toContain(`--feature: warning no_values: ${message}\n`);
    expect(JSON.parse(out)).toMatchObject({ warnings: [{ code: 'no_values', message }] });
  });

  it('computes formulas over columns and over those before them', async () => {
    const { code, out } = await features(
      '--feature',
      'fast=rolling_mean(close, 3)',
      '--feature',
      'gap = close - fast',
      '--json',
    );
    const { features: found, times } = JSON.parse(out) as {
      features: { name: string; lookback: number; values: (number | null)[] }[];
      times: string[];
    };
    expect([code, found.map(({ name, lookback }) => [name, lookback])]).toEqual([
      0,
      [
        ['fast', 2],
        ['gap', 2],
      ],
    ]);
    expect(found[1]!.values.slice(0, 4)).toEqual([null, null, 1, 1]);
    expect(times[2]).toBe('2024-01-03');
  });

  it('computes those of a file first, so that formulas may read them', async () => {
    const { out } = await features('--from', workspace.path('features.json'), '--feature', 'since=close - week_close');
    const rows = out
      .trim()
      .split('\n')
      .map((row) => row.split(/ +/));
    expect(rows[0]).toEqual(['date', 'week_close', 'since']);
    // Sunday the 28th closes the fourth week, whose value is seen from its close on
    expect(rows.slice(1).filter(([date]) => date! > '2024-01-26')).toEqual([
      ['2024-01-27', '120', '6'],
      ['2024-01-28', '127', '0'],
      ['2024-01-29', '127', '1'],
      ['2024-01-30', '127', '2'],
    ]);
  });

  it('says what is wrong with a formula, where', async () => {
    const refused = async (...flags: string[]) => (await features(...flags)).err;
    expect(await refused('--feature', 'a=close +')).toMatch(
      /--feature: .*must have a number, a column, a function or a bracket at 8/,
    );
    expect(await refused('--feature', 'a=high - close')).toContain('high');
    expect(await refused('--feature', 'a=b + 1', '--feature', 'b=close')).toContain('was b, which is listed after it');
    expect(await refused('--feature', 'close')).toContain('--feature must be NAME=FORMULA, was close');
    expect(await refused()).toContain('--bars needs features');
  });
});
