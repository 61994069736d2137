import type { Timeframe } from '@assay/contracts';
import { calendarFor, MarketStore } from '@assay/market-data';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import {
  startBybitSimulator,
  startCsvSource,
  type BybitCandle,
  type BybitSimulator,
  type CsvSourceSimulator,
  type SourceBar,
} from '@assay/simulators';
import * as testing from '@assay/testing';
import { buildOnce, startService, type ServiceProgram } from '@assay/testing';
import { Bench, closesOf } from '../../test/bench';
import type { TradeStack } from '../../test/trade-stack';
import { startTrade } from '../../test/trade-stack';
import { RunService } from './run.service';

jest.setTimeout(120_000);
process.env.ASSAY_SEND_WINDOW_MS = '20000';
process.env.FEED_PRIVATE_HOSTS = '127.0.0.1';

const us = calendarFor('US');
const crypto = calendarFor('CRYPTO');
/** The half day after Thanksgiving, and the night in which the clocks of New York go back. */
const THANKSGIVING = { from: '2026-11-23', to: '2026-11-30' };
const CLOCKS_BACK = { from: '2026-10-29', to: '2026-11-05' };
const ms = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Bars as `storeBars` makes them: each opens at the close before it. */
function bars(opens: number[], closes: number[], fromMs: (i: number) => number): SourceBar[] {
  return opens.map((openMs, i) => {
    const [open, close] = [closes[i - 1] ?? closes[i]!, closes[i]!];
    return {
      openMs,
      open,
      close,
      high: Math.max(open, close),
      low: Math.min(open, close),
      volume: 1000,
      fromMs: fromMs(i),
    };
  });
}

describe('a week without a hand', () => {
  let trade: TradeStack;
  let vendor: CsvSourceSimulator;
  let exchange: BybitSimulator;
  let worker: ServiceProgram;
  let now = 0;
  const files: Record<string, SourceBar[]> = {};
  const outages: [number, number][] = [];
  const candles: BybitCandle[] = [];

  const startWorker = async (): Promise<void> => {
    const env = { DB_URL: trade.database.url, BYBIT_URL: exchange.url };
    worker = await startService('apps/trade/test/feed-worker', env);
    expect(worker.isReady).toBe(true);
  };

  beforeAll(async () => {
    buildOnce();
    trade = await startTrade(testing, { worker: false });
    vendor = await startCsvSource({
      files,
      nowMs: () => now,
      isDown: (at) => outages.some(([from, to]) => at >= from && at < to),
    });
    const instrument = { symbol: 'BTCUSDT', baseCoin: 'BTC', quoteCoin: 'USDT', tickSize: '0.01', lotSize: '0.000001' };
    exchange = await startBybitSimulator({
      instruments: [{ ...instrument, category: 'spot', minOrderQty: '0.00004', minNotional: '5' }],
      series: [{ category: 'spot', symbol: 'BTCUSDT', interval: '60', candles }],
      nowMs: () => now,
    });
    await startWorker();
  });
  afterAll(async () => {
    await worker?.kill();
    await exchange?.close();
    await vendor?.close();
    await trade?.close();
  });

  const subscribe = async (
    symbol: string,
    timeframe: Timeframe,
    first: string,
    more: Record<string, unknown>,
  ): Promise<string> => {
    const row = {
      ...{ id: newId(), owner_id: trade.owner.id, source: 'test', symbol, timeframe, market: 'US', synthetic: false },
      feed: JSON.stringify({
        kind: 'http',
        url: `${vendor.url}/{symbol}.csv?from={from}&to={to}`,
        requests_per_minute: 6000,
      }),
      ...{ feed_symbol: `${symbol}-${timeframe}`, first_bar: new Date(ms(first)), delay_s: 60, overlap_bars: 5 },
      ...{
        may_correct: true,
        enabled: true,
        next_due_at: new Date(now),
        created_at: new Date(),
        updated_at: new Date(),
      },
      ...more,
    };
    const names = Object.keys(row);
    const places = names.map((_, i) => `$${i + 1}`).join(', ');
    await trade.sql.query(
      `INSERT INTO market.subscription (${names.join(', ')}) VALUES (${places})`,
      Object.values(row),
    );
    return row.id as string;
  };
  const stored = async (symbol: string, timeframe: Timeframe, source = 'test'): Promise<[string, number][]> => {
    const store = new MarketStore(
      async (sql, params) => (await trade.sql.query(sql, params as unknown[])).rows as unknown,
    );
    const { openTimeMs, close } = (await store.readBars({ source, symbol, timeframe })).bars;
    return Array.from(openTimeMs, (time, i) => [new Date(time).toISOString(), close[i]!]);
  };
  const truth = (list: readonly SourceBar[], toMs: number): [string, number][] =>
    list
      .filter(({ fromMs }) => fromMs < toMs)
      .map(({ openMs, close, corrected }) => [new Date(openMs).toISOString(), corrected?.close ?? close]);

  const refresh = (): Promise<void> =>
    new Promise((done) => {
      const over = (): void => {
        worker.child.off('message', over);
        worker.child.off('exit', over);
        done();
      };
      worker.child.on('message', over);
      worker.child.on('exit', over);
      worker.child.send({ nowMs: now });
    });
  /** The earliest time at which a subscription is due or a deployment wakes. */
  const nextWake = async (): Promise<number> => {
    const { rows } = await trade.sql.query(
      `SELECT least((SELECT min(next_due_at) FROM market.subscription WHERE enabled),
                    (SELECT min(run_after) FROM ops.job WHERE kind = 'deployment.run' AND state = 'queued')) AS at`,
    );
    return new Date(rows[0].at).getTime();
  };
  const wake = async (bench: Bench): Promise<void> => {
    const { rows } = await trade.sql.query(
      `UPDATE ops.job SET state = 'completed' WHERE kind = 'deployment.run' AND state = 'queued' AND run_after <= $1 RETURNING payload`,
      [new Date(now)],
    );
    if (rows.length === 0) return;
    const run = { deploymentId: bench.id, clock: bench.clock, trigger: 'bar' as const };
    if (rows.some(({ payload }) => payload.trigger !== 'send')) await trade.http.get(RunService).run(run);
    await bench.send();
  };
  /** Lets subscriptions and the deployment live until then, each woken by its own rows alone; `meanwhile` sees every instant. */
  const live = async (
    bench: Bench,
    toMs: number,
    meanwhile: (at: number) => Promise<void> = async () => undefined,
  ): Promise<void> => {
    for (let turn = 0; ; turn += 1) {
      const next = await nextWake();
      if (next >= toMs) return;
      now = Math.max(now, next);
      bench.clock.moveTo(now);
      await meanwhile(now);
      // whoever comes first fetches the bar
      if (turn % 2 === 0) await wake(bench);
      await refresh();
      await wake(bench);
    }
  };
  const open = async (
    symbol: string,
    week: { from: string; to: string },
    moves: string,
  ): Promise<{ bench: Bench; daily: SourceBar[]; sessions: string[] }> => {
    const sessions = us.sessions('2026-10-01', week.to);
    const closes = closesOf(moves.padStart(sessions.length, '='));
    const daily = bars(sessions.map(ms), closes, (i) => us.sessionCloseMs(sessions[i]!) + 20 * MINUTE_MS);
    files[`/${symbol}-1d.csv`] = daily;
    now = ms(week.from);
    const before = sessions.filter((date) => date < week.from);
    const bench = await Bench.open(trade, {
      symbol,
      dates: before,
      closes: closes.slice(0, before.length),
      deployment: { schedule: 'daily_close' },
    });
    await trade.sql.query(`UPDATE ops.job SET state = 'canceled' WHERE kind = 'deployment.run' AND state = 'queued'`);
    await subscribe(symbol, '1d', '2026-10-01', { delay_s: 1800 });
    bench.clock.moveTo(now);
    await trade.http.get(RunService).run({ deploymentId: bench.id, clock: bench.clock, trigger: 'bar' });
    return { bench, daily, sessions: sessions.filter((date) => date >= week.from && date < week.to) };
  };
  const runsOf = async (bench: Bench): Promise<string[]> =>
    (await trade.call('GET', `/deployments/${bench.id}/runs?limit=100`)).body.items
      .map((run: { bar_close_time: string; state: string }) => `${run.bar_close_time} ${run.state}`)
      .sort();

  it('of Thanksgiving: every bar once through outages, late bars, corrections and a killed worker; the deployment trades', async () => {
    const { bench, daily, sessions } = await open('AAPL', THANKSGIVING, '+++-');
    const hours = us.sessions('2026-11-18', THANKSGIVING.to).flatMap((date) => us.barOpens(date, '1h'));
    const hourly = bars(
      hours,
      closesOf('+-'.repeat(hours.length).slice(0, hours.length)),
      (i) => us.barCloseMs(hours[i]!, '1h') + 10_000,
    );
    files['/AAPL-1h.csv'] = hourly;
    await subscribe('AAPL', '1h', '2026-11-18', {});
    // Tuesday's daily bar and an hourly one are late, and the vendor is away over the close of Wednesday
    daily.find(({ openMs }) => openMs === ms('2026-11-24'))!.fromMs += 20 * MINUTE_MS;
    hourly.find(({ openMs }) => openMs === ms('2026-11-24') + 15.5 * HOUR_MS)!.fromMs += 40 * MINUTE_MS;
    outages.push([ms('2026-11-25') + 20.9 * HOUR_MS, ms('2026-11-25') + 23 * HOUR_MS]);
    // Monday's bar gets another close on Wednesday
    daily.find(({ openMs }) => openMs === ms('2026-11-23'))!.corrected = {
      fromMs: ms('2026-11-25') + 12 * HOUR_MS,
      close: 99.5,
    };
    let killed = 0;
    await live(bench, ms(THANKSGIVING.to), async (at) => {
      if (killed > 0 || at < ms('2026-11-24') + 16 * HOUR_MS) return;
      killed += 1;
      vendor.hang(1);
      const asked = vendor.requests.length;
      worker.child.send({ nowMs: at });
      await testing.eventually('the worker waits for the vendor', async () => vendor.requests.length > asked);
      await worker.kill('SIGKILL');
      await startWorker();
      await testing.eventually('the claim of the killed worker has ended', async () => {
        const { rows } = await trade.sql.query(
          'SELECT 1 FROM market.subscription WHERE claimed_until > clock_timestamp()',
        );
        return rows.length === 0;
      });
    });
    expect(killed).toBe(1);
    expect(await stored('AAPL', '1d')).toEqual(truth(daily, now));
    expect(await stored('AAPL', '1h')).toEqual(truth(hourly, now));
    const closes = sessions.map((date) => new Date(us.sessionCloseMs(date)).toISOString());
    expect((await runsOf(bench)).slice(-sessions.length)).toEqual(closes.map((close) => `${close} done`));
    // the vendor was away over the close of Wednesday for longer than a bar may be late: said once, with its words
    const rejected = (await bench.log()).filter((line) => line.startsWith('REJECTED'));
    expect(rejected).toEqual(['REJECTED stale_data']);
    const { rows } = await trade.sql.query(
      `SELECT message FROM trade.log WHERE deployment_id = $1 AND action = 'REJECTED'`,
      [bench.id],
    );
    expect(rows[0].message).toContain('its feed: ');
    expect(rows[0].message).toContain('answered 503: down for maintenance');
    expect((await bench.log()).filter((line) => line.startsWith('BUY'))).not.toEqual([]);
    expect(await bench.position()).toBeGreaterThan(0);

    // a correction of the newest evaluated bar is a changed history
    daily.find(({ openMs }) => openMs === ms('2026-11-27'))!.corrected = { fromMs: now, close: 99.25 };
    await live(bench, ms('2026-12-01'));
    expect(await bench.last()).toContain('history_changed');
  });

  it('in which the clocks go back: an exchange by the hour and a market by the day', async () => {
    const { bench, daily, sessions } = await open('MSFT', CLOCKS_BACK, '+++++');
    const from = ms(CLOCKS_BACK.from);
    candles.push(
      ...Array.from({ length: 5 * 24 }, (_, i): BybitCandle => {
        const [open, close] = [`${100 + i}.5`, `${101 + i}.25`];
        return {
          startMs: from - DAY_MS + i * HOUR_MS,
          open,
          high: `${103 + i}`,
          low: `${99 + i}`,
          close,
          volume: `${i}`,
        };
      }),
    );
    candles[30]!.fromMs = candles[30]!.startMs + 90 * MINUTE_MS;
    candles[50]!.corrected = { fromMs: candles[53]!.startMs, close: '151.75' };
    const feed = JSON.stringify({ kind: 'ccxt', exchange: 'bybit' });
    const first = new Date(from - DAY_MS).toISOString().slice(0, 10);
    await subscribe('BTC', '1h', first, { feed, feed_symbol: 'BTC/USDT', market: 'CRYPTO', delay_s: 5 });
    let outage = false;
    await live(bench, from + 2 * DAY_MS, async (at) => {
      if (outage || at < from + DAY_MS) return;
      outage = true;
      exchange.fail({ path: '/v5/market/kline', times: 1, retCode: 10001, retMsg: 'under maintenance' });
      exchange.fail({ path: '/v5/market/kline', times: 1, httpStatus: 503 });
    });
    const closed = candles.filter(({ startMs }) => crypto.barCloseMs(startMs, '1h') <= now);
    expect(await stored('BTC', '1h')).toEqual(
      closed.map(({ startMs, close, corrected }) => [
        new Date(startMs).toISOString(),
        Number(corrected?.close ?? close),
      ]),
    );
    await trade.sql.query(`UPDATE market.subscription SET enabled = false WHERE symbol = 'BTC'`);
    await live(bench, ms(CLOCKS_BACK.to));
    expect(await stored('MSFT', '1d')).toEqual(truth(daily, now));
    const closes = sessions.map((date) => new Date(us.sessionCloseMs(date)).toISOString());
    expect(closes.map((close) => close.slice(11, 13))).toEqual(['20', '20', '21', '21', '21']);
    expect((await runsOf(bench)).slice(-sessions.length)).toEqual(closes.map((close) => `${close} done`));
    expect((await bench.log()).filter((line) => line.startsWith('REJECTED'))).toEqual([]);
    expect(await bench.position()).toBeGreaterThan(0);
  });
});
