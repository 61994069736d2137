import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Timeframe } from '@assay/contracts';
import { sliceBars, type BarColumns } from '@assay/domain';
import { barsFingerprint } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { createTestDatabase, type TestDatabase } from '@assay/testing';
import { Client } from 'pg';
import { actionSteps, factorsAt, type CorporateAction, type StatedAction } from '../adjustments';
import { calendarFor } from '../calendars';
import { readBarsText } from '../files';
import { qualityReport } from '../quality';
import { BarSpoolWriter } from '../spool';
import type { ImportedSpool } from './imported-bars';
import { ActionStore, MarketStore, type ImportedBars, type Query } from './index';

jest.setTimeout(60_000);

const US = calendarFor('US');
const DATES = US.sessions('2024-01-02', '2024-03-28');
const NOW = Date.UTC(2024, 5, 1);
const split = (exDate: string, value: number): StatedAction => ({ exDate, kind: 'split', value, availableAtMs: null });
const dividend = (exDate: string, value: number): StatedAction => ({
  exDate,
  kind: 'dividend',
  value,
  availableAtMs: null,
});

describe('the store of corporate actions', () => {
  let database: TestDatabase;
  let client: Client;
  const query: Query = async (sql, params) => (await client.query(sql, params)).rows as unknown;
  const store = new MarketStore(query);
  const actions = new ActionStore(query, store);
  const key = (symbol: string) => ({ source: 'test', symbol });

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  /** Bars that move a little, at a tenth from `splitAt` on. */
  const dailyBars = (symbol: string, splitAt = DATES.length, dates = DATES): BarColumns => {
    const rows = dates.map((date) => {
      const i = DATES.indexOf(date);
      const close = (100 + ((i * 7) % 5) / 2) / (i < splitAt ? 1 : 10);
      return `${date},${close},${close * 1.01},${close * 0.99},${close},${1000 + i}`;
    });
    const text = ['date,open,high,low,close,volume', ...rows].join('\n');
    return readBarsText(text, { symbol, source: 'test' }).bars;
  };
  const put = (bars: BarColumns, more: object = {}): Promise<ImportedBars> =>
    store.importBars({ id: newId(), market: 'US', synthetic: false, bars, adjFactor: null, nowMs: NOW, ...more });
  const change = (symbol: string, list: readonly StatedAction[], addOnly = false) =>
    actions.change(key(symbol), { put: list, nowMs: NOW + 1, addOnly });
  const factors = async (symbol: string, timeframe: Timeframe = '1d'): Promise<Float64Array> => {
    const series = await store.findSeries({ ...key(symbol), timeframe });
    return (await store.factoredBarsOf(series!)).adjFactor;
  };
  const expected = (bars: BarColumns, list: readonly CorporateAction[]): Float64Array =>
    factorsAt(bars.openTimeMs, actionSteps(bars, list, US).steps, 'total');

  it('gives bars that come from disk the factors of actions that are declared already', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-actions-'));
    try {
      const list = [dividend(DATES[10]!, 0.7), split(DATES[30]!, 10)];
      const imported: (ImportedBars | ImportedSpool)[] = [];
      for (const symbol of ['MEMORY', 'DISK']) {
        const bars = dailyBars(symbol, 30);
        await put(sliceBars(bars, 0, 20));
        await change(symbol, list);
        if (symbol === 'MEMORY') imported.push(await put(bars));
        else {
          const writer = new BarSpoolWriter(join(folder, 'bars'), { ...bars, extra: [] });
          writer.append({ bars, adjFactor: new Float64Array(bars.close.length).fill(1) });
          const input = { id: newId(), market: 'US', synthetic: false, bars: writer.close(false), nowMs: NOW } as const;
          imported.push(await store.importSpooled(input, folder));
        }
        expect(await factors(symbol)).toEqual(expected(bars, list));
      }
      const [memory, disk] = imported.map(({ inserted, updated, unchanged, series }) => {
        const { id: _, symbol: __, ...facts } = series;
        return { inserted, updated, unchanged, series: facts };
      });
      expect(disk).toEqual(memory);
      expect(disk).toMatchObject({ inserted: 41, updated: 0, unchanged: 20, series: { bars: 61, adjusted: true } });
      expect('stored' in imported[1]! && (await imported[1].stored())).toEqual(dailyBars('DISK', 30));
      const factored = { ...dailyBars('DISK', 30), id: newId() };
      const writer = new BarSpoolWriter(join(folder, 'factored'), { ...factored, extra: [] });
      writer.append({ bars: factored, adjFactor: new Float64Array(DATES.length).fill(0.5) });
      const refused = { id: newId(), market: 'US', synthetic: false, bars: writer.close(true), nowMs: NOW } as const;
      await expect(store.importSpooled(refused, folder)).rejects.toMatchObject({ code: 'conflict' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('gives stored bars their factors as a correction, once', async () => {
    const bars = dailyBars('SPLIT', 30);
    const { series: before } = await put(bars);
    const list = [dividend(DATES[10]!, 0.7), split(DATES[30]!, 10), dividend(DATES[40]!, 0.1)];
    const done = await change('SPLIT', list);
    expect(done).toMatchObject({ added: 3, changed: 0, unchanged: 0, series: [{ bars: 40, idle: [] }] });
    expect(await factors('SPLIT')).toEqual(expected(bars, list));
    const { series } = done.series[0]!;
    expect(series).toMatchObject({ id: before.id, adjusted: true, correctedAtMs: NOW + 1 });
    expect(series.fingerprint).toBe(barsFingerprint({ ...bars, extra: { adj_factor: expected(bars, list) } }));
    expect(await change('SPLIT', list, true)).toMatchObject({ added: 0, unchanged: 3, series: [{ bars: 0, series }] });
    expect(await actions.of(key('SPLIT'))).toMatchObject(list);
    const raw = await store.readBars({ ...bars });
    expect(raw.bars).toEqual(bars);
  });

  it('shows splits alone with their volume, and judges prices without their steps', async () => {
    const bars = dailyBars('VIEW', 30);
    const { series } = await put(bars);
    const codes = (judged: BarColumns): string[] => qualityReport(judged, US).warnings.map(({ code }) => code);
    expect(codes(await store.judged(series, bars))).toContain('possible_split');
    await change('VIEW', [split(DATES[30]!, 10), dividend(DATES[40]!, 0.1)]);
    const view = await store.barsOf(series, { adjustment: 'splits' });
    expect(view.close).toEqual(bars.close.map((close, i) => (i < 30 ? close * 0.1 : close)));
    expect(view.volume).toEqual(bars.volume.map((volume, i) => (i < 30 ? volume / 0.1 : volume)));
    const part = await store.barsOf(series, { adjustment: 'splits', fromMs: Date.parse(DATES[29]!) });
    expect(part.close).toEqual(view.close.subarray(29));
    expect(codes(await store.judged(series, bars))).not.toContain('possible_split');
  });

  it('gives later bars, corrected ones and another timeframe the same actions', async () => {
    const list = [dividend(DATES[10]!, 0.7), split(DATES[30]!, 10)];
    const bars = dailyBars('LATER', 30);
    await put(dailyBars('LATER', 30, DATES.slice(0, 30)));
    const early = await change('LATER', list);
    expect(early.series).toMatchObject([{ bars: 10, idle: [{ code: 'after_last_bar', action: { kind: 'split' } }] }]);
    const { series } = await put(dailyBars('LATER', 30, DATES.slice(30)), { addOnly: true, nowMs: NOW + 2 });
    expect(series.correctedAtMs).toBe(NOW + 2);
    expect(await factors('LATER')).toEqual(expected(bars, list));
    const again = await put(bars, { addOnly: true, nowMs: NOW + 3 });
    expect(again).toMatchObject({ inserted: 0, updated: 0, series });
    const other = { ...dailyBars('LATER', 30), close: bars.close.slice() };
    other.close[9]! *= 0.999;
    expect(await put(other, { nowMs: NOW + 4 })).toMatchObject({ updated: 1, series: { correctedAtMs: NOW + 4 } });
    expect(await factors('LATER')).toEqual(expected(other, list));
    const opens = DATES.slice(28, 32).flatMap((date) => US.barOpens(date, '1h'));
    const hours = { ...dailyBars('LATER', 0, DATES.slice(0, opens.length)), timeframe: '1h' as const };
    hours.openTimeMs.set(opens);
    const made = await put(hours);
    expect(made.series.adjusted).toBe(true);
    expect(await factors('LATER', '1h')).toEqual(Float64Array.from(opens, (_, i) => (i < 14 ? 0.1 : 1)));
    const cheaper = await change('LATER', [split(DATES[30]!, 5)]);
    expect(cheaper.series.map(({ series: one, bars: n }) => [one.timeframe, n])).toEqual(
      expect.arrayContaining([
        ['1d', 30],
        ['1h', 14],
      ]),
    );
  });

  it('takes an action out and leaves the bars as they were', async () => {
    const { series: before } = await put(dailyBars('UNDO', 30));
    await change('UNDO', [split(DATES[30]!, 10)]);
    const { id } = (await actions.page({ symbol: 'UNDO' }, 10))[0]!;
    const done = await actions.change(key('UNDO'), { remove: id, nowMs: NOW + 5, addOnly: false });
    expect(done).toMatchObject({ removed: 1, series: [{ bars: 30 }] });
    expect(done.series[0]!.series).toMatchObject({ fingerprint: before.fingerprint, adjusted: false });
    expect(await actions.find(id)).toBeNull();
  });

  it('refuses to change under who may only add, and says what is needed', async () => {
    await put(dailyBars('GUARD'));
    await expect(change('GUARD', [split(DATES[30]!, 2)], true)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('change the bars of 1d, on which all trade: scope data:correct') as string,
    });
    expect(await actions.of(key('GUARD'))).toEqual([]);
    await change('NEW', [split('2024-01-10', 2)], true);
    await expect(change('NEW', [split('2024-01-10', 3)], true)).rejects.toMatchObject({ code: 'forbidden' });
    const { series } = await put(dailyBars('NEW'), { addOnly: true });
    expect(series).toMatchObject({ adjusted: true, correctedAtMs: null });
  });

  it('lets the factors of an adjusted close and actions exclude each other', async () => {
    const bars = dailyBars('EITHER', 30);
    const adjFactor = bars.close.map((_, i) => (i < 30 ? 0.1 : 1));
    const { series } = await put(bars, { adjFactor });
    await expect(change('EITHER', [split(DATES[30]!, 10)])).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('import its bars again with adjust none, then add the actions') as string,
    });
    await expect(store.barsOf(series, { adjustment: 'splits' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('do not tell splits from dividends') as string,
    });
    await put(bars);
    await change('EITHER', [split(DATES[30]!, 10)]);
    await expect(put(bars, { adjFactor })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('import without an adjusted close (adjust none)') as string,
    });
  });

  it('refuses a dividend as large as the close before, whichever comes first', async () => {
    await put(dailyBars('LARGE'));
    await client.query('BEGIN');
    await expect(change('LARGE', [dividend(DATES[1]!, 100)])).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('must be less than the close before it, 100') as string,
    });
    await client.query('ROLLBACK');
    expect(await actions.of(key('LARGE'))).toEqual([]);
  });

  it('lets neither an import miss actions that are being declared, nor these a series that is being imported', async () => {
    const other = new Client({ connectionString: database.url });
    await other.connect();
    const beside: Query = async (sql, params) => (await other.query(sql, params)).rows as unknown;
    const waits = async (): Promise<void> => {
      for (let waiting = 0; waiting === 0;) {
        const { rows } = await client.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database =
             (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        waiting = rows[0]!.n;
      }
    };
    const within = async <T>(who: Client, body: () => Promise<T>): Promise<T> => {
      await who.query('BEGIN');
      const result = await body();
      await who.query('COMMIT');
      return result;
    };
    const bars = dailyBars('RACE', 30);
    const list = [split(DATES[30]!, 10)];
    await client.query('BEGIN');
    await change('RACE', list);
    const theirs = new MarketStore(beside);
    const write = { id: newId(), market: 'US' as const, synthetic: false, adjFactor: null, nowMs: NOW };
    const imported = within(other, () => theirs.importBars({ ...write, bars }));
    await waits();
    await client.query('COMMIT');
    expect((await imported).series.adjusted).toBe(true);
    await client.query('BEGIN');
    await put(dailyBars('OTHER', 30));
    const declared = within(other, () =>
      new ActionStore(beside, theirs).change(key('OTHER'), { put: list, nowMs: NOW, addOnly: false }),
    );
    await waits();
    await client.query('COMMIT');
    expect((await declared).series).toMatchObject([{ bars: 30, series: { adjusted: true } }]);
    await other.end();
  });

  it('pages them by symbol, source and date', async () => {
    await change('PAGE', [split('2020-01-03', 2), dividend('2020-01-03', 1.1), dividend('2019-01-03', 0.1)]);
    const first = await actions.page({ symbol: 'PAGE', source: 'test' }, 2);
    const rest = await actions.page({ symbol: 'PAGE' }, 2, first[1]!.id);
    expect([...first, ...rest].map(({ exDate, kind, value }) => [exDate, kind, value])).toEqual([
      ['2019-01-03', 'dividend', 0.1],
      ['2020-01-03', 'dividend', 1.1],
      ['2020-01-03', 'split', 2],
    ]);
    expect(await actions.page({ symbol: 'PAGE', source: 'other' }, 2)).toEqual([]);
  });
});
