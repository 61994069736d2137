import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SP500 } from './fixtures/built-tool';
import type { Call } from './fixtures/in-process';
import { call } from './fixtures/in-process';

const ROOT = resolve(__dirname, '../../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
/** Every document that the README writes into a file, by name. */
const FILES = [...README.matchAll(/cat > (\S+) <<'END'\n([\s\S]*?)\nEND\n/g)].map(([, name, text]) => ({ name, text }));
const COMMANDS = [...README.matchAll(/`npx assay ([^`]+)`/g)].map(([, words]) => words);

describe('the README', () => {
  const directory = mkdtempSync(join(tmpdir(), 'assay-readme-'));

  beforeAll(() => {
    copyFileSync(SP500, join(directory, 'bars.csv'));
    for (const { name, text } of FILES) writeFileSync(join(directory, name), text);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const answer = (words: string): Promise<Call> =>
    call(...words.split(' ').map((word) => (/\.(csv|json)$/.test(word) ? join(directory, word) : word)));

  it('writes a strategy and shows commands', () => {
    expect(FILES.map(({ name }) => name)).toContain('strategy.json');
    expect(COMMANDS.length).toBeGreaterThanOrEqual(2);
  });

  it.each(COMMANDS)('has a command that runs: assay %s', async (words) => {
    expect(await answer(words)).toMatchObject({ code: 0, err: '' });
  });

  it.each(['backtest', 'walk-forward'])('has a strategy that %s takes as it stands', async (command) => {
    const { code, out, err } = await answer(`${command} --bars bars.csv --strategy strategy.json --json`);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toHaveProperty('scored_from');
  });

  it('is not alone: the example document of the docs is taken too', async () => {
    copyFileSync(join(ROOT, 'docs/examples/strategy.json'), join(directory, 'example.json'));
    expect(await answer('backtest --bars bars.csv --strategy example.json')).toMatchObject({ code: 0, err: '' });
  });
});
