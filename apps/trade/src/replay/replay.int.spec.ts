import type { BarColumns } from '@assay/domain';
import { evaluateBatch, parseStrategyDocument, RISK_CHECKS } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { bits } from '@assay/pipeline';
import * as testing from '@assay/testing';
import { eventually, unreadDocuments } from '@assay/testing';
import { priceStrategy } from '../../test/documents';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';

jest.setTimeout(120_000);
// When an order is sent is what is looked at, not how quick the machine is.
process.env.ASSAY_SEND_WINDOW_MS = '20000';

const dates = sessionsBefore('US', '2024-06-01', 80);
/** Waves around 100, so that the price crosses its mean again and again. */
const closes = dates.map((_, i) => Math.round((100 + 4 * Math.sin(i / 3) + i / 50) * 100) / 100);
const opens = closes.map((value, i) => Math.round(((closes[i - 1] ?? value) + value) * 50) / 100);
const FIRST = 20;

describe('a replay through the scheduler', () => {
  let trade: TradeStack;
  let id: string;

  beforeAll(async () => {
    trade = await startTrade(testing);
    await storeBars(trade.sql, { symbol: 'WAVE', dates, closes, opens });
    const strategy = await trade.call('POST', '/strategies', priceStrategy('WAVE', false));
    const deployment = await trade.call('POST', '/deployments', {
      strategy_id: strategy.body.strategy_id,
      broker: 'PAPER',
      ticker: 'WAVE',
      qty: '10',
      market: 'US',
      risk_limits: { stop_loss_pct: 50 },
      replay: { start: dates[FIRST], end: dates.at(-1) },
    });
    expect(deployment.status).toBe(201);
    id = deployment.body.deployment_id;
    await eventually(
      'the replay to end',
      async () => {
        const { body } = await trade.call('GET', `/deployments/${id}`);
        if (body.replay.state === 'failed') throw new Error(JSON.stringify(body.replay.error));
        return body.replay.state === 'completed';
      },
      100_000,
    );
  });
  afterAll(() => trade?.close());

  const items = async (what: string) => (await trade.call('GET', `/deployments/${id}/${what}?limit=1000`)).body.items;

  it('logs one signal row per session, equal to the batch evaluation in every bit', async () => {
    const { document } = parseStrategyDocument(priceStrategy('WAVE', false), { generateId: () => id });
    const column = (values: number[]): Float64Array => Float64Array.from(values);
    const bars: BarColumns = {
      symbol: 'WAVE',
      source: 'test',
      timeframe: '1d',
      openTimeMs: column(dates.map((date) => Date.parse(`${date}T00:00:00Z`))),
      open: column(opens),
      high: column(opens.map((value, i) => Math.max(value, closes[i]!))),
      low: column(opens.map((value, i) => Math.min(value, closes[i]!))),
      close: column(closes),
      volume: column(dates.map(() => 1000)),
      extra: {},
    };
    const batch = evaluateBatch(document, { features: [], model: null }, bars);
    const rows = await items('signals');
    expect(rows).toHaveLength(dates.length - FIRST);
    rows.forEach((row: never, k: number) => {
      const i = FIRST + k;
      expect(row).toMatchObject({
        bar_time: `${dates[i]}T00:00:00.000Z`,
        bits: {
          features: { [batch.featureNames[0]!]: bits(batch.features[0]![i]!) },
          prediction: bits(batch.predictions[i]!),
          signal: bits(batch.signals[i]!),
          weight: bits(batch.weights[i]!),
        },
      });
    });
  });

  it('fills each order at the open of the next session, one order per leg of a flip', async () => {
    const rows = await items('signals');
    const orders = await items('orders');
    const fills = await items('fills');
    const expected: string[] = [];
    let held = 0;
    rows.slice(0, -1).forEach((row: { signal: number }, k: number) => {
      const target = row.signal * 10;
      if (target === held) return;
      const i = FIRST + k + 1;
      const at = new Date(calendarFor('US').sessionOpenMs(dates[i]!)).toISOString();
      const side = target > held ? 'BUY' : 'SELL';
      const legs = held !== 0 && target !== 0 ? [Math.abs(held), Math.abs(target)] : [Math.abs(target - held)];
      for (const qty of legs) expected.push(`${at} ${side} ${qty} ${opens[i]}`);
      held = target;
    });
    expect(expected.length).toBeGreaterThan(8);
    expect(
      fills.map((fill: Record<string, string>) => `${fill.filled_at} ${fill.side} ${fill.qty} ${Number(fill.price)}`),
    ).toEqual(expected);
    expect(orders.map((order: { state: string }) => order.state)).toEqual(expected.map(() => 'FILLED'));
    const { body } = await trade.call('GET', `/deployments/${id}`);
    expect(Number(body.position.qty)).toBe(held);
  });

  it('sends each order once, and both books agree', async () => {
    const { rows } = await trade.sql.query(
      `SELECT (SELECT count(*)::int FROM paper.send_call) AS sends, (SELECT count(*)::int FROM paper."order") AS venue,
         (SELECT count(*)::int FROM trade.orders) AS ours,
         (SELECT sum(qty)::float8 FROM trade.position) AS ledger, (SELECT sum(qty)::float8 FROM paper.position) AS book`,
    );
    expect(rows[0].sends).toBe(rows[0].venue);
    expect(rows[0].ours).toBe(rows[0].venue);
    expect(rows[0].ledger).toBe(rows[0].book);
  });

  it('writes a log row for every session, each with the ten checks', async () => {
    const log = await items('trades');
    const runs = await trade.sql.query('SELECT count(*)::int AS n FROM trade.run WHERE deployment_id = $1', [id]);
    expect(runs.rows[0].n).toBe(dates.length - FIRST);
    expect(new Set(log.map((row: { run_id: string }) => row.run_id)).size).toBe(dates.length - FIRST);
    for (const row of log) expect(row.checks).toHaveLength(RISK_CHECKS.length);
    const filled = log.filter((row: { reason_code: string }) => row.reason_code === 'filled');
    expect(filled.every((row: { order_id: string | null; success: boolean }) => row.order_id && row.success)).toBe(
      true,
    );
    expect(filled).toHaveLength((await items('orders')).length);
  });

  it('is not run, woken or planned in our time', async () => {
    expect((await trade.call('POST', `/deployments/${id}/run`)).body).toMatchObject({ code: 'illegal_transition' });
    const { version } = (await trade.call('GET', `/deployments/${id}`)).body;
    const patched = await trade.call('PATCH', `/deployments/${id}`, { status: 'active', enabled: true, version });
    expect(patched.body).toMatchObject({ next_run_at: null });
  });

  it('is not flattened where no bar after its last session has a price, and nothing is changed', async () => {
    const { status, body } = await trade.call('POST', `/deployments/${id}/flatten`);
    expect([status, body.code]).toEqual([422, 'insufficient_data']);
    expect(body.detail).toMatch(/no 1d bar of WAVE after 2024-05-31T20:00:00.000Z is stored/);
    expect((await trade.call('GET', `/deployments/${id}`)).body.flatten_refusal).toBe(body.detail);
    const stopped = await trade.call('DELETE', `/deployments/${id}?flatten=true`);
    expect(stopped.body.code).toBe('insufficient_data');
    expect((await trade.call('GET', `/deployments/${id}`)).body.status).toBe('active');
    expect((await items('orders')).every((order: { state: string }) => order.state === 'FILLED')).toBe(true);
  });

  it('is flattened at the open of the next bar, once one is stored', async () => {
    await storeBars(trade.sql, { symbol: 'WAVE', dates: ['2024-06-03'], closes: [103], opens: [102.5] });
    const before = (await trade.call('GET', `/deployments/${id}`)).body;
    const held = Number(before.position.qty);
    expect([held === 0, before.flatten_refusal]).toEqual([false, null]);
    const { body } = await trade.call('POST', `/deployments/${id}/flatten`);
    expect(body.flatten).toMatchObject({ state: 'waiting', qty: String(Math.abs(held)) });
    await eventually('the position to be closed', async () => {
      const { position } = (await trade.call('GET', `/deployments/${id}`)).body;
      return position.qty === '0';
    });
    expect((await items('fills')).at(-1)).toMatchObject({
      filled_at: '2024-06-03T13:30:00.000Z',
      side: held > 0 ? 'SELL' : 'BUY',
      price: '102.5',
    });
    expect((await items('orders')).every((order: { state: string }) => order.state === 'FILLED')).toBe(true);
  });

  it('leaves events and jobs that are read as they were written', async () => {
    const { read, faults } = await unreadDocuments(trade.database.url);
    expect(faults).toEqual([]);
    expect([...read]).toEqual(
      expect.arrayContaining([
        'payload of deployment.replay',
        'result of deployment.replay',
        'payload of deployment.run',
        'event order.filled',
      ]),
    );
  });
});
