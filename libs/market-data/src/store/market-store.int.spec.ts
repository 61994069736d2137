import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sliceBars, type BarColumns } from '@assay/domain';
import { barsFingerprint, MINUTE_MS } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { createTestDatabase, type TestDatabase } from '@assay/testing';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { calendarFor } from '../calendars';
import { readBarsText } from '../files';
import { qualityReport, type QualityFinding } from '../quality';
import type { Copy } from './bar-copy';
import {
  analyseBars,
  MarketStore,
  priceBasis,
  QualityStore,
  unacknowledged,
  type ImportBars,
  type Query,
  type StoredQuality,
} from './index';

jest.setTimeout(60_000);

const NOW = Date.UTC(2024, 0, 1);
const file = (path: string): Buffer => readFileSync(join(__dirname, '../../../../node_modules', path));
const text = (rows: string): string => `date,open,high,low,close,volume,factor\n${rows}`;
const input = (bars: BarColumns, more: Partial<ImportBars> = {}): ImportBars => ({
  id: newId(),
  market: 'US',
  synthetic: false,
  bars,
  adjFactor: null,
  nowMs: NOW,
  ...more,
});
const small = (symbol: string, rows: string): BarColumns => readBarsText(text(rows), { symbol, source: 'test' }).bars;

describe.each([
  ['that copies new bars', true],
  ['of statements alone', false],
])('the store of bars %s', (_, copies) => {
  let database: TestDatabase;
  let client: Client;
  let statements = 0;
  const query: Query = async (sql, params) => {
    statements += 1;
    return (await client.query(sql, params)).rows as unknown;
  };
  const copy: Copy = async (sql, rows) => {
    statements += 1;
    await pipeline(Readable.from(rows), client.query(copyFrom(sql)));
  };
  const store = new MarketStore(query, copies ? copy : undefined);
  const quality = new QualityStore(query);

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it.each(['adj_factor', 'open_time', 'close'])('refuses a further column %s, and stores nothing', async (name) => {
    const bars = small('OWN', '2024-01-02,1,1,1,1,1,1\n');
    const wrong = { ...bars, extra: { [name]: bars.close } };
    await expect(store.importBars(input(wrong))).rejects.toMatchObject({
      errors: [{ field: `extra.${name}`, rule: 'reserved', value: name }],
    });
    expect(await store.listSeries('OWN')).toEqual([]);
  });

  it('finds the series of many keys by one question, in their order', async () => {
    for (const symbol of ['M1', 'M2']) await store.importBars(input(small(symbol, '2024-01-02,1,1,1,1,1,1\n')));
    const key = (symbol: string) => ({ source: 'test', symbol, timeframe: '1d' as const });
    statements = 0;
    const found = await store.findAllSeries([
      key('M2'),
      key('NONE'),
      { ...key('M1'), timeframe: '1h' },
      key('M1'),
      key('M2'),
    ]);
    expect(found.map((series) => series?.symbol ?? null)).toEqual(['M2', null, null, 'M1', 'M2']);
    expect(statements).toBe(1);
    expect(await store.findAllSeries([])).toEqual([]);
  });

  it('gives back every bit of AAPL, and its adjusted prices', async () => {
    const { bars, adjFactor } = readBarsText(file('@observablehq/sample-datasets/aapl.csv'), {
      symbol: 'AAPL',
      source: 'csv',
    });
    const { series, inserted } = await store.importBars(input(bars, { adjFactor }));
    expect(inserted).toBe(1260);
    expect(series).toMatchObject({ bars: 1260, market: 'US', firstOpenMs: Date.parse('2013-05-13'), synthetic: false });
    expect([series.adjusted, priceBasis(series)]).toEqual([true, 'adj_close']);
    const raw = await store.readBars(bars);
    expect(raw.bars).toEqual(bars);
    expect(raw.series).toEqual(series);
    const adjusted = await store.readBars(bars, { adjustment: 'adj_close' });
    expect(adjusted.bars.close).toEqual(bars.close.map((close, i) => close * adjFactor![i]));
    expect(await store.factoredBarsOf(series)).toMatchObject({ bars: { close: bars.close }, adjFactor });
    expect(series.fingerprint).toBe(barsFingerprint({ ...bars, extra: { adj_factor: adjFactor! } }));
  });

  it('writes nothing when the same bars come again', async () => {
    const bars = small('AGAIN', '2024-01-02,1,2,0.5,1,10,0.25\n2024-01-03,1,2,0.5,1,10,\n');
    const first = await store.importBars(input(bars));
    expect(priceBasis(first.series)).toBe('none');
    const again = await store.importBars(input(bars, { nowMs: NOW + 1 }));
    expect(again).toMatchObject({ series: first.series, inserted: 0, updated: 0, unchanged: 2 });
    expect(await again.stored()).toEqual(bars);
  });

  it('keeps columns that are named like members of every object, and has them missing where they do not come', async () => {
    const named = (...columns: string[]) => {
      const bars = small('NAMED', '2024-01-02,1,2,0.5,1,10,7\n2024-01-03,1,2,0.5,1,10,8\n');
      return { ...bars, extra: Object.fromEntries(columns.map((name) => [name, bars.extra.factor])) };
    };
    const { series } = await store.importBars(input(named('__proto__', 'constructor')));
    expect(series.extraColumns).toEqual(['__proto__', 'constructor']);
    const end = { toMs: Date.parse('9999-12-31') + 86_400_000 };
    expect(Object.entries((await store.readBars(series, end)).bars.extra)).toEqual([
      ['__proto__', Float64Array.of(7, 8)],
      ['constructor', Float64Array.of(7, 8)],
    ]);
    expect(await store.beginOfLast(series, end, 1)).toBe(Date.parse('2024-01-03'));
    expect(await store.importBars(input(named()))).toMatchObject({ inserted: 0, updated: 2 });
    expect((await store.readBars(series)).bars.extra.constructor).toEqual(Float64Array.of(NaN, NaN));
  });

  it('keeps NaN of an extra column and replaces changed bars', async () => {
    const bars = small('CHANGED', '2024-01-02,1,2,0.5,1,10,0.25\n2024-01-03,1,2,0.5,1,10,\n');
    const first = await store.importBars(input(bars));
    expect((await store.readBars(bars)).bars.extra.factor).toEqual(Float64Array.of(0.25, NaN));
    const later = small('CHANGED', '2024-01-03,1,2,0.5,1.5,10,0.75\n2024-01-04,2,3,1,2,10,1\n');
    const second = await store.importBars(input(later));
    expect(second).toMatchObject({ inserted: 1, updated: 1, unchanged: 0 });
    expect(second.series.fingerprint).not.toBe(first.series.fingerprint);
    expect(second.series.id).toBe(first.series.id);
    expect((await store.readBars(bars)).bars.close).toEqual(Float64Array.of(1, 1.5, 2));
  });

  it('appends a new extra column and leaves older bars without it', async () => {
    const bars = small('WIDER', '2024-01-02,1,2,0.5,1,10,0.25\n');
    await store.importBars(input(bars));
    const wider = readBarsText('date,open,high,low,close,volume,mood\n2024-01-03,1,2,0.5,1,10,7\n', {
      symbol: 'WIDER',
      source: 'test',
    });
    const { series } = await store.importBars(input(wider.bars));
    expect(series.extraColumns).toEqual(['factor', 'mood']);
    expect((await store.readBars(bars)).bars.extra).toEqual({
      factor: Float64Array.of(0.25, NaN),
      mood: Float64Array.of(NaN, 7),
    });
  });

  it('says of new and of added bars what a reading of all says', async () => {
    const bars = small('KNOWN', '2024-01-02,1,2,0.5,1,10,0.25\n2024-01-03,1,2,0.5,1,,\n2024-01-04,1,2,0.5,1,-0,3\n');
    const wider = { ...bars, extra: { ...bars.extra, mood: Float64Array.of(NaN, 1, -0) } };
    const adjFactor = Float64Array.of(0.5, 1, 1);
    for (const part of [
      { from: 0, to: 2 },
      { from: 1, to: 3 },
      { from: 0, to: 3 },
    ]) {
      const { from, to } = part;
      const more = { adjFactor: adjFactor.subarray(from, to) };
      const imported = await store.importBars(input(sliceBars(wider, from, to), more));
      const { bars: read } = await store.readBars(bars);
      expect(await imported.stored()).toEqual(read);
      expect(read).toEqual(sliceBars(wider, 0, Math.max(2, to)));
      const stored = { ...read, extra: { ...read.extra, adj_factor: adjFactor.subarray(0, Math.max(2, to)) } };
      expect(imported.series.fingerprint).toBe(barsFingerprint(stored));
    }
  });

  it('reads a part by open time, the end excluded', async () => {
    const bars = small('PART', '2024-01-02,1,2,0.5,1,10,1\n2024-01-03,1,2,0.5,2,10,1\n2024-01-04,1,2,0.5,3,10,1\n');
    await store.importBars(input({ ...bars, close: Float64Array.of(1, 2, 3) }));
    const part = await store.readBars(bars, { fromMs: Date.parse('2024-01-03'), toMs: Date.parse('2024-01-04') });
    expect(part.bars.close).toEqual(Float64Array.of(2));
    expect((await store.readBars(bars, { fromMs: NOW * 2 })).bars.close).toHaveLength(0);
  });

  it('refuses another market or origin for a known series and names an unknown one', async () => {
    const bars = small('FIXED', '2024-01-02,1,2,0.5,1,10,1\n');
    await store.importBars(input(bars));
    await expect(store.importBars(input(bars, { market: 'HK' }))).rejects.toMatchObject({
      code: 'conflict',
      message: 'market must be US as in the stored series, was HK',
    });
    await expect(store.importBars(input(bars, { synthetic: true }))).rejects.toMatchObject({ code: 'conflict' });
    await expect(store.readBars({ ...bars, symbol: 'NONE' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await store.findSeries({ ...bars, symbol: 'NONE' })).toBeNull();
    expect((await store.listSeries('FIXED')).map(({ symbol }) => symbol)).toEqual(['FIXED']);
  });

  it('sends a hundred thousand bars in a handful of statements', async () => {
    const count = 100_000;
    const column = (scale: number): Float64Array =>
      Float64Array.from({ length: count }, (_, i) => 1 + (i % 97) * scale);
    const bars: BarColumns = {
      symbol: 'BIG',
      source: 'test',
      timeframe: '1m',
      openTimeMs: Float64Array.from({ length: count }, (_, i) => NOW + i * MINUTE_MS),
      open: column(0.1),
      high: column(0.2),
      low: column(0.05),
      close: column(0.1),
      volume: column(3),
      extra: {},
    };
    statements = 0;
    expect((await store.importBars(input(bars, { market: 'CRYPTO', synthetic: true }))).inserted).toBe(count);
    expect(statements).toBeLessThan(15);
    expect((await store.readBars(bars)).bars).toEqual(bars);
  });

  it('has the server count its bars after an import of many, and not after one of few', async () => {
    const analysed = async (inserted: number): Promise<boolean> => {
      statements = 0;
      await analyseBars(query, { inserted });
      return statements > 0;
    };
    expect([await analysed(49_999), await analysed(50_000)]).toEqual([false, true]);
    const { rows } = await client.query(`SELECT reltuples FROM pg_class WHERE oid = 'market.bar'::regclass`);
    // -1: never
    expect(rows[0].reltuples).toBeGreaterThanOrEqual(0);
  });

  it('lets bars be added before and after the stored ones without the right to correct, and nothing else', async () => {
    const rows = ['2024-01-02,1,2,0.5,1,10,1', '2024-01-04,1,2,0.5,1,10,1'];
    const bars = (...more: string[]): BarColumns => small('EVERYBODYS', `${more.join('\n')}\n`);
    await store.importBars(input(bars(...rows), { addOnly: true }));
    const outside = bars('2023-12-29,1,2,0.5,1,10,1', ...rows, '2024-01-05,1,2,0.5,1,10,1');
    const added = await store.importBars(input(outside, { addOnly: true, nowMs: NOW + 1 }));
    expect([added.inserted, added.unchanged, added.series.correctedAtMs]).toEqual([2, 2, null]);
    const wider = small('EVERYBODYS', `${rows[0]}\n`);
    wider.extra.other = Float64Array.of(1);
    const refused: [string, BarColumns, object][] = [
      ['another close', bars('2024-01-02,1,2,0.5,1.5,10,1'), { replaced: 1, between: 0 }],
      ['a missing column', { ...bars(rows[0]!), extra: {} }, { replaced: 1, columns: 0 }],
      ['a bar between two', bars('2024-01-03,1,2,0.5,1,10,1'), { replaced: 0, between: 1 }],
      ['another column', wider, { columns: 1 }],
    ];
    for (const [, change, facts] of refused) {
      await client.query('BEGIN');
      const attempt = store.importBars(input(change, { addOnly: true, nowMs: NOW + 2 }));
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden', facts });
      await client.query('ROLLBACK');
    }
    const [{ bars: kept }, corrected] = [
      await store.readBars(outside),
      await store.importBars(input(bars('2024-01-03,1,2,0.5,1,10,1'), { nowMs: NOW + 3 })),
    ];
    expect(kept).toEqual(outside);
    expect(corrected.series.correctedAtMs).toBe(NOW + 3);
  });

  it('keeps one quality report per content, with its acknowledgements', async () => {
    const { bars } = readBarsText(file('vega-datasets/data/sp500-2000.csv'), { symbol: 'SPX', source: 'csv' });
    const { series } = await store.importBars(input(bars));
    const report = qualityReport(bars, calendarFor('US'));
    const save = (): ReturnType<QualityStore['save']> =>
      quality.save({ id: newId(), seriesId: series.id, fingerprint: series.fingerprint!, report, nowMs: NOW });
    const stored = await save();
    expect(unacknowledged(stored).sort()).toEqual(['open_equals_previous_close', 'outlier']);
    const by = { by: 'a trader', reason: 'an index has no opening auction', atMs: NOW };
    await quality.acknowledge(stored.id, { ...by, codes: ['open_equals_previous_close'] });
    const again = await save();
    expect(again.id).toBe(stored.id);
    expect(again.acknowledgements).toEqual([
      { code: 'open_equals_previous_close', by: by.by, reason: by.reason, at: '2024-01-01T00:00:00.000Z' },
    ]);
    expect(unacknowledged(await quality.acknowledge(stored.id, by))).toEqual([]);
    expect((await quality.ofSeries(series.id))!.acknowledgements).toHaveLength(2);
    await expect(quality.acknowledge(newId(), by)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps the 50 newest quality reports, and older ones that somebody acknowledged or that evidence names', async () => {
    const { series } = await store.importBars(input(small('PRUNED', '2024-01-02,1,1,1,1,1,1\n')));
    const report = (code: string) => ({
      bars: 1,
      timeframe: '1d' as const,
      errors: [],
      warnings: [{ code: 'outlier', message: code, count: 1, share: 1, sample: [], digest: code }] as QualityFinding[],
    });
    let at = NOW;
    const save = (fingerprint: string, finding = 'the same'): Promise<StoredQuality> =>
      quality.save({ id: newId(), seriesId: series.id, fingerprint, report: report(finding), nowMs: (at += 1) });
    const acknowledge = ({ id }: StoredQuality): Promise<StoredQuality> =>
      quality.acknowledge(id, { by: 'a trader', reason: 'seen', atMs: at });
    const other = await store.importBars(input(small('PRUNED2', '2024-01-02,1,1,1,1,1,1\n')));
    const elsewhere = await quality.save({
      ...{ id: newId(), seriesId: other.series.id, fingerprint: 'old', report: report('the same'), nowMs: NOW - 1 },
    });

    const given = await acknowledge(await save('given'));
    const carried = await save('carried');
    expect(carried.acknowledgements).toMatchObject([{ carried_from: given.id }]);
    // the content of the first again: its acknowledgement is now carried from itself
    const again = await save('given');
    expect([again.id, again.acknowledgements]).toEqual([
      given.id,
      [expect.objectContaining({ carried_from: given.id })],
    ]);
    const [validated, promoted, loose] = [await save('a', 'a'), await save('b', 'b'), await save('c', 'c')];
    const [owner, strategy] = [newId(), newId()];
    await query(
      `INSERT INTO research.strategy (id, owner_id, name, kind, universe, timeframe, feature_ids, pipeline_config, revision, lineage_id, version, created_at, updated_at)
       VALUES ($1, $2, 'a', 'pipeline', '{}', '1d', '[]', '{}', 1, $1, 1, now(), now())`,
      [strategy, owner],
    );
    await query(
      `INSERT INTO research.strategy_revision (strategy_id, revision, owner_id, config_hash, recipe, status, validated_under, gate_facts, created_at)
       VALUES ($1, 1, $2, 'x', '{}', 'validated', '{}', $3, now())`,
      [strategy, owner, JSON.stringify({ quality: { id: validated.id } })],
    );
    await query(
      `INSERT INTO research.evidence (id, owner_id, strategy_id, revision, policy, document, facts, sha256, created_at)
       VALUES ($1, $2, $3, 1, 'default', '{}', $4, 'x', now())`,
      [newId(), owner, strategy, JSON.stringify({ quality: { id: promoted.id } })],
    );
    const kept = async (): Promise<string[]> => {
      const sql = 'SELECT fingerprint FROM market.quality WHERE series_id = $1 ORDER BY created_at';
      return ((await query(sql, [series.id])) as { fingerprint: string }[]).map((row) => row.fingerprint);
    };
    const newest = Array.from({ length: 50 }, (_, n) => `new ${n}`);
    for (const fingerprint of newest.slice(0, 46)) await save(fingerprint);
    expect(await kept()).toEqual(['carried', 'given', 'a', 'b', 'c', ...newest.slice(0, 46)].slice(1));
    for (const fingerprint of newest.slice(46)) await save(fingerprint);
    expect(await kept()).toEqual(['given', 'a', 'b', ...newest]);
    expect(await quality.find(loose.id)).toBeNull();
    expect(await quality.find(elsewhere.id)).toEqual(elsewhere);
    // by a clock that was put back: what was just judged stays
    at = NOW - 10;
    await save('late');
    expect(await kept()).toEqual(['late', 'given', 'a', 'b', ...newest]);
    const pruned = new QualityStore(async (sql, params) => {
      if (sql.includes('advisory')) await query('DELETE FROM market.quality WHERE id = $1', [elsewhere.id]);
      return query(sql, params);
    });
    const said = { by: 'a trader', reason: 'seen', atMs: at };
    await expect(pruned.acknowledge(elsewhere.id, said)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('carries an acknowledgement to the present report, also where an older one was meant', async () => {
    const { bars: all } = readBarsText(file('vega-datasets/data/sp500-2000.csv'), { symbol: 'SPX2', source: 'csv' });
    const saved = async (count: number, nowMs: number): Promise<StoredQuality> => {
      const bars = sliceBars(all, 0, count);
      const { series } = await store.importBars(input(bars));
      const report = qualityReport(bars, calendarFor('US'));
      return quality.save({ id: newId(), seriesId: series.id, fingerprint: series.fingerprint!, report, nowMs });
    };
    const n = all.openTimeMs.length;
    const [old, present] = [await saved(n - 1, NOW), await saved(n, NOW + 1)];
    await quality.acknowledge(old.id, { by: 'a trader', reason: 'no auction', atMs: NOW + 2 });
    const at = new Date(NOW + 2).toISOString();
    const given = { by: 'a trader', reason: 'no auction', at, carried_from: old.id };
    const codes = present.warnings.map(({ code }) => code);
    expect((await quality.find(present.id))!.acknowledgements).toEqual(codes.map((code) => ({ code, ...given })));
    // the content of the older report again, which another has followed
    const again = await saved(n, NOW + 3);
    expect([again.id, again.acknowledgements]).toEqual([present.id, codes.map((code) => ({ code, ...given }))]);
  });
});
