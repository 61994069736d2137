import { writeFileSync } from 'node:fs';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

let workspace: Workspace;
const written = (name: string, text: string): string => {
  writeFileSync(workspace.path(name), text);
  return workspace.path(name);
};
beforeAll(() => (workspace = openWorkspace()));
afterAll(() => workspace.remove());

describe('assay data', () => {
  const lists = expect.stringMatching(
    /^ {2}data inspect +show[^]*^ {2}data import +[^]*^ {2}data list +[^]*^ {2}data resample +put[^]*^ {2}data refresh /m,
  );

  it('lists its commands', async () => {
    expect(await call('data', '--help')).toEqual({ code: 0, out: lists, err: '' });
    expect(await call('data')).toEqual({ code: 2, out: '', err: lists });
    expect((await call('data', '--help')).out).not.toContain('backtest');
  });

  it('has groups within it', async () => {
    const { code, out } = await call('data', 'actions', '--help');
    expect([code, out]).toEqual([0, expect.stringMatching(/^assay data actions COMMAND[^]*^ {2}data actions add /m)]);
    expect(out).not.toContain('resample');
    const { err } = await call('data', 'actions', 'lst');
    expect(err.split('\n')[0]).toBe(
      'the command after data actions must be one of add, import, list, remove, was lst; did you mean data actions list?',
    );
  });

  it.each([
    ['resmaple', '; did you mean data resample?'],
    ['refersh', '; did you mean data refresh?'],
    ['nothing', ''],
  ])('%s is none of them%s', async (word, hint) => {
    const { code, err } = await call('data', word, '--to', '1h');
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      expect.stringMatching(/^the command after data must be one of inspect, import, list, .*, was /),
    ]);
    expect(err.split('\n')[0].endsWith(`was ${word}${hint}`)).toBe(true);
  });
});

describe('assay data inspect --market', () => {
  it('refuses dates without a session, as an import does', async () => {
    const path = written('saturday.csv', 'date,close\n2024-01-05,1\n2024-01-06,2\n2024-01-08,3\n');
    expect((await call('data', 'inspect', path)).code).toBe(0);
    const { code, out } = await call('data', 'inspect', path, '--market', 'US');
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(
        /^problem +daily bars must lie on sessions of the market US.*2024-01-06 \(Saturday, line 3\)/m,
      ),
    ]);
    expect((await call('data', 'inspect', path, '--market', 'CRYPTO')).code).toBe(0);
  });

  it('leaves out what is not closed yet, with a word', async () => {
    const path = written('open.csv', 'date,close\n2024-01-04,1\n2024-01-05,2\n2034-01-05,3\n');
    const { code, out } = await call('data', 'inspect', path, '--market', 'US', '--json');
    const { bars, market, warnings } = JSON.parse(out) as {
      bars: number;
      market: string;
      warnings: { code: string }[];
    };
    expect([code, bars, market, warnings.map((one) => one.code)]).toEqual([0, 2, 'US', ['unclosed_bar']]);
    expect((await call('data', 'inspect', path, '--market', 'US')).out).toMatch(/^warning +the last bar was left out/m);
  });

  it('is one of the known', async () => {
    expect((await call('data', 'inspect', 'x.csv', '--market', 'MOON')).err).toContain('--market must be one of US');
  });
});
