import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFiles } from './parse-files';

describe('files of a universe', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'assay-files-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return { path, options: { symbol: name, name: path, timeframe: '1d' as const } };
  };
  const bars = (i: number): string =>
    [
      'date,close',
      ...Array.from({ length: 50 }, (_, t) => `${new Date(864e5 * t).toISOString()},${i + 1 + t / 8}`),
    ].join('\n');

  it('are the same bars in the same order, whichever thread has read them', async () => {
    const files = Array.from({ length: 40 }, (_, i) => file(`S${i}.csv`, bars(i)));
    const alone = await parseFiles(files, 1);
    const together = await parseFiles(files, 3);
    expect(alone.map((one) => [one!.bars.symbol, one!.bars.close[8]])).toEqual(
      files.map(({ options }, i) => [options.symbol, i + 2]),
    );
    expect(together).toEqual(alone);
  });

  it('have no bars where they cannot be read, wherever that was tried', async () => {
    const files = [
      ...Array.from({ length: 12 }, (_, i) =>
        file(`bad${i}.csv`, i % 2 === 0 ? bars(i) : 'date,close\n1970-01-01,-1\n'),
      ),
      { path: join(folder, 'gone.csv'), options: {} },
    ];
    for (const threads of [1, 2])
      expect((await parseFiles(files, threads)).map((one) => one !== null)).toEqual(
        files.map((_, i) => i % 2 === 0 && i < 12),
      );
  });
});
