import { readFileSync, writeFileSync } from 'node:fs';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

let workspace: Workspace;
const begin = Date.parse('2025-01-02T00:00:00Z');
/** A trade a second over five minutes, as Binance writes them. */
const rows = Array.from({ length: 300 }, (_, i) =>
  [i, 100 + (i % 7), 2, 2 * (100 + (i % 7)), begin + i * 1000, i % 2 === 0 ? 'True' : 'False', 'True'].join(','),
);

beforeAll(() => {
  workspace = openWorkspace();
  writeFileSync(workspace.path('trades.csv'), `${rows.join('\n')}\n`);
});
afterAll(() => workspace.remove());

const bars = (...flags: string[]) => call('data', 'bars', workspace.path('trades.csv'), ...flags);

describe('assay data bars', () => {
  it('writes bars of ticks with the times of their first and last trade', async () => {
    const { code, out, err } = await bars('--by', 'ticks:70');
    const [header, first, ...more] = out.trim().split('\n');
    expect([code, header, more.length]).toEqual([
      ...[0, 'open_time,close_time,open,high,low,close,volume,trades,buy_volume,vwap,dollar', 3],
    ]);
    expect(first).toBe('2025-01-02T00:00:00.000Z,2025-01-02T00:01:09.000Z,100,106,100,106,140,70,70,103,14420');
    expect(err).toContain(
      'incomplete_last: the last bar, begun at 2025-01-02T00:04:40.000Z by 20 trades, was left out',
    );
  });

  it('writes bars of time into a file that other commands read', async () => {
    const whole = ['--market', 'CRYPTO', '--from', '2025-01-02', '--until', '2025-01-02T00:05:00Z'];
    const out = workspace.path('minutes.csv');
    expect(await bars('--by', 'time:1m', ...whole, '--out', out)).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(out, 'utf8').split('\n')[1]).toMatch(/^2025-01-02T00:00:00\.000Z,100,106,100,103,120,60,60,/);
    const inspected = await call('data', 'inspect', out, '--json');
    expect(JSON.parse(inspected.out)).toMatchObject({ bars: 5, timeframe: '1m', problems: [] });
  });

  it('gives one document', async () => {
    const { out } = await bars('--by', 'dollar:20000', '--json');
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ by: 'dollar:20000', layout: 'Binance trades', trades: 300, repairs: [] });
    expect(answer.bars.map(({ dollar }: { dollar: number }) => dollar >= 20_000)).toEqual([true, true, true]);
  });

  it.each([
    [['--by', 'time:1m'], '--market must be given for bars of time'],
    [['--by', 'ticks:0'], '--by must be ticks: and a whole number of at least 1, was ticks:0'],
    [['--by', 'ticks:5', '--market', 'US'], '--market has no effect here: only with --by time:TIMEFRAME'],
    [['--by', 'time:1m', '--market', 'CRYPTO', '--until', 'soon'], '--until must be a date YYYY-MM-DD'],
    [['--by', 'ticks:500'], 'trades must fill at least one bar, the 300 of the file fill none'],
    [['--by', 'ticks:5', '--columns', 'time,price'], '--columns must name size of each trade'],
  ])('refuses %j', async (flags, message) => {
    const { code, err } = await bars(...flags);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
