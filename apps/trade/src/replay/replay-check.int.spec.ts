import { ActionStore, MarketStore } from '@assay/market-data';
import { parseStrategyDocument } from '@assay/domain';
import { newId } from '@assay/primitives/ids';
import type { JobContext } from '@assay/platform';
import * as testing from '@assay/testing';
import { priceStrategy } from '../../test/documents';
import type { TradeStack } from '../../test/trade-stack';
import { startTrade, storeBars } from '../../test/trade-stack';
import { workerProvider } from '../../test/worker-provider';
import { SeriesStore } from '../bars/series-store';
import { ReplayCheck } from './replay-check';
import { ReplayJob } from './replay.job';

jest.setTimeout(90_000);

/** A Saturday in the middle, which the import was asked to keep, and a week that is missing. */
const DATES = ['2024-05-16', '2024-05-17', '2024-05-18', '2024-05-20', '2024-05-28', '2024-05-29'];

describe('a replay that cannot run', () => {
  let trade: TradeStack;
  let strategyId: string;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    await storeBars(trade.sql, { symbol: 'KEPT', dates: DATES, closes: DATES.map((_, i) => 100 + i) });
    const old = ['1900-01-02', '1900-01-03', '1900-01-04'];
    await storeBars(trade.sql, { symbol: 'OLD', dates: old, closes: [1, 2, 3] });
    strategyId = (await trade.call('POST', '/strategies', priceStrategy('KEPT'))).body.strategy_id;
  });
  afterAll(() => trade?.close());

  const deploy = (replay: object, more: object = {}) =>
    trade.call('POST', '/deployments', {
      ...{ strategy_id: strategyId, broker: 'PAPER', ticker: 'KEPT', qty: '1', market: 'US', replay, ...more },
    });
  const counts = async (): Promise<object> =>
    (
      await trade.sql.query(
        `SELECT (SELECT count(*) FROM trade.deployment) AS deployments, (SELECT count(*) FROM trade.replay) AS replays,
           (SELECT count(*) FROM trade.account) AS accounts, (SELECT count(*) FROM ops.job) AS jobs`,
      )
    ).rows[0];

  it.each([
    [
      '2024-05-17',
      '2024-05-29',
      'replay',
      'session_dates',
      { start: '2024-05-17', end: '2024-05-29' },
      /1 of 5 .*first 2024-05-18/,
    ],
    ['2024-05-21', '2024-05-27', 'replay', 'bars_in_range', { start: '2024-05-21', end: '2024-05-27' }, /none between/],
    ['2024-06-03', '2024-06-07', 'replay', 'within_bars', { start: '2024-06-03', end: '2024-06-07' }, /2024-05-29/],
    ['2024-05-01', '2024-05-17', 'replay.start', 'history', '2024-05-01', /must be after 2024-05-16/],
  ])('from %s to %s is refused when it is made: %s %s', async (start, end, field, rule, value, words) => {
    const before = await counts();
    const { status, body } = await deploy({ start, end });
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    expect(body.errors).toEqual([{ field, rule, value, message: expect.stringMatching(words) }]);
    expect(await counts()).toEqual(before);
  });

  it('before the calendar knows the sessions is refused by the date from which it does', async () => {
    const before = await counts();
    const { status, body } = await deploy({ start: '1900-01-03', end: '1900-01-04' }, { ticker: 'OLD' });
    expect([status, body.errors]).toEqual([
      422,
      [expect.objectContaining({ field: 'replay.start', rule: 'calendar_coverage', value: '1900-01-03' })],
    ]);
    expect(await counts()).toEqual(before);
  });

  it('over a split on raw prices, or before the end of the training, is refused too', async () => {
    const check = trade.http.get(ReplayCheck, { strict: false });
    const series = trade.http.get(SeriesStore, { strict: false });
    const { document } = parseStrategyDocument(priceStrategy('KEPT'), { generateId: () => newId() });
    const query = async (sql: string, params?: unknown[]) => (await trade.sql.query(sql, params)).rows as unknown;
    const put = [{ exDate: '2024-05-29', kind: 'split' as const, value: 2, availableAtMs: null }];
    const change = { put, nowMs: Date.now(), addOnly: false };
    await new ActionStore(query, new MarketStore(query)).change({ source: 'test', symbol: 'KEPT' }, change);
    const info = (await series.find('KEPT', '1d'))!;
    const raw = { market: 'US', timeframe: '1d', adjustment: 'none', firstBar: null } as const;
    const of = (startDate: string, endDate: string, given = document) =>
      check.sessions(raw, given, info, { startDate, endDate }).then(
        (bars) => bars.close.length,
        (error) => error.errors.map(({ field, rule }: Record<string, string>) => `${field} ${rule}`),
      );
    expect(await of('2024-05-20', '2024-05-29')).toEqual(['replay no_split']);
    expect(await of('2024-05-20', '2024-05-28')).toBe(2);
    const trained = { ...document, kind: 'pipeline', artifact: { train_end: '2024-05-28T00:00:00Z' } } as never;
    expect(await of('2024-05-20', '2024-05-28', trained)).toEqual(['replay.start after_train_end']);
  });

  it('is made where the days are left out, and fails before it sends anything where a bar came between them later', async () => {
    const made = await deploy({ start: '2024-05-20', end: '2024-05-28' });
    expect(made.status).toBe(201);
    const id = made.body.deployment_id;
    await storeBars(trade.sql, { symbol: 'KEPT', dates: ['2024-05-25'], closes: [100] });
    const { signal } = new AbortController();
    const context = { payload: { deployment_id: id }, signal, progress: () => Promise.resolve() };
    const replay = workerProvider(trade.http, ReplayJob).run(
      context as unknown as JobContext<{ deployment_id: string }>,
    );
    await expect(replay).rejects.toThrow(/1 of 3 do not, first 2024-05-25/);
    const { body } = await trade.call('GET', `/deployments/${id}`);
    expect(body.replay).toMatchObject({ state: 'failed', error: { code: 'validation_failed' } });
    expect((await trade.call('GET', `/deployments/${id}/orders`)).body.items).toEqual([]);
  });
});
