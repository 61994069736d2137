import { calendarFor } from '@assay/market-data/calendars';
import { HOUR_MS } from '@assay/primitives';
import * as testing from '@assay/testing';
import type { BenchDraft } from '../../test/bench';
import { Bench, closesOf } from '../../test/bench';
import { reconcileOnce } from '../../test/reconcile-once';
import { silent } from '../../test/broken-venues';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade } from '../../test/trade-stack';

jest.setTimeout(90_000);
// When an order is sent is what is looked at, not how quick the machine is.
process.env.ASSAY_SEND_WINDOW_MS = '20000';

describe('trading, session by session', () => {
  let trade: TradeStack;
  let symbols = 0;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterAll(() => trade?.close());

  /** A deployment over the sessions that the moves spell: + is a target of +1, = of 0, - of 0 (or -1 when shorts are allowed). */
  const bench = (moves: string, more: Partial<BenchDraft> = {}): Promise<Bench> => {
    const market = more.market ?? 'US';
    const dates = sessionsBefore(market, '2024-06-01', moves.length);
    return Bench.open(trade, { symbol: `T${(symbols += 1)}`, dates, closes: closesOf(moves), ...more });
  };

  it('enters on +1, holds while nothing changes, leaves on 0', async () => {
    const b = await bench('==++=');
    await b.sessions(1, 5);
    expect(await b.log()).toEqual(['HOLD already_flat', 'BUY filled', 'HOLD already_held', 'SELL intended']);
    expect(await b.position()).toBe(10);
  });

  it('evaluates a bar once, whoever asks again', async () => {
    const b = await bench('==+');
    await b.sessions(1, 3);
    expect(await b.closes(b.draft.dates[2]!)).toBe('already_done');
    expect(await b.log()).toHaveLength(2);
  });

  it('sends a flip as a close and, once that is filled, an open', async () => {
    const b = await bench('==+--', { longOnly: false });
    await b.sessions(1, 5);
    expect(await b.log()).toEqual([
      'HOLD already_flat',
      'BUY filled',
      'SELL filled',
      'SELL filled',
      'HOLD already_held',
    ]);
    expect(await b.position()).toBe(-10);
    const { rows } = await trade.sql.query(
      `SELECT leg, qty::int, state FROM trade.order_intent WHERE deployment_id = $1 ORDER BY created_at, depends_on NULLS FIRST`,
      [b.id],
    );
    expect(rows).toEqual([
      { leg: 'open', qty: 10, state: 'done' },
      { leg: 'close', qty: 10, state: 'done' },
      { leg: 'open', qty: 10, state: 'done' },
    ]);
  });

  it('next_entry waits for another target than the one that stood at the start', async () => {
    const b = await bench('==+++=+', { deployment: { join: 'next_entry' } });
    await b.sessions(3, 7);
    expect((await b.log()).slice(0, 3)).toEqual([
      'HOLD awaiting_next_entry',
      'HOLD awaiting_next_entry',
      'HOLD already_flat',
    ]);
    expect(await b.last()).toBe('BUY intended');
  });

  it('an unchanged signal does not enter again after a stop; a changed one does', async () => {
    const closes = [100, 100, 101, 108, 108.1, 110, 111, 109, 110];
    // Bought at 110, marked at 108: more than 1 % lost while the target stays +1.
    const opens = [100, 100, 100, 110, 108, 109, 110, 111, 109];
    const b = await bench('=========', { closes, opens, deployment: { risk_limits: { stop_loss_pct: 1 } } });
    const { dates } = b.draft;
    const latch = async () =>
      (await trade.sql.query('SELECT latched_signal FROM trade.stop_latch WHERE deployment_id = $1', [b.id])).rows;
    await b.sessions(1, 4);
    expect(await b.position()).toBe(10);
    expect(await latch()).toEqual([{ latched_signal: 1 }]);
    await b.opens(dates[4]!);
    expect(await b.position()).toBe(0);
    await b.closes(dates[4]!);
    expect(await b.last()).toBe('HOLD stop_latched');
    await b.sessions(5, 7);
    expect(await b.last()).toBe('HOLD stop_latched');
    await b.sessions(7, 8);
    expect(await latch()).toEqual([]);
    await b.sessions(8, 9);
    expect(await b.last()).toBe('BUY intended');
  });

  it.each<[string, Partial<BenchDraft>, string, string]>([
    ['max position', { deployment: { risk_limits: { max_position_usd: 1000 } } }, 'max_position', 'max_position'],
    [
      'max daily trades',
      { deployment: { risk_limits: { max_daily_trades: 0 } } },
      'max_daily_trades',
      'max_daily_trades',
    ],
    ['cash', { account: { initial_cash: '500' } }, 'cash', 'insufficient_cash'],
    ['a currency without a rate', { market: 'HK', account: { currency: 'HKD' } }, 'max_position', 'fx_missing'],
    ['gross exposure', { account: { limits: { max_gross_exposure: 0.0005 } } }, 'account_limits', 'gross_exposure'],
    ['a deployment that is paused', {}, 'kill_switch', 'paused'],
    ['a deployment that is disabled', { deployment: { enabled: false } }, 'kill_switch', 'disabled'],
  ])('an entry is rejected by %s, with numbers, and an order is not made', async (what, more, check, code) => {
    const b = await bench('==+', more);
    if (what.endsWith('paused')) expect((await b.patch({ status: 'paused' })).status).toBe(200);
    await b.sessions(1, 3);
    expect(await b.last()).toBe(`REJECTED ${code}`);
    expect((await b.failures())[0]).toMatchObject({ check, code });
    const intents = await trade.sql.query('SELECT 1 FROM trade.order_intent WHERE deployment_id = $1', [b.id]);
    expect(intents.rows).toEqual([]);
  });

  it('a stale rate is no rate, a fresh one is used', async () => {
    const rate = (asOf: string) =>
      trade.call('PUT', '/fx-rates', { currency: 'HKD', as_of: asOf, usd_per_unit: '0.128' });
    expect((await rate('2024-01-02')).status).toBe(200);
    const b = await bench('==+', { market: 'HK', account: { currency: 'HKD' } });
    await b.sessions(1, 3);
    expect(await b.last()).toBe('REJECTED fx_stale');
    await rate('2024-05-29');
    const c = await bench('==+', { market: 'HK', account: { currency: 'HKD' } });
    await c.sessions(1, 3);
    expect(await c.last()).toBe('BUY intended');
  });

  it('the gate judges again at the open: what was disabled overnight is not sent', async () => {
    const b = await bench('==+=');
    await b.sessions(1, 3);
    await b.patch({ enabled: false });
    await b.opens(b.draft.dates[3]!);
    expect(await b.last()).toBe('REJECTED disabled');
    expect(await b.position()).toBe(0);
  });

  it('an intent that could not be sent within its time expires', async () => {
    const b = await bench('==+==');
    await b.sessions(1, 3);
    await b.opens(b.draft.dates[4]!);
    expect(await b.last()).toBe('REJECTED intent_expired');
  });

  describe('an exit that could not be sent within its time', () => {
    const orders = async (b: Bench): Promise<string[]> =>
      (await trade.call('GET', `/deployments/${b.id}/orders`)).body.items.map(
        (order: Record<string, string>) => `${order.side} ${order.qty}`,
      );

    it('is made anew at once, not at the next bar', async () => {
      const b = await bench('==+==');
      await b.sessions(1, 4);
      expect([await b.last(), await b.position()]).toEqual(['SELL intended', 10]);
      b.clock.moveTo(calendarFor('US').sessionOpenMs(b.draft.dates[4]!) + 3 * HOUR_MS);
      await b.send();
      await b.send();
      expect(await orders(b)).toEqual(['BUY 10', 'SELL 10']);
      expect((await b.log()).slice(-2)).toEqual(['REJECTED intent_expired', expect.stringMatching(/^SELL /)]);
    });

    it('does not stand in the way of the next bar, which wants it too', async () => {
      const b = await bench('==+===');
      await b.sessions(1, 4);
      expect(await b.closes(b.draft.dates[4]!)).toBe('intended');
      expect((await b.log()).slice(-2)).toEqual(['REJECTED intent_expired', 'SELL intended']);
      await b.opens(b.draft.dates[5]!);
      expect([await orders(b), await b.position()]).toEqual([['BUY 10', 'SELL 10'], 0]);
    });

    it('is not made anew when the next bar wants the position', async () => {
      const b = await bench('==+=++');
      await b.sessions(1, 4);
      await b.closes(b.draft.dates[4]!);
      await b.opens(b.draft.dates[5]!);
      expect([await orders(b), await b.position()]).toEqual([['BUY 10'], 10]);
    });
  });

  it('an exit is allowed while paused and REDUCING, nothing but a manual flatten while HALTED', async () => {
    const b = await bench('==+=+');
    await b.sessions(1, 3);
    await b.opens(b.draft.dates[3]!);
    expect(await b.position()).toBe(10);
    await b.patch({ status: 'paused' });
    const { accountId } = await b.row();
    const state = (trading_state: string) =>
      trade.call('POST', `/accounts/${accountId}/trading-state`, { trading_state, reason: 'test' });
    await state('HALTED');
    await b.closes(b.draft.dates[3]!);
    expect(await b.last()).toBe('REJECTED halted');
    const runs = await trade.call('GET', `/deployments/${b.id}/runs?order=newest`);
    expect(runs.body.items[0]).toMatchObject({ state: 'done', outcome: 'refused', reason: 'halted' });
    expect(runs.body.items.at(-1)).toMatchObject({ outcome: 'held', reason: null });
    await state('REDUCING');
    const flat = await trade.call('POST', `/deployments/${b.id}/flatten`);
    expect(flat.body.flatten).toMatchObject({ side: 'SELL', qty: '10', state: 'waiting' });
    const again = await trade.call('POST', `/deployments/${b.id}/flatten`);
    expect(again.body.flatten.intent_id).toBe(flat.body.flatten.intent_id);
    const events = await trade.sql.query(
      `SELECT envelope->'data'->>'trading_state' AS state FROM trade.outbox WHERE type = 'risk.halted' AND aggregate_id = $1 ORDER BY position`,
      [accountId],
    );
    expect(events.rows.map((row: { state: string }) => row.state)).toEqual(['HALTED', 'REDUCING']);
  });

  it('a drawdown of the account halts it for every deployment', async () => {
    const closes = [100, 100, 101, 102, 103, 104];
    const opens = [100, 100, 100, 101, 60, 60];
    const b = await bench('======', {
      closes,
      opens,
      account: { initial_cash: '2000', limits: { max_drawdown_pct: 10 } },
      deployment: { risk_limits: { stop_loss_pct: 90 } },
    });
    await b.sessions(1, 4);
    await trade.sql.query('UPDATE trade.account SET peak_equity = 3000 WHERE account_id = $1', [
      (await b.row()).accountId,
    ]);
    await b.sessions(4, 5);
    const account = await trade.call('GET', `/accounts/${(await b.row()).accountId}`);
    expect(account.body).toMatchObject({ trading_state: 'HALTED', trading_state_reason: 'drawdown' });
  });

  it('an order whose fate is unknown freezes the symbol until the venue answers, and is never sent blindly', async () => {
    const b = await bench('==+++');
    await b.sessions(1, 3);
    const { broker } = b;
    let sends = 0;
    b.broker = silent(broker, () => (sends += 1));
    await b.opens(b.draft.dates[3]!);
    expect(await b.last()).toBe('BUY unknown');
    await b.send();
    expect(await b.row()).toMatchObject({ sync: 'frozen' });
    await b.closes(b.draft.dates[3]!);
    expect(await b.last()).toMatch(/^(HOLD orders_pending|REJECTED frozen)$/);
    expect(sends).toBe(1);
    b.broker = broker;
    await b.send();
    expect(await b.row()).toMatchObject({ sync: 'in_sync' });
    expect(await b.position()).toBe(10);
  });

  it('a position we did not make is drift: reported, not adopted, and gone when the books agree again', async () => {
    const b = await bench('==+==');
    await b.sessions(1, 4);
    const { accountId } = await b.row();
    const book = (qty: number) =>
      trade.sql.query('UPDATE paper.position SET qty = $3 WHERE account_id = $1 AND symbol = $2', [
        accountId,
        b.draft.symbol,
        qty,
      ]);
    await trade.sql.query(
      `UPDATE trade.order_intent SET state = 'canceled' WHERE deployment_id = $1 AND state = 'waiting'`,
      [b.id],
    );
    await book(25);
    await reconcile();
    expect(await b.row()).toMatchObject({ sync: 'drifted', syncReason: 'the venue holds 25, our ledgers 10' });
    expect(await b.position()).toBe(10);
    await book(10);
    await reconcile();
    expect(await b.row()).toMatchObject({ sync: 'in_sync' });
  });

  const reconcile = (): Promise<void> => reconcileOnce(trade);
});
