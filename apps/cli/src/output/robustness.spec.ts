import { readFileSync, writeFileSync } from 'node:fs';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

let workspace: Workspace;

beforeAll(() => {
  workspace = openWorkspace();
  const lines = Array.from({ length: 300 }, (_, i) => {
    const day = new Date(Date.UTC(2021, 0, 4 + i)).toISOString().slice(0, 10);
    return `${day},${100 + 10 * Math.sin(i / 9)}`;
  });
  writeFileSync(workspace.path('closes.csv'), `date,close\n${lines.join('\n')}\n`);
});
afterAll(() => workspace.remove());

const stressed = async (...more: string[]): Promise<string> => {
  const files = ['--bars', workspace.path('closes.csv'), '--strategy', workspace.path('sma.json')];
  const { code, out } = await call('backtest', ...files, '--fill', 'close', '--stress', ...more);
  expect(code).toBe(0);
  return out;
};

describe('a stressed run for people', () => {
  it('says that slippage times three is none where none is charged', async () => {
    const note = 'slippage_x3 is as it was run: no slippage, spread or impact was charged';
    expect(await stressed()).toContain(note);
    for (const cost of ['--slippage-bps', '--spread-bps']) expect(await stressed(cost, '2')).not.toContain(note);
  });

  it('says that fees twice as high are none where none are charged', async () => {
    const note = 'fees_x2 is as it was run: no fees were charged; --fee-bps states them';
    expect(await stressed('--fee-bps', '0')).toContain(note);
    expect(await stressed('--fee-bps', '5')).not.toContain(note);
  });

  it('says that nothing was held where nothing was', async () => {
    const note = 'nothing was held on any scored bar: the target was never other than 0';
    expect(await stressed()).not.toContain(note);
    const never = JSON.parse(readFileSync(workspace.path('sma.json'), 'utf8'));
    never.substrategies[0].signal = 0.9;
    writeFileSync(workspace.path('never.json'), JSON.stringify(never));
    const files = ['--bars', workspace.path('closes.csv'), '--strategy', workspace.path('never.json')];
    expect((await call('backtest', ...files, '--fill', 'close')).out).toContain(note);
  });
});
