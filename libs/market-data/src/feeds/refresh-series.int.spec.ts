import type { BarColumns } from '@assay/domain';
import { DAY_MS, HOUR_MS, MINUTE_MS, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { createTestDatabase, type TestDatabase } from '@assay/testing';
import { Pool } from 'pg';
import { calendarFor } from '../calendars';
import { qualityReport } from '../quality';
import { ActionStore, MarketStore, QualityStore, unacknowledged, type Query } from '../store';
import { racing, Script, START } from './fixtures/scripted-source';
import { refreshSeries, type RefreshDeps, type Refreshed } from './refresh-series';
import { SubscriptionStore } from './subscription-store';

jest.setTimeout(60_000);

describe('a series that is refreshed', () => {
  let database: TestDatabase;
  let pool: Pool;
  let now = START;
  const query: Query = async (sql, params) => (await pool.query(sql, params as unknown[])).rows as unknown;
  const transaction: RefreshDeps['transaction'] = async (body) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const result = await body(async (sql, params) => (await client.query(sql, params as unknown[])).rows as unknown);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
  const deps = (source: Script, more: Partial<RefreshDeps> = {}): RefreshDeps => ({
    clock: { nowMs: () => now },
    ...{ query, transaction, sourceOf: () => source },
    judge: async (bars, market, noticed) => qualityReport(bars, calendarFor(market), noticed),
    ...more,
  });

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new Pool({ connectionString: database.url, max: 6 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  beforeEach(() => (now = START));

  let made = 0;
  const subscribe = async (more: Record<string, unknown> = {}): Promise<string> => {
    const id = newId();
    const row = {
      ...{ id, owner_id: newId(), source: 'script', symbol: `S${(made += 1)}`, timeframe: '1h', market: 'CRYPTO' },
      ...{ synthetic: false, feed: JSON.stringify({ kind: 'ccxt', exchange: 'bybit' }), feed_symbol: 'X' },
      ...{ first_bar: new Date(START), delay_s: 60, overlap_bars: 3, may_correct: true, enabled: true },
      ...{ next_due_at: new Date(START), created_at: new Date(), updated_at: new Date() },
      ...more,
    };
    const names = Object.keys(row);
    await pool.query(
      `INSERT INTO market.subscription (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
    return id;
  };
  const rowOf = async (id: string) => (await new SubscriptionStore(query).find(id))!;
  const stored = async (id: string): Promise<BarColumns> => {
    const { source, symbol, timeframe } = await rowOf(id);
    return (await new MarketStore(query).readBars({ source, symbol, timeframe })).bars;
  };
  const hours = async (id: string): Promise<number[]> =>
    Array.from((await stored(id)).openTimeMs, (time) => (time - START) / HOUR_MS);
  const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  const run = (id: string, source: Script, options = {}, more: Partial<RefreshDeps> = {}): Promise<Refreshed> =>
    refreshSeries(deps(source, more), id, options);

  it('has every closed bar once, and is due a minute after the next close', async () => {
    const [id, source] = [await subscribe(), new Script()];
    now = START + 120.5 * HOUR_MS;
    expect(await run(id, source)).toMatchObject({
      outcome: 'fresh',
      error: null,
      counts: { fetched: 120, inserted: 120 },
    });
    expect(await hours(id)).toEqual(upTo(120));
    expect((await rowOf(id)).nextDueMs).toBe(START + 121 * HOUR_MS + MINUTE_MS);
    expect(await run(id, source)).toMatchObject({ outcome: 'not_due', counts: { fetched: 0 } });
    now = START + 122 * HOUR_MS + 2 * MINUTE_MS;
    source.asked = [];
    expect(await run(id, source)).toMatchObject({
      outcome: 'fresh',
      counts: { fetched: 5, inserted: 2, corrected: 0 },
    });
    expect(source.asked).toEqual([[START + 117 * HOUR_MS, now]]);
    expect(await hours(id)).toEqual(upTo(122));
    const { rows } = await pool.query(
      'SELECT count(*)::int AS n FROM market.quality q JOIN market.series s ON s.id = q.series_id AND s.fingerprint = q.fingerprint WHERE s.symbol = $1',
      [(await rowOf(id)).symbol],
    );
    expect(rows[0].n).toBe(1);
  });

  it('takes raw bars of a series whose factors are those of its actions, before and after a split', async () => {
    const [id, source] = [await subscribe({ may_correct: false }), new Script()];
    const splitMs = START + 2 * DAY_MS;
    source.price = (openMs) => (100 + ((openMs / HOUR_MS) % 7) / 10) / (openMs < splitMs ? 1 : 2);
    now = START + 47.5 * HOUR_MS;
    await run(id, source);
    const { symbol } = await rowOf(id);
    const key = { source: 'script', symbol };
    const exDate = new Date(splitMs).toISOString().slice(0, 10);
    const put = [{ exDate, kind: 'split' as const, value: 2, availableAtMs: null }];
    await transaction((one) =>
      new ActionStore(one, new MarketStore(one)).change(key, { put, nowMs: now, addOnly: false }),
    );
    const factors = async (): Promise<number[]> => {
      const market = new MarketStore(query);
      return [...(await market.factoredBarsOf((await market.findSeries({ ...key, timeframe: '1h' }))!)).adjFactor];
    };
    expect(await factors()).toEqual(upTo(47).map(() => 1));
    expect((await rowOf(id)).lastResult!.warnings).toBeUndefined();
    for (const hour of [49, 60]) {
      now = START + (hour + 0.5) * HOUR_MS;
      expect(await run(id, source)).toMatchObject({ outcome: 'fresh', error: null, counts: { withheld: 0 } });
      expect(await factors()).toEqual(upTo(hour).map((i) => (i < 48 ? 0.5 : 1)));
    }
    expect((await rowOf(id)).lastResult!.warnings).toBeUndefined();
    const [again, undeclared] = [await subscribe(), new Script()];
    undeclared.price = source.price;
    await run(again, undeclared);
    const { warnings } = (await rowOf(again)).lastResult!;
    expect(warnings).toEqual([
      expect.stringContaining(`assay data actions add --symbol SYMBOL --source SOURCE --split ${exDate}:2`),
    ]);
  });

  it('keeps what people have said about findings that are the same, and what an import noticed', async () => {
    const [id, source] = [await subscribe(), new Script()];
    const { symbol } = await rowOf(id);
    source.price = (openMs) => (openMs === START + 50 * HOUR_MS ? 170 : 100 + Math.sin((openMs / HOUR_MS) * 1.7));
    source.has = (openMs) => openMs !== START + 30 * HOUR_MS;
    const report = async () => {
      const series = (await new MarketStore(query).findSeries({ source: 'script', symbol, timeframe: '1h' }))!;
      return (await new QualityStore(query).ofSeries(series.id))!;
    };
    const until = async (hour: number, options = {}) => {
      now = START + (hour + 0.5) * HOUR_MS;
      await run(id, source, options);
      return report();
    };
    const first = await until(100);
    expect(unacknowledged(first).sort()).toEqual(['missing_bars', 'outlier', 'spike']);
    const said = { by: 'a trader', reason: 'an outage of the exchange', atMs: START };
    await transaction((one) => new QualityStore(one).acknowledge(first.id, said));
    const next = await until(103);
    expect(next.id).not.toBe(first.id);
    expect(unacknowledged(next)).toEqual([]);
    expect(next.acknowledgements).toContainEqual({
      ...{ code: 'outlier', by: said.by, reason: said.reason },
      ...{ at: new Date(START).toISOString(), carried_from: first.id },
    });
    source.has = (openMs) => openMs !== START + 30 * HOUR_MS && openMs !== START + 104 * HOUR_MS;
    expect(unacknowledged(await until(107))).toEqual(['missing_bars']);
    source.has = () => true;
    expect(unacknowledged(await until(109, { force: true }))).toEqual([]);
    const { warnings, seriesId, fingerprint } = await report();
    const [sample, nowMs] = [[new Date(START + 60 * HOUR_MS).toISOString()], Date.now()];
    const split = { code: 'unadjusted_split', message: 'said by a file', count: 1, share: 0.01, sample } as const;
    const noticed = qualityReport(await stored(id), calendarFor('CRYPTO'), [{ ...split }]);
    await new QualityStore(query).save({ id: newId(), seriesId, fingerprint, report: noticed, nowMs });
    const after = await until(112);
    expect([after.warnings.length, unacknowledged(after)]).toEqual([warnings.length + 1, ['unadjusted_split']]);
    const correct = 'UPDATE market.bar SET close = 100.05 WHERE series_id = $1 AND open_time = $2';
    await pool.query(correct, [seriesId, sample[0]]);
    expect((await until(115)).warnings).toHaveLength(warnings.length);
  });

  it('refuses raw bars for a series whose factors an adjusted close gave', async () => {
    const [id, source] = [await subscribe(), new Script()];
    const { symbol } = await rowOf(id);
    const asked = { symbol, timeframe: '1h' as const, fromMs: START, toMs: START + 2 * HOUR_MS };
    const { value: bars } = await source.getBars(asked).next();
    const write = { id: newId(), market: 'CRYPTO' as const, synthetic: false, adjFactor: Float64Array.of(0.5, 1) };
    await new MarketStore(query).importBars({ ...write, bars: bars as BarColumns, nowMs: now });
    now = START + 3.5 * HOUR_MS;
    const { outcome, error } = await run(id, source);
    expect([outcome, error]).toEqual(['failed', expect.stringContaining('assay data actions')]);
    expect(await hours(id)).toEqual([0, 1]);
  });

  describe('is judged', () => {
    const reported = async (id: string) => {
      const { source, symbol, timeframe } = await rowOf(id);
      const series = await new MarketStore(query).findSeries({ source, symbol, timeframe });
      return series && new QualityStore(query).ofSeries(series.id);
    };

    it('outside of any transaction, on the bars that were read for their fingerprint', async () => {
      const [id, source] = [await subscribe(), new Script()];
      now = START + 60.5 * HOUR_MS;
      await run(id, source);
      now += HOUR_MS;
      let open = 0;
      let reads = 0;
      const asked: number[] = [];
      const counting: Query = (sql, params) => {
        if (/extract\(epoch FROM open_time\)/.test(sql)) reads += 1;
        return query(sql, params);
      };
      const within: RefreshDeps['transaction'] = (body) => {
        open += 1;
        return transaction(body).finally(() => (open -= 1));
      };
      const judge: RefreshDeps['judge'] = async (bars, market) => {
        asked.push(open, bars.openTimeMs.length);
        return qualityReport(bars, calendarFor(market));
      };
      await run(id, source, { early: true }, { query: counting, transaction: within, judge });
      expect([asked, reads]).toEqual([[0, 61], 0]);
      expect(await reported(id)).toMatchObject({ errors: [] });
    });

    it('by the next refresh where the worker died before its report, or nobody here can', async () => {
      const [id, source] = [await subscribe(), new Script()];
      now = START + 60.5 * HOUR_MS;
      await run(id, source, {}, { judge: async () => null });
      expect(await reported(id)).toBeNull();
      const died: RefreshDeps['judge'] = () => Promise.reject(new Error('the worker died'));
      await expect(run(id, source, { early: true }, { judge: died })).rejects.toThrow('the worker died');
      expect(await reported(id)).toBeNull();
      expect(await run(id, source, { early: true })).toMatchObject({ counts: { inserted: 0 } });
      expect(await reported(id)).toMatchObject({ errors: [] });
    });

    it('by who has changed the bars meanwhile', async () => {
      const [id, source] = [await subscribe(), new Script()];
      now = START + 60.5 * HOUR_MS;
      const judge: RefreshDeps['judge'] = async (bars, market) => {
        const one = { ...bars, ...{ openTimeMs: bars.openTimeMs.slice(0, 1), extra: {} } };
        for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) one[name] = Float64Array.of(7);
        const write = { market, synthetic: false, bars: one, adjFactor: null, nowMs: Date.now() };
        await new MarketStore(query).importBars({ ...write, id: newId() });
        return qualityReport(bars, calendarFor(market));
      };
      await run(id, source, {}, { judge });
      expect(await reported(id)).toBeNull();
    });
  });

  it('waits longer for each late bar, at most until the next close, and takes it when it comes', async () => {
    const [id, source] = [await subscribe({ delay_s: 0 }), new Script()];
    now = START + 10 * HOUR_MS;
    source.has = (open) => open < START + 9 * HOUR_MS;
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      expect((await run(id, source)).outcome).toBe('late');
      const { nextDueMs, attempts, lastError } = await rowOf(id);
      expect([attempts, lastError]).toEqual([i + 1, null]);
      waits.push((nextDueMs - now) / 1000);
      now = nextDueMs;
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900]);
    source.has = () => true;
    expect(await run(id, source)).toMatchObject({ outcome: 'fresh', counts: { inserted: 1 } });
    expect((await rowOf(id)).attempts).toBe(0);
    now = START + 13 * HOUR_MS - 5000;
    source.has = (open) => open < START + 11 * HOUR_MS;
    await run(id, source);
    expect((await rowOf(id)).nextDueMs).toBe(START + 13 * HOUR_MS);
  });

  it('keeps what a feed says that fails, and what it gave before', async () => {
    const [id, source] = [await subscribe(), new Script()];
    now = START + 100 * HOUR_MS + 2 * MINUTE_MS;
    source.before = (open) => {
      if (open >= START + 50 * HOUR_MS) throw refuse('unavailable', 'the exchange is being mended');
    };
    expect(await run(id, source)).toMatchObject({
      outcome: 'failed',
      error: 'the exchange is being mended',
      counts: { inserted: 50 },
    });
    expect(await rowOf(id)).toMatchObject({
      attempts: 1,
      lastError: 'the exchange is being mended',
      lastSuccessMs: null,
    });
    expect((await rowOf(id)).nextDueMs).toBe(now + 15_000);
    now += 15_000;
    source.before = () => {
      throw new TypeError('x is not a function');
    };
    expect(await run(id, source)).toMatchObject({ outcome: 'failed', error: 'the feed failed: x is not a function' });
    now += 30_000;
    source.before = () => undefined;
    expect((await run(id, source)).outcome).toBe('fresh');
    expect(await rowOf(id)).toMatchObject({ attempts: 0, lastError: null, lastSuccessMs: now });
    expect(await hours(id)).toEqual(upTo(100));
  });

  it('fills holes once a day, or at once where it is forced', async () => {
    const [id, source] = [await subscribe(), new Script()];
    now = START + 40 * HOUR_MS + 2 * MINUTE_MS;
    const missing = [5, 6, 20];
    source.has = (open) => !missing.includes((open - START) / HOUR_MS);
    await run(id, source);
    source.has = () => true;
    now += HOUR_MS;
    await run(id, source);
    expect(await hours(id)).toEqual(upTo(41).filter((hour) => !missing.includes(hour)));
    expect((await run(id, source, { force: true })).counts.inserted).toBe(3);
    expect(await hours(id)).toEqual(upTo(41));
    await pool.query(
      'DELETE FROM market.bar WHERE series_id = (SELECT id FROM market.series WHERE symbol = $1) AND open_time = $2',
      [(await rowOf(id)).symbol, new Date(START + 10 * HOUR_MS)],
    );
    now += DAY_MS;
    await run(id, source);
    expect(await hours(id)).toEqual(upTo(65));
  });

  it('corrects its last bars, which marks the series, where its owner may; otherwise they are withheld', async () => {
    const correctedAt = async (id: string): Promise<number | null> => {
      const { source, symbol, timeframe } = await rowOf(id);
      return (await new MarketStore(query).findSeries({ source, symbol, timeframe }))!.correctedAtMs;
    };
    const [may, mayNot, source] = [await subscribe(), await subscribe({ may_correct: false }), new Script()];
    now = START + 20 * HOUR_MS + 2 * MINUTE_MS;
    for (const id of [may, mayNot]) await run(id, source);
    expect(await correctedAt(may)).toBeNull();
    const before = source.price;
    source.price = (open) => before(open) + (open === START + 18 * HOUR_MS ? 0.5 : 0);
    now += HOUR_MS;
    expect((await run(may, source)).counts).toMatchObject({ inserted: 1, corrected: 1, withheld: 0 });
    expect((await run(mayNot, source)).counts).toMatchObject({ inserted: 1, corrected: 0, withheld: 1 });
    expect([(await stored(may)).close[18], (await stored(mayNot)).close[18]]).toEqual([118.5, 118]);
    expect([await correctedAt(may), await correctedAt(mayNot)]).toEqual([expect.any(Number), null]);
  });

  it('is fetched by one of many workers', async () => {
    const [id, source] = [await subscribe(), new Script()];
    now = START + 30 * HOUR_MS + 2 * MINUTE_MS;
    const outcomes = await racing(5, source, () => run(id, source));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['busy', 'busy', 'busy', 'busy', 'fresh']);
    expect(source.asked).toHaveLength(1);
  });

  it('goes on where a worker died, and lets one that was overtaken write nothing', async () => {
    const [id, slow, quick] = [await subscribe(), new Script(), new Script()];
    now = START + 200 * HOUR_MS + 2 * MINUTE_MS;
    let wake!: () => void;
    const woken = new Promise<void>((done) => (wake = done));
    let asleep!: () => void;
    const sleeping = new Promise<void>((done) => (asleep = done));
    slow.before = async (open) => {
      if (open < START + 100 * HOUR_MS) return;
      asleep();
      await woken;
    };
    // as long as the first sleeps it does not renew its claim either
    const first = run(id, slow, {}, { chunkBars: 50, claimMs: 3_600_000 });
    await sleeping;
    expect(await hours(id)).toEqual(upTo(100));
    await pool.query('UPDATE market.subscription SET claimed_until = clock_timestamp() WHERE id = $1', [id]);
    quick.price = (open) => slow.price(open) + 1;
    expect((await run(id, quick)).outcome).toBe('fresh');
    expect(quick.asked[0]![0]).toBe(START + 97 * HOUR_MS);
    wake();
    expect((await first).outcome).toBe('lost');
    expect(await hours(id)).toEqual(upTo(200));
    expect((await stored(id)).close[150]).toBe(quick.price(START + 150 * HOUR_MS));
    expect((await rowOf(id)).lastError).toBeNull();
  });

  it('takes nothing from bars of another kind', async () => {
    const [id, source] = [await subscribe(), new Script()];
    const { symbol } = await rowOf(id);
    const column = (value: number): Float64Array => Float64Array.of(value);
    const bars = { open: column(1), high: column(1), low: column(1), close: column(1), volume: column(1) };
    const series = {
      symbol,
      source: 'script',
      timeframe: '1h' as const,
      openTimeMs: column(START),
      ...bars,
      extra: { mood: column(3) },
    };
    const more = { id: newId(), market: 'CRYPTO' as const, synthetic: false, adjFactor: null, nowMs: START };
    await new MarketStore(query).importBars({ ...more, bars: series });
    now = START + 5 * HOUR_MS + 2 * MINUTE_MS;
    expect(await run(id, source)).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('have columns mood'),
    });
    expect((await stored(id)).extra.mood).toEqual(column(3));
  });
});
