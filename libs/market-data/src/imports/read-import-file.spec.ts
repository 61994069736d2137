import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isDomainError } from '@assay/primitives';
import { createRng } from '@assay/quant';
import { FORMAT_CASES } from '../../../testing/src/files/format-cases';
import { SpooledBars } from '../spool';
import { readImport, type ImportOptions, type ReadImport } from './read-import';
import { readImportFile, type PieceLimits } from './read-import-file';

const OPTIONS: ImportOptions = {
  ...{ symbol: 'XYZ', source: 'test', timeframe: '1m', market: 'CRYPTO', adjust: 'none', outsideSessions: 'refuse' },
  nowMs: Date.UTC(2026, 0, 1),
};

describe('an import of a file that is read in pieces', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'assay-pieces-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What became of it: bars and notes, or the refusal. */
  const outcome = async (read: () => Promise<ReadImport>): Promise<unknown> => {
    try {
      return await read();
    } catch (error) {
      if (!isDomainError(error)) throw error;
      return { message: error.message, errors: error.errors };
    }
  };
  const inPieces = async (bytes: Uint8Array, options: ImportOptions, limits: PieceLimits): Promise<ReadImport> => {
    const work = mkdtempSync(join(folder, 'work-'));
    const path = join(folder, 'file');
    writeFileSync(path, bytes);
    const read = await readImportFile(path, options, work, limits);
    if (!('spooled' in read)) return read;
    const { spooled, ...notes } = read;
    const all = new SpooledBars(spooled);
    const { bars, adjFactor } = all.read(0, spooled.count);
    all.close();
    return { bars, adjFactor: spooled.factored ? adjFactor : null, ...notes };
  };
  const sameAsWhole = async (bytes: Uint8Array, options: ImportOptions): Promise<any> => {
    const whole = await outcome(() => readImport(bytes, options));
    for (const [pieceBytes, pieceRows, wholeBars] of [
      [16, 1, 0],
      [300, 7, 0],
      [4096, 100, 1e6],
    ] as const) {
      const limits = { wholeBytes: 0, pieceBytes, pieceRows, wholeBars };
      expect(await outcome(() => inPieces(bytes, options, limits))).toEqual(whole);
    }
    return whole;
  };

  it.each(FORMAT_CASES)('is the same as a whole: $name', async ({ bytes, options = {}, holds, market, file }) => {
    const { symbol = 'XYZ', columns, date_format: dateFormat, skip_bad: skipBad, ...reading } = options as any;
    await sameAsWhole(await bytes(), {
      ...{ ...OPTIONS, symbol, market, timeframe: holds === 'days' ? '1d' : '1h' },
      reading: { ...reading, dateFormat, skipBad, columns: columns?.split(','), name: file },
    });
  });

  const MINUTE_MS = 60_000;
  const FIRST_MS = Date.UTC(2024, 0, 1);
  /** Random minutes as text, some doubled, some out of their range by rounding. */
  const minutes = (seed: number, count = 400): string[] => {
    const rng = createRng(seed);
    return Array.from({ length: count }, (_, i) => {
      const close = 100 + rng.normal();
      const high = close * (rng.normal() > 2 ? 1 - 1e-9 : 1.01);
      const time = new Date(FIRST_MS + i * MINUTE_MS).toISOString();
      const row = [time, close, high, close * 0.99, close, i % 7, i % 50 === 3 ? '' : i / 3, close * 0.5].join(',');
      return i % 60 === 9 ? `${row}\n${row}` : row;
    });
  };
  const HEADER = 'time,open,high,low,close,volume,mood,adj close';
  const csv = (rows: readonly string[], header = HEADER): Buffer => Buffer.from(`${header}\n${rows.join('\n')}\n`);

  it.each([1, 2, 3])('with doubled rows, clipped prices and a factor, sample %d', async (seed) => {
    const rows = minutes(seed);
    const whole = await sameAsWhole(csv(rows), { ...OPTIONS, adjust: 'adj_close' });
    expect(whole.bars.close).toHaveLength(400);
    expect(new Set(whole.repairs.map(({ code }: any) => code))).toEqual(
      new Set(['duplicate_rows', 'clipped_to_range']),
    );
    await sameAsWhole(csv([...rows].reverse()), OPTIONS);
    await sameAsWhole(gzipSync(csv(rows)), { ...OPTIONS, reading: { strict: true } });
    await sameAsWhole(gzipSync(gzipSync(csv(rows))), OPTIONS);
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), csv(rows)]);
    await sameAsWhole(marked, OPTIONS);
  });

  it('with rows in no order, refused and sorted', async () => {
    const rows = minutes(4);
    [rows[100], rows[200]] = [rows[200]!, rows[100]!];
    expect((await sameAsWhole(csv(rows), OPTIONS)).errors[0]).toMatchObject({ rule: 'sorted' });
    const sorted = await sameAsWhole(csv(rows), { ...OPTIONS, reading: { sort: true } });
    expect(sorted.repairs[0]).toMatchObject({ code: 'sorted', count: expect.any(Number) });
    await sameAsWhole(csv(minutes(4).reverse()), { ...OPTIONS, reading: { sort: true } });
  });

  it.each<[string, (rows: string[]) => string[], object]>([
    ['two values of a time', (rows) => rows.map((row, i) => (i === 150 ? `${row}\n${row.replace(/,[^,]*$/, ',7')}` : row)), {}], // prettier-ignore
    ['bad cells all over', (rows) => rows.map((row, i) => (i % 9 === 5 ? row.replace(/^([^,]*,)[^,]*/, '$1x') : row)), {}], // prettier-ignore
    ['bad cells, left out', (rows) => rows.map((row, i) => (i % 9 === 5 ? row.replace(/^([^,]*,)[^,]*/, '$1x') : row)), { skipBad: true }], // prettier-ignore
    ['a column of words from a row on', (rows) => rows.map((row, i) => (i === 333 ? row.replace(/[^,]*,([^,]*)$/, 'glad,$1') : row)), {}], // prettier-ignore
    ['rows that come twenty times', (rows) => rows.map((row, i) => (i % 90 === 4 ? Array(20).fill(row).join('\n') : row)), {}], // prettier-ignore
    ['a short row', (rows) => rows.map((row, i) => (i === 222 ? '1,2' : row)), {}],
    ['quoted cells over two lines', (rows) => rows.map((row, i) => (i === 50 ? row.replace(/[^,]*,([^,]*)$/, '"a\nb",$1') : row)), {}], // prettier-ignore
    ['rows without a price', (rows) => rows.map((row, i) => (i % 40 === 1 ? `${row.split(',')[0]},,,,,,,` : row)), {}],
    ['blank lines', (rows) => rows.map((row, i) => (i % 40 === 1 ? `${row}\n\r` : row)), {}],
    ['times of a zone', (rows) => rows.map((row) => row.replace('.000Z', '').replace('T', ' ')), { zone: 'Europe/Berlin' }], // prettier-ignore
  ])('with %s', async (_, change, reading) => {
    await sameAsWhole(csv(change(minutes(5))), { ...OPTIONS, reading });
  });

  it('with bars that are not closed yet, and with splits of its adjusted close', async () => {
    const rows = minutes(6).map((row, i) => row.split('\n')[0]!.replace(/[^,]*$/, i < 200 ? '25' : '110'));
    const now = FIRST_MS + 250 * MINUTE_MS;
    const whole = await sameAsWhole(csv(rows), { ...OPTIONS, nowMs: now });
    expect(whole.warnings.map(({ code }: any) => code)).toEqual(['unclosed_bar', 'unadjusted_split']);
    await sameAsWhole(csv(rows), { ...OPTIONS, nowMs: FIRST_MS });
    await sameAsWhole(csv(rows), { ...OPTIONS, nowMs: now, reading: { strict: true } });
  });

  it.each<[string, Uint8Array, object]>([
    ['an empty file', Buffer.from(' \n\n'), {}],
    ['a header alone', Buffer.from(`${HEADER}\n`), {}],
    ['no adjusted close where one is wanted', Buffer.from('time,close\n2024-01-01T00:00:00Z,1\n'), { adjust: 'adj_close' }], // prettier-ignore
    ['damaged gzip', gzipSync(csv(minutes(7))).subarray(0, 900), {}],
    ['a web page', Buffer.from('<!doctype html><p>none'), {}],
    ['bars of hours', csv(minutes(8)), { timeframe: '1h' }],
    ['bytes that are no UTF-8', Buffer.concat([csv(minutes(9)), Buffer.from([0xe4, 10])]), {}],
  ])('refuses %s alike', async (_, bytes, more) => {
    await sameAsWhole(bytes, { ...OPTIONS, ...more });
  });

  it('says what kinds may be long, and how many rows may be sorted', async () => {
    const limits = { wholeBytes: 10, pieceBytes: 4096, pieceRows: 100, wholeBars: 0 };
    const options = { ...OPTIONS, reading: { mostBytes: 100 } };
    const wide = Buffer.from(csv(minutes(1, 50)).toString(), 'utf16le');
    await expect(inPieces(wide, options, limits)).rejects.toMatchObject({ errors: [{ rule: 'max_bytes' }] });
  });
});
