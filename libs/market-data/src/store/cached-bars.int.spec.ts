import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sliceBars, type BarColumns } from '@assay/domain';
import { barsFingerprint, MINUTE_MS } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { createTestDatabase, type TestDatabase } from '@assay/testing';
import fc from 'fast-check';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { FileBarCache } from '../cache';
import { MarketStore, type ImportBars, type Query } from './index';

jest.setTimeout(60_000);

const START = Date.UTC(2024, 0, 1);
const BARS = 4_500;

function barsOf(symbol: string, count = BARS, first = 0): BarColumns {
  const column = (k: number): Float64Array => Float64Array.from({ length: count }, (_, i) => first + k + i / 3);
  return {
    ...{ symbol, source: 'test', timeframe: '1m' },
    openTimeMs: Float64Array.from({ length: count }, (_, i) => START + (first + i) * MINUTE_MS),
    ...{ open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5), extra: {} },
  };
}

const input = (bars: BarColumns, more: Partial<ImportBars> = {}): ImportBars => ({
  ...{ id: newId(), market: 'CRYPTO', synthetic: true, bars, adjFactor: null, nowMs: START },
  ...more,
});

describe('stored bars read through the cache', () => {
  let database: TestDatabase;
  let clients: Client[];
  let directory: string;
  let cache: FileBarCache;
  let reported: string[];
  /** Statements that read bars. */
  let rowsRead = 0;
  let beforeRows: () => Promise<unknown>;

  const queryOf =
    (client: Client, hooked: boolean): Query =>
    async (sql, params) => {
      if (hooked && sql.includes('string_agg')) {
        rowsRead += 1;
        await beforeRows();
      }
      return (await client.query(sql, params)).rows as unknown;
    };
  const storeOf = (client: Client, hooked = true, cached = true): MarketStore =>
    new MarketStore(
      queryOf(client, hooked),
      (sql, rows) => pipeline(Readable.from(rows), client.query(copyFrom(sql))),
      cached ? cache : undefined,
    );
  const inTransaction = async <T>(client: Client, body: () => Promise<T>): Promise<T> => {
    await client.query('BEGIN');
    const result = await body();
    await client.query('COMMIT');
    return result;
  };
  /** By somebody else, on a connection of his own. */
  const importElsewhere = (bars: BarColumns, more?: Partial<ImportBars>): Promise<unknown> =>
    inTransaction(clients[1], () => storeOf(clients[1], false, false).importBars(input(bars, more)));
  const plain = (): MarketStore => storeOf(clients[0], false, false);

  beforeAll(async () => {
    database = await createTestDatabase();
    clients = [0, 1].map(() => new Client({ connectionString: database.url }));
    for (const client of clients) await client.connect();
  });
  afterAll(async () => {
    for (const client of clients) await client.end();
    await database.drop();
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'assay-cached-bars-'));
    reported = [];
    cache = new FileBarCache({ directory, mostBytes: 2 ** 30, report: (text) => reported.push(text) });
    rowsRead = 0;
    beforeRows = () => Promise.resolve();
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
    expect(reported).toEqual([]);
  });

  it('are those of the rows, bit for bit', async () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(NaN, -0, 0, 5e-324, Infinity));
    const sample = fc.array(number, { minLength: 40, maxLength: 60 });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(
        sample,
        fc.integer({ min: 0, max: 3 }),
        fc.nat(BARS),
        fc.nat(BARS),
        async (values, extras, a, b) => {
          const column = (k: number): Float64Array =>
            Float64Array.from({ length: BARS }, (_, i) => values[(i * 7 + k) % values.length]);
          const bars = barsOf(`P${(made += 1)}`);
          Object.assign(bars, {
            open: column(0),
            high: column(1),
            low: column(2),
            close: column(3),
            volume: column(4),
          });
          for (let i = 0; i < extras; i += 1) bars.extra[`x${2 - i}`] = column(5 + i);
          await plain().importBars(input(bars, { adjFactor: column(9) }));
          const store = storeOf(clients[0]);
          const series = (await store.findSeries(bars))!;
          const [low, high] = [a, b].sort((x, y) => x - y);
          const range = { fromMs: START + low * MINUTE_MS, toMs: START + high * MINUTE_MS };
          const read = async (of: MarketStore) => {
            const { bars: raw, adjFactor } = await of.factoredBarsOf(series);
            return [
              raw,
              adjFactor,
              await of.barsOf(series, range),
              await of.barsOf(series, { adjustment: 'adj_close' }),
            ];
          };
          const rows = await read(plain());
          await read(store);
          rowsRead = 0;
          expect(bitsOf(await read(store))).toEqual(bitsOf(rows));
          expect(rowsRead).toBe(0);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('are the new ones after every change, read without rows from the second time on', async () => {
    const store = storeOf(clients[0]);
    const all = barsOf('CHANGING', BARS + 1);
    const factors = new Float64Array(BARS + 1).fill(1);
    await plain().importBars(input(sliceBars(all, 0, BARS)));
    const changes: [string, () => void][] = [
      ['nothing', () => undefined],
      ['a close', () => (all.close[17] = 9)],
      ['a factor', () => (factors[18] = 0.5)],
      ['a column', () => (all.extra.vix = new Float64Array(BARS + 1).fill(3))],
    ];
    for (const [what, change] of changes) {
      change();
      await importElsewhere(sliceBars(all, 0, BARS), { adjFactor: factors.subarray(0, BARS) });
      for (const rows of [1, 0]) {
        rowsRead = 0;
        const { bars } = await store.readBars(all);
        expect([what, rowsRead]).toEqual([what, rows]);
        expect([what, bars]).toEqual([what, sliceBars(all, 0, BARS)]);
      }
      expect([what, readdirSync(directory).length]).toEqual([what, 1]);
    }
    await importElsewhere(sliceBars(all, BARS, BARS + 1));
    expect((await store.readBars(all)).bars).toEqual(all);
  });

  it('come with the row that they belong to, however old the one is that was asked with', async () => {
    const store = storeOf(clients[0]);
    const bars = barsOf('OLD ROW');
    await plain().importBars(input(bars));
    const old = (await store.findSeries(bars))!;
    await store.barsOf(old);
    const changed = { ...bars, close: bars.close.map((close) => close + 1) };
    await importElsewhere(changed);
    const version = await store.versionOf(old);
    expect(version.bars.close).toEqual(changed.close);
    expect(version.series.fingerprint).not.toBe(old.fingerprint);
    expect(version).toMatchObject({ series: await store.findSeries(bars), isVerified: true });
  });

  it.each([
    ['of a long series', BARS, {}],
    ['of a short series', 100, {}],
    ['of a range', BARS, { fromMs: START + 4_400 * MINUTE_MS }],
    ['of several statements', 50_100, {}],
  ])('%s never mix with a correction between row and bars', async (_, count, range) => {
    const store = storeOf(clients[0]);
    const bars = barsOf(`RACE ${count} ${JSON.stringify(range)}`, count);
    await plain().importBars(input(bars));
    const old = (await store.findSeries(bars))!;
    // the last statement of a reading comes after the correction, those before do not
    const statements = count > 50_000 ? 2 : 1;
    const last = sliceBars(barsOf(bars.symbol, count), count - 1, count);
    last.close[0] = 0.5;
    beforeRows = async () => {
      if (rowsRead === statements) await importElsewhere(last);
    };
    const version = await store.versionOf(old, range);
    expect(rowsRead).toBe(2 * statements);
    expect(version.bars.close.at(-1)).toBe(0.5);
    expect(version.series).toEqual(await plain().findSeries(bars));
    expect(version.series.fingerprint).not.toBe(old.fingerprint);
  });

  it('are refused while they change faster than they can be read', async () => {
    const store = storeOf(clients[0]);
    const bars = barsOf('NEVER STILL', 100);
    await plain().importBars(input(bars));
    beforeRows = () => importElsewhere(barsOf('NEVER STILL', 1, 100 + rowsRead));
    await expect(store.readBars(bars)).rejects.toMatchObject({
      code: 'conflict',
      message: 'bars of NEVER STILL 1m from test must stay the same while they are read, changed 5 times: ask again',
    });
  });

  it('are its own within a transaction, and those of before once it is undone', async () => {
    const store = storeOf(clients[0]);
    const bars = barsOf('UNDONE');
    await plain().importBars(input(bars));
    await store.readBars(bars);
    const changed = { ...bars, close: bars.close.map((close) => -close) };
    await clients[0].query('BEGIN');
    await store.importBars(input(changed));
    expect((await store.readBars(bars)).bars.close).toEqual(changed.close);
    expect((await storeOf(clients[1]).readBars(bars)).bars.close).toEqual(bars.close);
    await clients[0].query('ROLLBACK');
    expect((await store.readBars(bars)).bars.close).toEqual(bars.close);
  });

  it('that do not have the fingerprint of their row are not kept', async () => {
    const store = storeOf(clients[0]);
    const bars = barsOf('TOUCHED');
    const { series } = await plain().importBars(input(bars));
    await clients[0].query('UPDATE market.bar SET close = 1 WHERE series_id = $1 AND open_time = $2', [
      series.id,
      new Date(START),
    ]);
    expect(await store.versionOf(series)).toMatchObject({ isVerified: false });
    expect(readdirSync(directory)).toEqual([]);
    expect(reported.splice(0)).toEqual([expect.stringContaining('its rows have another fingerprint than it')]);
  });

  it('take bars that come after them without a row being read, to the fingerprint of all rows', async () => {
    const store = storeOf(clients[0]);
    const add = async (bars: BarColumns, more?: Partial<ImportBars>) => {
      rowsRead = 0;
      const imported = await inTransaction(clients[0], () => store.importBars(input(bars, more)));
      await imported.keep();
      const { fingerprint } = imported.series;
      const { bars: rows, adjFactor, series } = await plain().factoredBarsOf(imported.series);
      expect(barsFingerprint({ ...rows, extra: { ...rows.extra, adj_factor: adjFactor } })).toBe(fingerprint);
      expect([series.bars, series.lastOpenMs]).toEqual([rows.openTimeMs.length, rows.openTimeMs.at(-1)]);
      expect(await imported.stored()).toEqual(rows);
      return rowsRead;
    };
    const all = barsOf('ADD', 2 * BARS);
    all.extra.vix = all.close.map((x) => -x);
    const wide = (first: number, count: number): BarColumns => sliceBars(all, first, first + count);
    expect(await add(wide(10, BARS))).toBe(0);
    let next = 10 + BARS;
    for (const [repeated, count] of [
      [0, 1],
      [3, 2],
      [BARS, 40],
    ] as const) {
      expect(await add(wide(next - repeated, repeated + count))).toBe(0);
      next += count;
    }
    // without the further column, and with factors of their own
    const bare = barsOf('ADD', 2, next);
    expect(await add(bare, { adjFactor: Float64Array.of(0.5, 1) })).toBe(0);
    next += 2;
    // what is more than an addition at the end is read
    expect(await add(wide(next - 1, 3))).toBeGreaterThan(0);
    expect(await add(wide(0, 5))).toBeGreaterThan(0);
    const wider = barsOf('ADD', 1, next + 2);
    expect(await add({ ...wider, extra: { mood: wider.close } })).toBeGreaterThan(0);
  });

  it('leave no bars behind of an addition that was taken back', async () => {
    const store = storeOf(clients[0]);
    await (await store.importBars(input(barsOf('BACK')))).keep();
    const before = (await store.findSeries(barsOf('BACK')))!;
    await clients[0].query('BEGIN');
    const { series } = await store.importBars(input(barsOf('BACK', 5, BARS)));
    await clients[0].query('ROLLBACK');
    expect(series.fingerprint).not.toBe(before.fingerprint);
    expect((await store.findSeries(before))!.fingerprint).toBe(before.fingerprint);
    expect((await store.barsOf(before)).openTimeMs).toHaveLength(BARS);
  });
});

/** Every column by its bits, everything else as it is. */
function bitsOf(value: unknown): unknown {
  return JSON.stringify(value, (_, one: unknown) =>
    one instanceof Float64Array ? Buffer.from(one.slice().buffer).toString('base64') : one,
  );
}
