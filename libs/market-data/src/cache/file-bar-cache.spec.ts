import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barsFingerprint, MINUTE_MS } from '@assay/primitives';
import { contentOf, partOf, type BarRange, type Series, type StoredColumns } from '../store';
import { FileBarCache } from './file-bar-cache';

const BARS = 5_000;
const START = Date.UTC(2024, 0, 1);

/** A version of a series of minutes; `seed` makes its prices. */
function version(seed: number, extraColumns = ['vix', 'mood']): { series: Series; stored: StoredColumns } {
  const column = (k: number): Float64Array =>
    Float64Array.from({ length: BARS }, (_, i) => (i % 50 === k ? [NaN, -0, 5e-324][i % 3] : seed + k + i / 7));
  const stored = {
    openTimeMs: Float64Array.from({ length: BARS }, (_, i) => START + i * MINUTE_MS),
    core: [0, 1, 2, 3, 4].map(column),
    adjFactor: column(5),
    extra: extraColumns.map((_, i) => column(6 + i)),
  };
  const series: Series = {
    ...{ id: `id ${seed}`, source: 'test', symbol: `S${seed}`, timeframe: '1m', market: 'CRYPTO', synthetic: true },
    ...{ adjusted: true, extraColumns, bars: BARS, firstOpenMs: START, lastOpenMs: START + (BARS - 1) * MINUTE_MS },
    ...{ fingerprint: null, updatedAtMs: START, correctedAtMs: null },
  };
  series.fingerprint = barsFingerprint(contentOf(series, stored));
  return { series, stored };
}

describe('the cache of bars in files', () => {
  let directory: string;
  let reported: string[];
  const cacheOf = (mostBytes = 2 ** 30): FileBarCache =>
    new FileBarCache({ directory, mostBytes, report: (text) => reported.push(text) });
  const pathOf = ({ fingerprint }: Series): string => join(directory, `${fingerprint}.arrow`);
  const { series, stored } = version(1);
  const ofBits = ({ openTimeMs, core, adjFactor, extra }: StoredColumns): string[] =>
    [openTimeMs, ...core, adjFactor, ...extra].map((one) => Buffer.from(one.slice().buffer).toString('base64'));

  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), 'assay-bar-cache-')), 'bars');
    reported = [];
  });
  afterEach(() => rmSync(join(directory, '..'), { recursive: true }));

  it('gives back every bit, in another process too', async () => {
    expect(await cacheOf().read(series, {})).toBeNull();
    expect(await cacheOf().write(series, stored)).toBe(true);
    expect(ofBits((await cacheOf().read(series, {}))!)).toEqual(ofBits(stored));
    expect(reported).toEqual([]);
  });

  it('serves series of the same content whose further columns have another order', async () => {
    const other = { ...series, extraColumns: ['mood', 'vix'] };
    const turned = { ...stored, extra: [stored.extra[1], stored.extra[0]] };
    expect(barsFingerprint(contentOf(other, turned))).toBe(series.fingerprint);
    await cacheOf().write(other, turned);
    expect(ofBits((await cacheOf().read(series, {}))!)).toEqual(ofBits(stored));
    expect(reported).toEqual([]);
  });

  it('gives ranges as rows would, those that it need not read as a whole too', async () => {
    const cache = cacheOf();
    await cache.write(series, stored);
    const at = (i: number): number => START + i * MINUTE_MS;
    const ranges: BarRange[] = [
      { fromMs: at(4_900) },
      { fromMs: at(10) + 1, toMs: at(400) },
      { toMs: at(700), most: 300 },
      { fromMs: at(100), most: 4_000 },
      { fromMs: at(300), toMs: at(200) },
      { fromMs: at(BARS) },
      { toMs: at(0) },
    ];
    const fresh = cacheOf();
    // a few bars are quicker as rows than a file that nobody here has hashed yet
    expect(await fresh.read(series, ranges[0])).toBeNull();
    await cache.read(series, {});
    for (const range of ranges)
      expect([range, ofBits((await cache.read(series, range))!)]).toEqual([range, ofBits(partOf(stored, range))]);
    expect(reported).toEqual([]);
  });

  it.each<[string, (path: string) => void]>([
    ['cut off', (path) => truncateSync(path, statSync(path).size >> 1)],
    ['empty', (path) => truncateSync(path, 0)],
    ['of other bytes', (path) => writeFileSync(path, Buffer.alloc(statSync(path).size, 7))],
    [
      'of one bit changed',
      (path) => {
        const bytes = readFileSync(path);
        bytes[bytes.length >> 1] ^= 1;
        writeFileSync(path, bytes);
      },
    ],
  ])('removes and reports a file that is %s, though it was read before', async (_, damage) => {
    const cache = cacheOf();
    await cache.write(series, stored);
    await cache.read(series, {});
    damage(pathOf(series));
    utimesSync(pathOf(series), new Date(), new Date(START));
    expect(await cache.read(series, { fromMs: START + 4_000 * MINUTE_MS })).toBeNull();
    expect(existsSync(pathOf(series))).toBe(false);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toMatch(
      /^the cache of bars could not be read for S1 1m: it .*; bars are read from the database$/,
    );
    await cache.write(series, stored);
    expect(ofBits((await cache.read(series, {}))!)).toEqual(ofBits(stored));
  });

  it('keeps no bars that do not have the fingerprint of their series', async () => {
    expect(await cacheOf().write({ ...series, fingerprint: 'f'.repeat(64) }, stored)).toBe(false);
    expect(existsSync(directory)).toBe(false);
    expect(reported[0]).toContain('could not keep S1 1m: its rows have another fingerprint than it');
  });

  it('keeps the files that were read last, within its bound', async () => {
    const versions = [1, 2, 3, 4].map((seed) => version(seed));
    const cache = cacheOf(3 * 9 * 8 * BARS + 50_000);
    for (const [i, one] of versions.slice(0, 3).entries()) {
      await cache.write(one.series, one.stored);
      utimesSync(pathOf(one.series), new Date(START + i), new Date(START));
    }
    await cache.read(versions[0].series, {});
    await cache.write(versions[3].series, versions[3].stored);
    expect(versions.map((one) => existsSync(pathOf(one.series)))).toEqual([true, false, true, true]);
    await cacheOf(9 * 8 * BARS + 50_000).tidy();
    expect(readdirSync(directory)).toHaveLength(1);
  });

  it('keeps one version of a series that it saw change', async () => {
    const cache = cacheOf();
    const [before, after] = [version(1), version(2)];
    const other = version(3);
    for (const one of [other, before]) await cache.write(one.series, one.stored);
    await cache.write({ ...after.series, id: before.series.id }, after.stored);
    expect([before, after, other].map((one) => existsSync(pathOf(one.series)))).toEqual([false, true, true]);
  });

  it('removes what killed writers left, and nothing that may still be written', async () => {
    await cacheOf().write(series, stored);
    const [left, fresh] = ['left', 'fresh'].map((name) => join(directory, `${name}.tmp`));
    for (const path of [left, fresh]) writeFileSync(path, 'x');
    utimesSync(left, new Date(START), new Date(START));
    await cacheOf().tidy();
    expect([left, fresh, pathOf(series)].map((path) => existsSync(path))).toEqual([false, true, true]);
  });

  it('is written and read by several at once', async () => {
    const caches = Array.from({ length: 6 }, () => cacheOf());
    const reads = await Promise.all(
      caches.map(async (cache) => {
        await cache.write(series, stored);
        return cache.read(series, {});
      }),
    );
    for (const read of reads) expect(ofBits(read!)).toEqual(ofBits(stored));
    expect([readdirSync(directory), reported]).toEqual([[`${series.fingerprint}.arrow`], []]);
  });

  it('leaves short series, those without place and those with columns of its own names to their rows', () => {
    expect([cacheOf().keeps(series), cacheOf().fills(series, {})]).toEqual([true, true]);
    expect(cacheOf().keeps({ ...series, bars: 100 })).toBe(false);
    expect(cacheOf().keeps({ ...series, fingerprint: null })).toBe(false);
    expect(cacheOf().keeps({ ...series, extraColumns: ['adj_factor'] })).toBe(false);
    expect([cacheOf(0).keeps(series), cacheOf(BARS * 8).keeps(series)]).toEqual([false, false]);
    expect(cacheOf().fills(series, { fromMs: START + 4_000 * MINUTE_MS })).toBe(false);
  });

  it('reports a folder that cannot be written, and goes on', async () => {
    writeFileSync(directory, 'a file');
    expect(await cacheOf().write(series, stored)).toBe(true);
    expect(await cacheOf().read(series, {})).toBeNull();
    expect(reported.length).toBeGreaterThan(0);
  });
});
