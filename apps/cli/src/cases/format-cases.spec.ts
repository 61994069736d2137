import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMAT_CASES } from '../../../../libs/testing/src/files/format-cases';
import type { FormatCase } from '../../../../libs/testing/src/files/format-case';
import { MADE_BARS } from '../../../../libs/testing/src/files/made-bars';
import { call } from '../fixtures/in-process';

const folder = mkdtempSync(join(tmpdir(), 'assay-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

const flagsOf = ({ options = {} }: FormatCase): string[] =>
  Object.entries(options).flatMap(([name, value]) => {
    const flag = `--${name.replaceAll('_', '-')}`;
    return value === true ? [flag] : [flag, value];
  });
const closesOf = ({ holds }: FormatCase): number[] => MADE_BARS[holds].map((bar) => bar[4]);
const timesOf = ({ holds }: FormatCase): string[] =>
  MADE_BARS[holds].map(([time]) => (holds === 'days' ? time.slice(0, 10) : time));

async function written(format: FormatCase): Promise<string> {
  const path = join(folder, format.file);
  writeFileSync(path, await format.bytes());
  return path;
}

describe('the command line', () => {
  it.each(FORMAT_CASES)('reads $name', async (format) => {
    const path = await written(format);
    const { code, out, err } = await call(
      ...['indicators', '--bars', path, '--name', 'get_sma', '--window', '1', '--json', ...flagsOf(format)],
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ times: timesOf(format), values: closesOf(format) });
    expect(err.match(/: warning: /g)?.length ?? 0).toBe(format.repairs?.length ?? 0);
  });

  it.each(FORMAT_CASES)('explains $name', async (format) => {
    const path = await written(format);
    const [shown, asJson] = [
      await call('data', 'inspect', path, ...flagsOf(format)),
      await call('data', 'inspect', path, '--json', ...flagsOf(format)),
    ];
    const found = JSON.parse(asJson.out) as { problems: unknown[]; bars: number; repairs: { code: string }[] };
    expect([found.problems, found.bars]).toEqual([[], 3]);
    expect(found.repairs.map(({ code }) => code)).toEqual(format.repairs ?? []);
    expect(shown.out).toMatch(/^bars +3$/m);
  });
});

describe('what is not closed yet', () => {
  const today = new Date().toISOString().slice(0, 10);
  const path = join(folder, 'open.csv');
  const read = (...flags: string[]) =>
    call('indicators', '--bars', path, '--name', 'get_sma', '--window', '1', '--json', ...flags);

  it('is left out of daily bars with a word, and refused under --strict', async () => {
    writeFileSync(path, `date,close\n2024-01-02,1\n2024-01-03,2\n${today},3\n`);
    const { out, err } = await read();
    expect(JSON.parse(out)).toMatchObject({ values: [1, 2] });
    expect(err).toContain(
      `warning: the last bar is not closed yet: it was left out, from ${today} on line 4; --market closes a bar with its session`,
    );
    const strict = await read('--strict');
    expect([strict.code, strict.err]).toEqual([
      2,
      expect.stringContaining('strict allows no repair: the last bar is not closed'),
    ]);
  });

  it('is left out of intraday bars', async () => {
    const at = (hours: number): string =>
      new Date(Math.floor(Date.now() / 3_600_000 + hours) * 3_600_000).toISOString();
    writeFileSync(path, `date,close\n${at(-2)},1\n${at(-1)},2\n${at(0)},3\n`);
    const { out, err } = await read('--timeframe', '1h');
    expect(JSON.parse(out)).toMatchObject({ values: [1, 2] });
    expect(err).toContain('the last bar is not closed yet');
  });

  it('and alone is refused', async () => {
    writeFileSync(path, 'date,close\n2999-01-01,1\n');
    expect(await read()).toMatchObject({ code: 2, err: expect.stringContaining('no bar is closed yet') });
  });
});

describe('assay data inspect', () => {
  it('shows a refusal with the flag that answers it', async () => {
    const path = join(folder, 'ambiguous.csv');
    writeFileSync(path, 'date,close\n02/03/2024,1\n03/03/2024,2\n');
    const { code, out } = await call('data', 'inspect', path);
    expect(code).toBe(1);
    expect(out).toMatch(/^problem +--date-format must be given, dd\/mm\/yyyy or mm\/dd\/yyyy: 02\/03\/2024 on line 2/m);
    expect((await call('data', 'inspect', path, '--date-format', 'dd/mm/yyyy')).out).toContain(
      '2024-03-02T00:00:00.000Z to 2024-03-03',
    );
  });

  it('asks for its file, and takes one', async () => {
    expect(await call('data', 'inspect')).toMatchObject({ code: 2, err: 'FILE is required\n' });
    expect(await call('data', 'inspect', 'a', 'b')).toMatchObject({
      code: 2,
      err: expect.stringContaining('expected a flag such as --zone, was b'),
    });
    expect(await call('data', 'inspect', '--file', 'a')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--file is no flag'),
    });
  });
});
