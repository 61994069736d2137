import { setTimeout as sleep } from 'node:timers/promises';
import { calendarFor } from '@assay/market-data';
import { DAY_MS } from '@assay/primitives';
import { startCsvSource, type CsvSourceSimulator, type SourceBar } from '@assay/simulators';
import { useResearch } from '../../../test/use-research';
import type { ResearchClient } from '../../../test/research-harness';

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

describe('subscriptions of series', () => {
  const research = useResearch({ env: { FEED_PRIVATE_HOSTS: '127.0.0.1', TIINGO_API_KEY: 'of-the-operator' } });
  let vendor: CsvSourceSimulator;
  let trader: ResearchClient;
  let isDown = false;
  const today = Date.now();
  const calendar = calendarFor('US');
  // with the one of today as soon as it has closed: half an hour later a series without it is late
  const sessions = calendar
    .sessions(day(today - 60 * DAY_MS), day(today))
    .filter((date) => calendar.sessionCloseMs(date) <= today);
  const bars: SourceBar[] = sessions.map((date, i) => ({
    ...{ openMs: Date.parse(date), open: 100 + i, high: 103 + i, low: 99 + i, close: 101 + i, volume: 5 },
    fromMs: 0,
  }));

  beforeAll(async () => {
    vendor = await startCsvSource({ files: { '/GOLD.csv': bars }, nowMs: () => Date.now(), isDown: () => isDown });
    trader = await research.as('trader', ['research:read', 'data:write']);
  });
  beforeEach(() => (isDown = false));
  afterAll(() => vendor.close());

  const feed = (): object => ({
    kind: 'http',
    url: `${vendor.url}/{symbol}.csv?from={from}&to={to}&k={key}`,
    requests_per_minute: 6000,
  });
  const subscribe = (symbol: string, more: object = {}, api = research.api) =>
    api.send('POST', '/data/subscriptions', {
      ...{
        symbol,
        timeframe: '1d',
        market: 'US',
        source: 'vendor',
        feed: feed(),
        feed_symbol: 'GOLD',
        api_key: 'top-secret',
      },
      start: sessions[0],
      ...more,
    });
  const settled = async (id: string): Promise<Record<string, any>> => {
    for (let i = 0; i < 400; i += 1) {
      const shown = await research.api.ok('GET', `/data/subscriptions/${id}`);
      if (shown.last_attempt_at !== null) return shown;
      await sleep(50);
    }
    throw new Error('it was not refreshed');
  };

  it('are refreshed as soon as they are made, and say how fresh they are', async () => {
    const made = await subscribe('FRESH');
    expect(made.status).toBe(201);
    const shown = await settled(made.body.id);
    expect(shown).toMatchObject({
      ...{
        version: 1,
        source: 'vendor',
        has_key: true,
        may_correct: true,
        delay_s: 1800,
        attempts: 0,
        last_error: null,
      },
      last_result: { fetched: bars.length, inserted: bars.length, corrected: 0, withheld: 0, outside: 0 },
      freshness: { last_bar: `${sessions.at(-1)}T00:00:00.000Z`, fresh: true, late_by_s: 0 },
    });
    expect(Date.parse(shown.next_due_at)).toBeGreaterThan(Date.now());
    const { items } = await research.api.ok('GET', '/data/bars?symbol=FRESH&timeframe=1d');
    expect(items).toHaveLength(bars.length);
    const wake = await research.sql.query(
      `SELECT run_after FROM ops.job WHERE kind = 'data.refresh' AND subject_id = $1 AND state = 'queued'`,
      [made.body.id],
    );
    expect(wake.rows.map(({ run_after: at }) => at.toISOString())).toEqual([shown.next_due_at]);
    expect((await research.api.ok('GET', '/data/quality?symbol=FRESH&timeframe=1d')).errors).toEqual([]);
  });

  it('keep their key to themselves', async () => {
    isDown = true;
    const made = await subscribe('SEALED');
    const shown = await settled(made.body.id);
    expect(shown.last_error).toBe(`${vendor.url}/GOLD.csv: answered 503: down for maintenance`);
    expect(shown).toMatchObject({ attempts: 1, last_success_at: null, freshness: { fresh: false, last_bar: null } });
    const { rows } = await research.sql.query(
      `SELECT s::text AS row, sealed_key FROM market.subscription s WHERE id = $1`,
      [made.body.id],
    );
    expect(rows[0].row + JSON.stringify([made.body, shown])).not.toContain('top-secret');
    expect(rows[0].sealed_key.toString('latin1')).not.toContain('top-secret');
    expect(vendor.requests.at(-1)).toContain('k=top-secret');
  });

  it('are refreshed by hand, changed and ended by their owner alone', async () => {
    const { body: made } = await subscribe('OWNED');
    const { id, version } = await settled(made.id);
    const job = await research.api.job(`/data/subscriptions/${id}/refresh`);
    expect(job).toMatchObject({ state: 'completed', result: { outcome: 'fresh', inserted: 0, corrected: 0 } });
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { version, enabled: false }],
      ['DELETE', '', undefined],
      ['POST', '/refresh', {}],
    ] as const) {
      expect([method, (await trader.send(method, `/data/subscriptions/${id}${path}`, body)).status]).toEqual([
        method,
        404,
      ]);
    }
    expect((await trader.ok('GET', '/data/subscriptions')).items).toEqual([]);
    expect((await research.api.send('PATCH', `/data/subscriptions/${id}`, { enabled: false })).status).toBe(428);
    const off = await research.api.ok('PATCH', `/data/subscriptions/${id}`, { version, enabled: false, api_key: null });
    expect(off).toMatchObject({ version: version + 1, enabled: false, has_key: false });
    expect((await research.api.send('PATCH', `/data/subscriptions/${id}`, { version, enabled: true })).status).toBe(
      409,
    );
    expect((await research.api.send('POST', `/data/subscriptions/${id}/refresh`)).status).toBe(422);
    expect((await research.api.send('DELETE', `/data/subscriptions/${id}`)).status).toBe(204);
    expect((await research.api.ok('GET', '/data/bars?symbol=OWNED&timeframe=1d')).items).toHaveLength(bars.length);
  });

  it('leave in the audit who made, changed and ended them, and nothing of their key or address', async () => {
    const { body: made } = await subscribe('AUDITED', { api_key: undefined });
    const { id } = await settled(made.id);
    const change = async (body: object): Promise<number> => {
      const { version } = await research.api.ok('GET', `/data/subscriptions/${id}`);
      return (await research.api.send('PATCH', `/data/subscriptions/${id}`, { version, ...body })).status;
    };
    const moved = { ...feed(), requests_per_minute: 60 };
    expect(await change({ api_key: 'first-secret' })).toBe(200);
    expect(await change({ api_key: 'second-secret', feed: moved })).toBe(200);
    expect(await change({ feed: moved, enabled: true })).toBe(200);
    expect(await change({ delay_s: -1 })).toBe(422);
    expect(await change({ delay_s: 60, api_key: null })).toBe(200);
    expect((await research.api.send('DELETE', `/data/subscriptions/${id}`)).status).toBe(204);
    expect((await research.api.send('DELETE', `/data/subscriptions/${id}`)).status).toBe(404);
    const { rows } = await research.sql.query(
      `SELECT actor_id, action, facts FROM ops.audit WHERE subject = $1 ORDER BY id`,
      [id],
    );
    const series = { symbol: 'AUDITED', timeframe: '1d', source: 'vendor', feed: 'http' };
    expect(rows.map(({ action, facts }) => [action, facts])).toEqual([
      ['feed.subscribed', { ...series, key: false }],
      ['feed.changed', { ...series, key: 'given' }],
      ['feed.changed', { ...series, key: 'replaced', feed_settings: 'replaced' }],
      ['feed.changed', { ...series, key: 'taken away', changes: { delay_s: { from: 1800, to: 60 } } }],
      ['feed.ended', series],
    ]);
    expect(new Set(rows.map(({ actor_id: actor }) => actor)).size).toBe(1);
    expect(rows[0].actor_id).not.toBeNull();
    expect(JSON.stringify(rows)).not.toMatch(/secret|127\.0\.0\.1/);
  });

  it('are one a series, and correct nothing for who may not', async () => {
    const { body: made } = await subscribe('SHARED', {}, trader);
    expect(made.may_correct).toBe(false);
    const { body: taken } = await subscribe('SHARED');
    expect(taken).toMatchObject({ code: 'already_exists', symbol: 'SHARED' });
    expect(JSON.stringify(taken)).not.toContain(made.id);
    expect(JSON.stringify(taken)).not.toContain(new URL(vendor.url).host);
    expect((await subscribe('SHARED', { source: 'another' })).status).toBe(201);
  });

  it('whose wake-up was lost are found by their row', async () => {
    const { body: made } = await subscribe('LOST');
    await settled(made.id);
    await research.sql.query(`DELETE FROM ops.job WHERE subject_id = $1`, [made.id]);
    await research.sql.query(
      `UPDATE market.subscription SET next_due_at = now() - interval '1 s', last_attempt_at = NULL WHERE id = $1`,
      [made.id],
    );
    await research.sql.query(`UPDATE ops.schedule SET next_at = now() WHERE name = 'data.refresh'`);
    expect((await settled(made.id)).freshness.fresh).toBe(true);
  });

  it.each([
    [{ feed: { kind: 'rss' } }, 'feed.kind'],
    [{ feed: { kind: 'ccxt', exchange: 'nowhere' }, market: 'CRYPTO' }, 'feed.exchange'],
    [{ feed: { kind: 'ccxt', exchange: 'bybit' } }, 'market'],
    [{ feed: { kind: 'http' } }, 'feed.url'],
    [{ feed: { kind: 'http', url: 'https://x.example/{symbol}', more: 1 } }, 'feed.more'],
    [{ feed: { kind: 'folder', path: '../secrets' } }, 'feed.path'],
    [{ timeframe: '1w' }, 'timeframe'],
    [{ start: '1900-01-01' }, 'start'],
    [{ start: day(today + 3 * DAY_MS) }, 'start'],
    [{ feed: { kind: 'http', url: 'https://x.example/{symbol}', zone: 'Mars/X' } }, 'feed.zone'],
    [{ feed: { kind: 'http', url: 'https://x.example/{symbol}', headers: { Host: 'y' } } }, 'feed.headers.Host'],
    [{ feed: { kind: 'http', url: 'http://169.254.169.254/latest/meta-data' } }, 'feed.url'],
    [{ feed: { kind: 'folder', path: 'eod/{symbol}.csv' }, feed_symbol: '../x' }, 'feed_symbol'],
    [{ feed: { kind: 'folder', path: 'eod/{symbol}.csv' }, feed_symbol: undefined, symbol: '/etc' }, 'symbol'],
    [{ api_key: 'one\r\ntwo' }, 'api_key'],
    [{ delay_s: -1 }, 'delay_s'],
  ])('with %j are refused by name', async (more, field) => {
    const refused = await subscribe('WRONG', more);
    expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([422, field]);
  });

  it('are held to the same when they are changed', async () => {
    const { body: made } = await subscribe('CHANGED');
    const { id, version } = await settled(made.id);
    for (const [more, field] of [
      [{ start: day(today + 3 * DAY_MS) }, 'start'],
      [{ api_key: 'one\ntwo' }, 'api_key'],
      [{ feed: { kind: 'folder', path: '{symbol}' }, feed_symbol: '..' }, 'feed_symbol'],
    ] as const) {
      const { status, body } = await research.api.send('PATCH', `/data/subscriptions/${id}`, { version, ...more });
      expect([status, body.errors?.[0]?.field]).toEqual([422, field]);
    }
  });

  it('ask no address inside the house', async () => {
    const { body: made } = await subscribe('INSIDE', { feed: { kind: 'http', url: 'http://localhost/meta-data' } });
    expect((await settled(made.id)).last_error).toBe(
      'http://localhost/meta-data: localhost is no public address, and FEED_PRIVATE_HOSTS does not allow it',
    );
  });
});
