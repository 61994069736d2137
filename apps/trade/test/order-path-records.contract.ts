import { newId } from '@assay/primitives/ids';
import type { EntityManager } from 'typeorm';
import type { AccountStore } from '../src/records/accounts/account.store';
import type { DeploymentEntity } from '../src/records/deployments/deployment.entity';
import type { DeploymentStore } from '../src/records/deployments/deployment.store';
import type { LogStore } from '../src/records/logs/log.store';
import type { FlattenStore } from '../src/records/orders/flatten.store';
import type { OrderIntentEntity } from '../src/records/orders/order-intent.entity';
import type { OrderEntity } from '../src/records/orders/order.entity';
import type { OrderStore } from '../src/records/orders/order.store';
import type { PositionStore } from '../src/records/positions/position.store';
import type { RunStore } from '../src/records/runs/run.store';
import { NOW, sampleAccount, sampleDeployment, sampleFill, sampleIntent, sampleOrder } from './sample-rows';

/** The stores of the order path, and transactions over them. */
export interface OrderPathRecords {
  run<T>(body: (em: EntityManager) => Promise<T>): Promise<T>;
  accounts: AccountStore;
  deployments: DeploymentStore;
  orders: OrderStore;
  flattens: FlattenStore;
  positions: PositionStore;
  logs: LogStore;
  runs: RunStore;
}

const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

/** What services may expect of the stores of the order path, in memory as on a database. `open` is asked once. */
export function orderPathRecordsContract(open: () => Promise<OrderPathRecords>): void {
  let r: OrderPathRecords;
  let d: DeploymentEntity;
  beforeAll(async () => {
    r = await open();
  });
  beforeEach(async () => {
    d = await deployed();
  });

  const deployed = (row: Partial<DeploymentEntity> = {}): Promise<DeploymentEntity> =>
    r.run(async (em) => {
      const account = sampleAccount(row.accountId ? { accountId: row.accountId } : {});
      if (!row.accountId) await r.accounts.add(em, account);
      const made = sampleDeployment({ accountId: account.accountId, ownerId: account.ownerId, ...row });
      await r.deployments.add(em, made);
      return made;
    });
  const intended = (row: Partial<OrderIntentEntity> = {}, of = d): Promise<OrderIntentEntity> =>
    r.run(async (em) => {
      const made = sampleIntent(of, row);
      await r.orders.addIntents(em, [made]);
      return made;
    });
  const sent = async (row: Partial<OrderEntity> = {}, intent: Partial<OrderIntentEntity> = {}, of = d) => {
    const made = sampleOrder(await intended({ state: 'working', ...intent }, of), row);
    await r.run((em) => r.orders.addOrder(em, made));
    return made;
  };
  const read = <T>(body: (em: EntityManager) => Promise<T>): Promise<T> => r.run(body);

  describe('a transaction', () => {
    it('that fails leaves everything as it was', async () => {
      const intent = sampleIntent(d);
      const failing = r.run(async (em) => {
        await r.orders.addIntents(em, [intent]);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await read((em) => r.orders.openIntents(em, d.deploymentId))).toEqual([]);
    });
  });

  describe('intents', () => {
    it('are read as they were written', async () => {
      const intent = await intended();
      expect(await read((em) => r.orders.intent(em, intent.intentId))).toEqual(intent);
      expect(await read((em) => r.orders.lockIntent(em, intent.intentId))).toEqual(intent);
    });

    it('are made once under a key', async () => {
      const { triggerKey } = await intended();
      await expect(intended({ triggerKey })).rejects.toThrow('duplicate key');
      const key = { deploymentId: d.deploymentId, trigger: 'bar', triggerKey, leg: 'open' } as const;
      expect(await read((em) => r.orders.attempts(em, key))).toBe(1);
      await intended({ triggerKey, attempt: 2, clientOrderId: newId().slice(-26) });
      expect(await read((em) => r.orders.attempts(em, key))).toBe(2);
    });

    it('are due once their time has come, a close leg before the open leg that waits for it', async () => {
      const close = await intended({ leg: 'close', reduceOnly: true });
      const open = await intended({ dependsOn: close.intentId });
      await intended({ sendAfter: at(1) });
      await intended({ state: 'sending' });
      const due = (ms: number) => read((em) => r.orders.dueIntents(em, d.deploymentId, ms));
      expect(await due(NOW.getTime() - 1)).toEqual([]);
      expect(await due(NOW.getTime())).toEqual([close.intentId, open.intentId]);
    });

    it('that were not sent in their time are expired, the others are not', async () => {
      const late = await intended({ expiresAt: at(1) });
      await intended({ expiresAt: at(1), state: 'sending' });
      const expired = (ms: number) => read((em) => r.orders.expiredIntents(em, d.deploymentId, ms));
      expect(await expired(at(1).getTime())).toEqual([]);
      expect((await expired(at(1).getTime() + 1)).map((one) => one.intentId)).toEqual([late.intentId]);
    });

    it.each([
      ['all that wait', undefined, ['bar', 'flatten']],
      ['all but a flatten', { keepFlatten: true }, ['bar']],
      ['none of other orders', { clientOrderIds: ['another'] }, []],
    ])('that wait are canceled: %s', async (_, which, expected) => {
      const waiting = [await intended(), await intended({ trigger: 'flatten' })];
      const sending = await intended({ state: 'sending' });
      await r.run((em) => r.orders.cancelWaiting(em, d.deploymentId, 'why', at(5), which));
      const rows = await read((em) =>
        r.orders.intentsIn(
          em,
          [...waiting, sending].map((one) => one.intentId),
          ['canceled'],
        ),
      );
      expect(rows.map((one) => one.trigger).sort()).toEqual(expected);
      for (const row of rows) expect(row).toMatchObject({ reason: 'why', updatedAt: at(5) });
    });

    it('the newest, and the newest exit, are told', async () => {
      const exit = await intended({ reduceOnly: true, leg: 'close', createdAt: at(1) });
      const newest = await intended({ createdAt: at(2) });
      expect((await read((em) => r.orders.newestIntent(em, d.deploymentId)))?.intentId).toBe(newest.intentId);
      expect((await read((em) => r.orders.newestExit(em, d.deploymentId)))?.intentId).toBe(exit.intentId);
      const other = await deployed();
      expect(await read((em) => r.orders.newestExit(em, other.deploymentId))).toBeNull();
    });

    it('name their deployments while they are open', async () => {
      const done = await deployed();
      await intended({ state: 'done' }, done);
      await intended({ state: 'unknown' });
      const open = await read((em) => r.orders.deploymentsWithOpen(em));
      expect([open.includes(d.deploymentId), open.includes(done.deploymentId)]).toEqual([true, false]);
    });
  });

  describe('what may still fill', () => {
    it('is the rest of each open order, without the intent that is judged and the leg that waits for it', async () => {
      const close = await intended({ leg: 'close', reduceOnly: true, side: 'SELL', state: 'unknown', qty: '7.50' });
      await r.run((em) => r.orders.addOrder(em, sampleOrder(close, { filledQty: '2.25', state: 'UNKNOWN' })));
      const open = await intended({ dependsOn: close.intentId, createdAt: at(1) });
      await intended({ state: 'refused' });
      const orders = (except?: string) => read((em) => r.orders.openOrders(em, d.deploymentId, except));
      const first = { clientOrderId: close.clientOrderId, side: 'SELL', remainingQty: '5.25', afterClose: false };
      const second = { clientOrderId: open.clientOrderId, side: 'BUY', remainingQty: '10', afterClose: true };
      expect(await orders()).toEqual([
        { ...first, unknown: true },
        { ...second, unknown: false },
      ]);
      expect(await orders(close.intentId)).toEqual([]);
      expect(await orders(open.intentId)).toEqual([{ ...first, unknown: true }]);
    });

    it('reserves of the account what goes beyond a close leg, of entries alone', async () => {
      const close = await intended({ leg: 'close', reduceOnly: true, side: 'BUY', qty: '4' });
      const open = await intended({ dependsOn: close.intentId, qty: '10', createdAt: at(1) });
      const other = await deployed({ accountId: d.accountId });
      const beside = await intended({ qty: '3', createdAt: at(2), state: 'working' }, other);
      const reserved = (except?: string) => read((em) => r.orders.reserved(em, d.accountId, except));
      const found = (await reserved()).map(({ clientOrderId, qty }) => [clientOrderId, Number(qty)]);
      expect(found).toEqual([
        [open.clientOrderId, 6],
        [beside.clientOrderId, 3],
      ]);
      expect((await reserved(open.intentId)).map((one) => one.deploymentId)).toEqual([other.deploymentId]);
    });

    it('is looked for at the venue where it was sent', async () => {
      const entry = await intended({ state: 'sending' });
      await intended();
      await intended({ state: 'working', reduceOnly: true });
      expect(await read((em) => r.orders.sentEntries(em, d.accountId))).toEqual([
        { clientOrderId: entry.clientOrderId, symbol: 'GOLD', state: 'sending' },
      ]);
    });
  });

  describe('orders', () => {
    it('are read as they were written, by either id', async () => {
      const order = await sent();
      expect(await read((em) => r.orders.order(em, order.orderId))).toEqual(order);
      expect(await read((em) => r.orders.orderByClientId(em, order.clientOrderId))).toEqual(order);
      expect(await read((em) => r.orders.orderByClientId(em, 'none'))).toBeNull();
    });

    it('give the next right to send them to the newest token alone', async () => {
      const order = await sent();
      expect(await r.run((em) => r.orders.takeSendRight(em, order))).toBe(1);
      expect(await r.run((em) => r.orders.takeSendRight(em, order))).toBeNull();
      const over = await r.run((em) => r.orders.takeOverSendRight(em, order.orderId));
      expect(over).toMatchObject({ token: 2 });
      expect(over!.sinceMs).toBeGreaterThanOrEqual(0);
      expect(await r.run((em) => r.orders.takeSendRight(em, { ...order, sendToken: 1 }))).toBeNull();
    });

    it('tell whether somebody began to send them, and give no right once they are settled', async () => {
      const order = await sent();
      expect(await r.run((em) => r.orders.takeOverSendRight(em, order.orderId))).toEqual({ token: 1, sinceMs: null });
      await r.run((em) => r.orders.setOrder(em, order.orderId, { state: 'FILLED' }));
      expect(await r.run((em) => r.orders.takeOverSendRight(em, order.orderId))).toBeNull();
      expect(await r.run((em) => r.orders.takeSendRight(em, { ...order, sendToken: 1 }))).toBeNull();
    });

    it('are found by their state on the account and symbol, but for that of one intent', async () => {
      const order = await sent({ state: 'UNKNOWN' });
      const has = (states: OrderEntity['state'][], except?: string) =>
        read((em) => r.orders.hasOrderIn(em, { accountId: d.accountId, symbol: 'GOLD' }, states, except));
      expect([await has(['UNKNOWN']), await has(['FILLED']), await has(['UNKNOWN'], order.intentId)]).toEqual([
        true,
        false,
        false,
      ]);
    });

    it('that are not settled, rest or fly are told apart', async () => {
      const flying = await sent({ state: 'PENDING_NEW', sentAt: at(2) });
      const resting = await sent({ state: 'PARTIALLY_FILLED', sentAt: at(1) });
      const filled = await sent({ state: 'FILLED' });
      const ids = (rows: OrderEntity[]): string[] => rows.map((one) => one.orderId);
      const clientIds = [flying, resting, filled].map((one) => one.clientOrderId);
      expect(ids(await read((em) => r.orders.unsettledOrders(em, d.deploymentId)))).toEqual([
        resting.orderId,
        flying.orderId,
      ]);
      expect(ids(await read((em) => r.orders.restingAmong(em, d.deploymentId, clientIds)))).toEqual([resting.orderId]);
      expect(ids(await read((em) => r.orders.inFlight(em, d.accountId, 'GOLD', 5)))).toEqual([flying.orderId]);
    });

    it('count in the minute of their sending', async () => {
      const order = await sent({ sentAt: at(1) });
      const count = (from: Date, to: Date, except?: string) =>
        read((em) => r.orders.sentBetween(em, d.accountId, from, to, except));
      expect([await count(at(0), at(1)), await count(at(1), at(2)), await count(at(0), at(1), order.intentId)]).toEqual(
        [1, 0, 0],
      );
    });

    it('are entries of the day of their first fill, and of every day while they have none', async () => {
      const day = { from: at(0), to: at(1440) };
      const next = { from: at(1440), to: at(2880) };
      const entries = (of: { from: Date; to: Date }, except?: string) =>
        read((em) => r.orders.entriesOf(em, d.deploymentId, of, except));
      const order = await sent({ state: 'ACCEPTED' });
      await sent({ state: 'FILLED' }, { reduceOnly: true });
      expect([await entries(day), await entries(next), await entries(day, order.intentId)]).toEqual([1, 1, 0]);
      await r.run((em) => r.orders.addFill(em, sampleFill(order, { filledAt: at(10) })));
      expect([await entries(day), await entries(next)]).toEqual([1, 0]);
    });

    it('have each fill of the venue once', async () => {
      const order = await sent();
      const fill = sampleFill(order);
      await r.run((em) => r.orders.addFill(em, fill));
      await expect(r.run((em) => r.orders.addFill(em, { ...fill, fillId: newId() }))).rejects.toThrow('duplicate key');
      expect(await read((em) => r.orders.fills(em, order.orderId))).toEqual([fill]);
    });

    it('come in pages without gap or repetition', async () => {
      const made = [await sent(), await sent(), await sent({ sentAt: at(1) })].map((one) => one.orderId);
      const first = await read((em) => r.orders.orderPage(em, d.deploymentId, { limit: 2 }));
      const rest = await read((em) => r.orders.orderPage(em, d.deploymentId, { limit: 2, cursor: first.next_cursor! }));
      expect([...first.rows, ...rest.rows].map((one) => one.orderId).sort()).toEqual([...made].sort());
      expect([first.rows.length, rest.next_cursor]).toEqual([2, null]);
    });
  });

  describe('positions', () => {
    const booked = { qty: '4', averagePrice: '100', realisedPnl: '1', fees: '0.5' };
    const key = () => ({ deploymentId: d.deploymentId, accountId: d.accountId, symbol: 'GOLD' });
    const target = (qty: string) => ({ ...key(), signal: 1, qty });

    it('keep what they hold when their target moves, and their target when they are booked', async () => {
      await r.run((em) => r.positions.aimAt(em, target('10'), NOW));
      const aimed = await read((em) => r.positions.lock(em, d.deploymentId));
      expect(aimed).toMatchObject({ averagePrice: null, targetSignal: 1 });
      await r.run((em) => r.positions.book(em, key(), aimed, booked, at(1)));
      await r.run((em) => r.positions.aimAt(em, target('20'), at(2)));
      const held = await read((em) => r.positions.of(em, d.deploymentId));
      expect(held).toMatchObject({ ...booked, targetSignal: 1, targetQty: '20' });
      await r.run((em) => r.positions.aimAtFlat(em, d.deploymentId));
      expect(await read((em) => r.positions.of(em, d.deploymentId))).toMatchObject({ targetSignal: 0, targetQty: '0' });
    });

    it('of an account and symbol are summed; flat ones are not held', async () => {
      const other = await deployed({ accountId: d.accountId });
      await r.run(async (em) => {
        await r.positions.book(em, key(), null, booked, NOW);
        const beside = { ...key(), deploymentId: other.deploymentId };
        await r.positions.book(em, beside, null, { ...booked, qty: '-1.5' }, NOW);
      });
      expect(Number(await read((em) => r.positions.sumOf(em, d.accountId, 'GOLD')))).toBe(2.5);
      expect(await read((em) => r.positions.sumOf(em, d.accountId, 'NONE'))).toBe('0');
      expect(await read((em) => r.positions.ofSymbol(em, d.accountId, 'GOLD'))).toHaveLength(2);
      const held = await read((em) => r.positions.heldOn(em, d.accountId));
      expect(held.map((one) => one.deploymentId).sort()).toEqual([d.deploymentId, other.deploymentId].sort());
    });

    it('keep the first latch until it is dropped', async () => {
      const latch = { deploymentId: d.deploymentId, latchedSignal: 1, price: '90', lossPct: '10', latchedAt: NOW };
      await r.run((em) => r.positions.setLatch(em, latch));
      await r.run((em) => r.positions.setLatch(em, { ...latch, price: '80' }));
      expect(await read((em) => r.positions.latch(em, d.deploymentId))).toEqual(latch);
      await r.run((em) => r.positions.dropLatch(em, d.deploymentId));
      expect(await read((em) => r.positions.latch(em, d.deploymentId))).toBeNull();
    });
  });

  describe('deployments', () => {
    it('take an id once', async () => {
      expect(await r.run((em) => r.deployments.add(em, d))).toBe(false);
      expect(await read((em) => r.deployments.get(em, d.deploymentId))).toEqual(d);
      expect(await read((em) => r.deployments.tryLock(em, newId()))).toBeNull();
      await expect(read((em) => r.deployments.lock(em, newId()))).rejects.toThrow();
    });

    it('freeze and thaw with their symbol on the account; a drift outlives a thaw', async () => {
      const beside = await deployed({ accountId: d.accountId });
      const elsewhere = await deployed();
      const sync = async (): Promise<string[]> =>
        read(async (em) => {
          const rows = [];
          for (const one of [d, beside, elsewhere]) rows.push((await r.deployments.get(em, one.deploymentId)).sync);
          return rows;
        });
      await r.run((em) => r.deployments.setFrozen(em, d.accountId, 'GOLD', 'unknown'));
      expect(await sync()).toEqual(['frozen', 'frozen', 'in_sync']);
      const where = { accountId: d.accountId, symbol: 'GOLD' };
      await r.run((em) => r.deployments.setDrifted(em, where, 'differs', NOW, 'in_sync'));
      expect(await sync()).toEqual(['frozen', 'frozen', 'in_sync']);
      await r.run((em) => r.deployments.setFrozen(em, d.accountId, 'GOLD', null));
      await r.run((em) => r.deployments.setDrifted(em, where, 'differs', NOW));
      await r.run((em) => r.deployments.setFrozen(em, d.accountId, 'GOLD', null));
      expect(await sync()).toEqual(['drifted', 'drifted', 'in_sync']);
      await r.run((em) => r.deployments.setAgreed(em, d.deploymentId, NOW));
      expect(await sync()).toEqual(['in_sync', 'drifted', 'in_sync']);
    });

    it('that trade are found with those that are named, stopped ones apart', async () => {
      const stopped = await deployed({ status: 'stopped' });
      const created = await deployed({ status: 'created' });
      const found = (named: string[]) =>
        read(async (em) => (await r.deployments.tradingAnd(em, named)).map((one) => one.deploymentId));
      const trading = await found([]);
      expect([d, stopped, created].map((one) => trading.includes(one.deploymentId))).toEqual([true, false, false]);
      expect(await found([stopped.deploymentId])).toContain(stopped.deploymentId);
      const ids = [d.deploymentId, stopped.deploymentId];
      expect(await read((em) => r.deployments.stoppedAmong(em, ids))).toEqual([stopped.deploymentId]);
      expect(await read((em) => r.deployments.openOf(em, d.strategyId))).toEqual([d.deploymentId]);
    });
  });

  describe('accounts', () => {
    it('keep the first equity of a day and the highest of all', async () => {
      const { accountId } = d;
      for (const equity of ['1000', '1200', '1100']) {
        await r.run(async (em) => {
          await r.accounts.openDay(em, accountId, '2024-05-15', equity);
          await r.accounts.raisePeak(em, accountId, equity);
        });
      }
      const day = await read((em) => r.accounts.day(em, accountId, '2024-05-15'));
      expect(Number(day?.startEquity)).toBe(1000);
      expect(Number((await read((em) => r.accounts.get(em, accountId))).peakEquity)).toBe(1200);
      expect(await read((em) => r.accounts.day(em, accountId, '2024-05-16'))).toBeNull();
    });

    it('of a kind are those that trade in our time', async () => {
      const ownerId = newId();
      const account = sampleAccount({ ownerId });
      await r.run(async (em) => {
        await r.accounts.add(em, account);
        await r.accounts.add(em, sampleAccount({ ownerId, purpose: 'replay' }));
        await r.accounts.add(em, sampleAccount({ ownerId, currency: 'HKD' }));
      });
      const kind = { ownerId, broker: 'PAPER', paper: true, currency: 'USD' };
      const found = await read((em) => r.accounts.tradingOf(em, kind));
      expect(found.map((one) => one.accountId)).toEqual([account.accountId]);
      expect(await r.run((em) => r.accounts.add(em, account))).toBe(false);
    });
  });

  describe('runs', () => {
    const claim = (close: Date) => r.run((em) => r.runs.claim(em, d.deploymentId, close, 'bar', NOW));

    it('are claimed once, and again while they wait for their bar', async () => {
      const first = await claim(at(0));
      expect(first).toMatchObject({ seen: false });
      expect(await claim(at(0))).toEqual({ runId: first!.runId, seen: true });
      await r.run((em) => r.runs.set(em, first!.runId, { state: 'done' }));
      expect(await claim(at(0))).toBeNull();
      expect(await read((em) => r.runs.newestDone(em, d.deploymentId))).toEqual(at(0));
    });

    it('that wait are missed once a newer bar has closed, and catch up when theirs comes after all', async () => {
      await claim(at(0));
      await claim(at(1));
      await r.run((em) => r.runs.miss(em, [d.deploymentId], 'too late', NOW, at(1)));
      const waits = (close: Date) => read((em) => r.runs.isWaiting(em, d.deploymentId, close));
      expect([await waits(at(0)), await waits(at(1))]).toEqual([false, true]);
      expect(await read((em) => r.runs.waiting(em))).toContain(d.deploymentId);
      const close = { deploymentId: d.deploymentId, barCloseTime: at(0), isDue: false };
      await r.run((em) => r.runs.catchUp(em, close, 'late', NOW));
      await r.run((em) => r.runs.catchUp(em, { ...close, barCloseTime: at(-1) }, 'late', NOW));
      await r.run((em) => r.runs.catchUp(em, { ...close, barCloseTime: at(-2), isDue: true }, 'late', NOW));
      const { rows } = await read((em) => r.runs.page(em, d.deploymentId, {}));
      expect(rows.map((row) => [row.state, row.reason])).toEqual([
        ['caught_up', 'late'],
        ['caught_up', 'late'],
        ['waiting_for_bars', null],
      ]);
    });

    it('that are stopped say why, after what was said before', async () => {
      const run = await claim(at(0));
      await r.run((em) => r.runs.set(em, run!.runId, { reason: 'no bar' }));
      await r.run((em) => r.runs.miss(em, [d.deploymentId], 'stopped', NOW));
      const { rows } = await read((em) => r.runs.page(em, d.deploymentId, {}));
      expect(rows).toMatchObject([{ state: 'missed', outcome: 'missed', reason: 'no bar; stopped', finishedAt: NOW }]);
    });
  });

  describe('logs', () => {
    const line = { runId: null, action: 'BUY', qty: '10', price: '100', success: false, checks: [] } as const;
    const write = (atMs: number) =>
      r.run((em) =>
        r.logs.write(em, {
          ...line,
          checks: [],
          deployment: d,
          atMs,
          signal: 1,
          reasonCode: 'intended',
          message: 'buys',
        }),
      );

    it('are told what became of the order, each thing once', async () => {
      const logId = await write(NOW.getTime());
      const followed = { orderId: newId(), success: true, reasonCode: 'filled', price: null, message: 'done' };
      for (let i = 0; i < 2; i += 1) await r.run((em) => r.logs.follow(em, logId, followed));
      const [row] = await read((em) => r.logs.newest(em, d.deploymentId, 1));
      expect(row).toMatchObject({ success: true, reasonCode: 'filled', price: '100', message: 'buys; done' });
    });

    it('are given newest first', async () => {
      const ids = [await write(NOW.getTime()), await write(NOW.getTime() + 1)];
      const rows = await read((em) => r.logs.newest(em, d.deploymentId, 5));
      expect(rows.map((row) => row.logId)).toEqual([...ids].reverse());
    });

    it('keep every bit of a signal, and the newest target beside bars without one', async () => {
      const decision = { prediction: NaN, weight: -0, decision: 'keep', reason: null } as const;
      const features = Float64Array.from([0.1, NaN]);
      const bars = [
        { ...decision, openTimeMs: at(0).getTime(), signal: -1, features },
        { ...decision, openTimeMs: at(1).getTime(), signal: NaN, features },
      ];
      const evaluated = { deployment: d, featureNames: ['a', 'b'], evaluatedAt: NOW };
      await r.run((em) => r.logs.addSignals(em, { ...evaluated, decisions: bars as never[] }));
      const newest = await read((em) => r.logs.newestSignal(em, d.deploymentId));
      expect(newest).toMatchObject({ barTime: at(1), signal: NaN, featureValues: [0.1, NaN] });
      expect(Object.is(newest!.weight, -0)).toBe(true);
      expect(await read((em) => r.logs.newestTarget(em, d.deploymentId))).toBe(-1);
    });
  });

  it('flattens that wait are kept once a deployment, until they end', async () => {
    const request = { deploymentId: d.deploymentId, requestId: newId(), awaits: [newId()], requestedAt: NOW };
    await r.run((em) => r.flattens.keep(em, request));
    await r.run((em) => r.flattens.keep(em, { ...request, awaits: [] }));
    expect(await read((em) => r.flattens.lock(em, d.deploymentId))).toEqual({ ...request, awaits: [] });
    expect(await read((em) => r.flattens.deployments(em))).toContain(d.deploymentId);
    await r.run((em) => r.flattens.end(em, d.deploymentId));
    expect(await read((em) => r.flattens.of(em, d.deploymentId))).toBeNull();
  });
}
