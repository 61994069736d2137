import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '@assay/primitives';
import { FolderSource, requireInnerPath } from './folder-source';

const NOW = Date.parse('2026-11-25T22:00:00Z');
const HEADER = 'Date,Open,High,Low,Close,Volume\n';
const line = (date: string, close: number): string => `${date},1,9,1,${close},10\n`;

describe('bars of a folder', () => {
  const root = mkdtempSync(join(tmpdir(), 'feeds-'));
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  beforeAll(() => {
    mkdirSync(join(root, 'eod/AAPL'), { recursive: true });
    writeFileSync(join(root, 'eod/AAPL/1.csv'), HEADER + line('2026-11-23', 2) + line('2026-11-24', 3));
    writeFileSync(join(root, 'eod/AAPL/2.csv'), HEADER + line('2026-11-24', 4) + line('2026-11-25', 5));
    writeFileSync(join(root, 'eod/AAPL/.hidden'), 'nothing');
    writeFileSync(join(root, 'one.csv'), HEADER + line('2026-11-23', 2));
    writeFileSync(join(root, 'wrong.csv'), 'Date,Close\n2026-11-23,x\n');
    writeFileSync(join(outside, 'secret.csv'), HEADER + line('2026-11-23', 2));
    symlinkSync(outside, join(root, 'link'));
    symlinkSync(join(root, 'one.csv'), join(root, 'inner-link.csv'));
  });
  afterAll(() => [root, outside].forEach((path) => rmSync(path, { recursive: true })));

  const query = (symbol: string) => ({ symbol, timeframe: '1d' as const, fromMs: NOW - 30 * DAY_MS, toMs: NOW });
  const source = (path: string): FolderSource =>
    new FolderSource({ feed: { kind: 'folder', path }, root, market: 'US', nowMs: () => NOW });
  const closes = async (path: string, symbol = 'AAPL'): Promise<number[]> => {
    const found: number[] = [];
    for await (const { close } of source(path).getBars(query(symbol))) found.push(...close);
    return found;
  };

  it('are those of its files, the later name counting', async () => {
    expect(await closes('eod/{symbol}')).toEqual([2, 4, 5]);
    expect(await closes('one.csv')).toEqual([2]);
    expect(await closes('inner-link.csv')).toEqual([2]);
  });

  it('are news only when a file has changed', async () => {
    const before = await source('eod/{symbol}').revision(query('AAPL'));
    expect(await source('eod/{symbol}').revision(query('AAPL'))).toBe(before);
    utimesSync(join(root, 'eod/AAPL/1.csv'), new Date(), new Date(5000));
    expect(await source('eod/{symbol}').revision(query('AAPL'))).not.toBe(before);
  });

  it.each([
    ['link/secret.csv', 'AAPL', 'link/secret.csv leads out of the folder of feeds'],
    ['link', 'AAPL', 'link leads out of the folder of feeds'],
    ['{symbol}', '..', 'feed_symbol must be a path below'],
    ['{symbol}', '../x', 'feed_symbol must be a path below'],
    ['none.csv', 'AAPL', 'none.csv cannot be read in the folder of feeds: ENOENT'],
    ['wrong.csv', 'AAPL', 'wrong.csv: '],
  ])('at %s for %s are refused: %s', async (path, symbol, message) => {
    await expect(closes(path, symbol)).rejects.toThrow(message);
  });

  it.each(['/etc', '../x', 'a/../../x', 'a//b', '.', 'a\\b', 'a/./b', ''])('have no path %j', (path) => {
    expect(() => requireInnerPath(path)).toThrow('must be a path below the folder of feeds');
  });
});
