import { newId } from '@assay/primitives/ids';
import type { OrderIntentEntity } from '../src/records/orders/order-intent.entity';
import type { OrderEntity } from '../src/records/orders/order.entity';
import type { OrderPathRecords } from './order-path-records';
import { at, deployedIn, givenRecords } from './order-path-records';
import { NOW, sampleFill, sampleIntent, sampleOrder } from './sample-rows';

/** What services may expect of intents, orders, fills and reservations, in memory as on a database. */
export function orderRecordsContract(open: () => Promise<OrderPathRecords>): void {
  const on = givenRecords(open);

  const intended = (row: Partial<OrderIntentEntity> = {}, of = on.d): Promise<OrderIntentEntity> =>
    on.r.run(async (em) => {
      const made = sampleIntent(of, row);
      await on.r.orders.addIntents(em, [made]);
      return made;
    });
  const sent = async (row: Partial<OrderEntity> = {}, intent: Partial<OrderIntentEntity> = {}, of = on.d) => {
    const made = sampleOrder(await intended({ state: 'working', ...intent }, of), row);
    await on.r.run((em) => on.r.orders.addOrder(em, made));
    return made;
  };

  describe('intents', () => {
    it('are read as they were written', async () => {
      const intent = await intended();
      expect(await on.r.run((em) => on.r.orders.intent(em, intent.intentId))).toEqual(intent);
      expect(await on.r.run((em) => on.r.orders.lockIntent(em, intent.intentId))).toEqual(intent);
    });

    it('are changed in what is set, and in nothing else', async () => {
      const intent = await intended();
      const beside = await intended();
      const set = { state: 'refused', reason: 'why', updatedAt: at(3) } as const;
      await on.r.run((em) => on.r.orders.setIntent(em, intent.intentId, set));
      expect(await on.r.run((em) => on.r.orders.intent(em, intent.intentId))).toEqual({ ...intent, ...set });
      expect(await on.r.run((em) => on.r.orders.lockIntent(em, beside.intentId))).toEqual(beside);
      await expect(on.r.run((em) => on.r.orders.intent(em, newId()))).rejects.toThrow();
    });

    it('that are open, or rest at the venue as entries, are told apart', async () => {
      const open = [];
      for (const state of ['waiting', 'sending', 'working', 'unknown'] as const) open.push(await intended({ state }));
      await intended({ state: 'done' });
      const exit = await intended({ state: 'working', reduceOnly: true });
      await intended({ state: 'working' }, await deployedIn(on.r));
      const ids = (rows: OrderIntentEntity[]): string[] => rows.map((one) => one.intentId).sort();
      const all = await on.r.run((em) => on.r.orders.openIntents(em, on.d.deploymentId));
      expect(ids(all)).toEqual(ids([...open, exit]));
      const working = await on.r.run((em) => on.r.orders.workingEntries(em, on.d.deploymentId));
      expect(working).toEqual([open[2]]);
    });

    it('are made once under a key', async () => {
      const { triggerKey } = await intended();
      await expect(intended({ triggerKey })).rejects.toThrow('duplicate key');
      const key = { deploymentId: on.d.deploymentId, trigger: 'bar', triggerKey, leg: 'open' } as const;
      expect(await on.r.run((em) => on.r.orders.attempts(em, key))).toBe(1);
      await intended({ triggerKey, attempt: 2, clientOrderId: newId().slice(-26) });
      expect(await on.r.run((em) => on.r.orders.attempts(em, key))).toBe(2);
    });

    it('are due once their time has come, a close leg before the open leg that waits for it', async () => {
      const close = await intended({ leg: 'close', reduceOnly: true });
      const open = await intended({ dependsOn: close.intentId });
      await intended({ sendAfter: at(1) });
      await intended({ state: 'sending' });
      const due = (ms: number) => on.r.run((em) => on.r.orders.dueIntents(em, on.d.deploymentId, ms));
      expect(await due(NOW.getTime() - 1)).toEqual([]);
      expect(await due(NOW.getTime())).toEqual([close.intentId, open.intentId]);
    });

    it('that were not sent in their time are expired, the others are not', async () => {
      const late = await intended({ expiresAt: at(1) });
      await intended({ expiresAt: at(1), state: 'sending' });
      const expired = (ms: number) => on.r.run((em) => on.r.orders.expiredIntents(em, on.d.deploymentId, ms));
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
      await on.r.run((em) => on.r.orders.cancelWaiting(em, on.d.deploymentId, 'why', at(5), which));
      const rows = await on.r.run((em) =>
        on.r.orders.intentsIn(
          em,
          [...waiting, sending].map((one) => one.intentId),
          ['canceled'],
        ),
      );
      expect(rows.map((one) => one.trigger).sort()).toEqual(expected);
      for (const row of rows) expect(row).toMatchObject({ reason: 'why', updatedAt: at(5) });
    });

    it('of an entry order are told by its key, oldest first, with the first of their fills', async () => {
      const key = { trigger: 'entry', triggerKey: '2024-05-15T20:00:00.000Z' } as const;
      const second = await intended({ ...key, attempt: 2, createdAt: at(2) });
      const first = await intended({ ...key, limitPrice: '99.99', createdAt: at(1) });
      await intended({ ...key, triggerKey: '2024-05-16T20:00:00.000Z' });
      await intended({ trigger: 'bar', triggerKey: key.triggerKey });
      const found = await on.r.run((em) => on.r.orders.entriesUnder(em, on.d.deploymentId, key.triggerKey));
      expect(found.map((one) => [one.intentId, one.limitPrice])).toEqual([
        [first.intentId, '99.99'],
        [second.intentId, null],
      ]);
      const filledAt = () => on.r.run((em) => on.r.orders.firstFillAt(em, [first.intentId, second.intentId]));
      expect(await filledAt()).toBeNull();
      for (const [intent, ms] of [
        [first, 9],
        [second, 7],
      ] as const) {
        const order = sampleOrder(intent);
        await on.r.run((em) => on.r.orders.addOrder(em, order));
        await on.r.run((em) => on.r.orders.addFill(em, sampleFill(order, { filledAt: at(ms) })));
      }
      expect(await filledAt()).toEqual(at(7));
    });

    it('the newest, and the newest exit, are told', async () => {
      const exit = await intended({ reduceOnly: true, leg: 'close', createdAt: at(1) });
      const newest = await intended({ createdAt: at(2) });
      expect((await on.r.run((em) => on.r.orders.newestIntent(em, on.d.deploymentId)))?.intentId).toBe(newest.intentId);
      expect((await on.r.run((em) => on.r.orders.newestExit(em, on.d.deploymentId)))?.intentId).toBe(exit.intentId);
      const other = await deployedIn(on.r);
      expect(await on.r.run((em) => on.r.orders.newestExit(em, other.deploymentId))).toBeNull();
    });
  });

  describe('what may still fill', () => {
    it('is the rest of each open order, without the intent that is judged and the leg that waits for it', async () => {
      const close = await intended({ leg: 'close', reduceOnly: true, side: 'SELL', state: 'unknown', qty: '7.50' });
      await on.r.run((em) => on.r.orders.addOrder(em, sampleOrder(close, { filledQty: '2.25', state: 'UNKNOWN' })));
      const open = await intended({ dependsOn: close.intentId, createdAt: at(1) });
      await intended({ state: 'refused' });
      const orders = (except?: string) => on.r.run((em) => on.r.orders.openOrders(em, on.d.deploymentId, except));
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
      const other = await deployedIn(on.r, { accountId: on.d.accountId });
      const beside = await intended({ qty: '3', createdAt: at(2), state: 'working' }, other);
      const reserved = (except?: string) => on.r.run((em) => on.r.orders.reserved(em, on.d.accountId, except));
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
      expect(await on.r.run((em) => on.r.orders.sentEntries(em, on.d.accountId))).toEqual([
        { clientOrderId: entry.clientOrderId, symbol: 'GOLD', state: 'sending' },
      ]);
    });
  });

  describe('orders', () => {
    it('are read as they were written, by either id', async () => {
      const order = await sent();
      expect(await on.r.run((em) => on.r.orders.order(em, order.orderId))).toEqual(order);
      expect(await on.r.run((em) => on.r.orders.orderByClientId(em, order.clientOrderId))).toEqual(order);
      expect(await on.r.run((em) => on.r.orders.orderByClientId(em, 'none'))).toBeNull();
    });

    it('are changed in what is set, and read so by who locks them', async () => {
      const order = await sent();
      const set = { state: 'ACCEPTED', venueOrderId: 'v1', filledQty: '2.50' } as const;
      await on.r.run((em) => on.r.orders.setOrder(em, order.orderId, set));
      expect(await on.r.run((em) => on.r.orders.lockOrder(em, order.orderId))).toEqual({ ...order, ...set });
      await expect(on.r.run((em) => on.r.orders.lockOrder(em, newId()))).rejects.toThrow();
    });

    it('give the next right to send them to the newest token alone', async () => {
      const order = await sent();
      expect(await on.r.run((em) => on.r.orders.takeSendRight(em, order))).toBe(1);
      expect(await on.r.run((em) => on.r.orders.takeSendRight(em, order))).toBeNull();
      const over = await on.r.run((em) => on.r.orders.takeOverSendRight(em, order.orderId));
      expect(over).toMatchObject({ token: 2 });
      expect(over!.sinceMs).toBeGreaterThanOrEqual(0);
      expect(await on.r.run((em) => on.r.orders.takeSendRight(em, { ...order, sendToken: 1 }))).toBeNull();
    });

    it('tell whether somebody began to send them, and give no right once they are settled', async () => {
      const order = await sent();
      expect(await on.r.run((em) => on.r.orders.takeOverSendRight(em, order.orderId))).toEqual({
        token: 1,
        sinceMs: null,
      });
      await on.r.run((em) => on.r.orders.setOrder(em, order.orderId, { state: 'FILLED' }));
      expect(await on.r.run((em) => on.r.orders.takeOverSendRight(em, order.orderId))).toBeNull();
      expect(await on.r.run((em) => on.r.orders.takeSendRight(em, { ...order, sendToken: 1 }))).toBeNull();
    });

    it('are found by their state on the account and symbol, but for that of one intent', async () => {
      const order = await sent({ state: 'UNKNOWN' });
      const has = (states: OrderEntity['state'][], except?: string) =>
        on.r.run((em) => on.r.orders.hasOrderIn(em, { accountId: on.d.accountId, symbol: 'GOLD' }, states, except));
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
      expect(ids(await on.r.run((em) => on.r.orders.unsettledOrders(em, on.d.deploymentId)))).toEqual([
        resting.orderId,
        flying.orderId,
      ]);
      expect(ids(await on.r.run((em) => on.r.orders.restingAmong(em, on.d.deploymentId, clientIds)))).toEqual([
        resting.orderId,
      ]);
      expect(ids(await on.r.run((em) => on.r.orders.inFlight(em, on.d.accountId, 'GOLD', 5)))).toEqual([
        flying.orderId,
      ]);
    });

    it('count in the minute of their sending', async () => {
      const order = await sent({ sentAt: at(1) });
      const count = (from: Date, to: Date, except?: string) =>
        on.r.run((em) => on.r.orders.sentBetween(em, on.d.accountId, from, to, except));
      expect([await count(at(0), at(1)), await count(at(1), at(2)), await count(at(0), at(1), order.intentId)]).toEqual(
        [1, 0, 0],
      );
    });

    it('are entries of the day of their first fill, and of every day while they have none', async () => {
      const day = { from: at(0), to: at(1440) };
      const next = { from: at(1440), to: at(2880) };
      const entries = (of: { from: Date; to: Date }, except?: string) =>
        on.r.run((em) => on.r.orders.entriesOf(em, on.d.deploymentId, of, except));
      const order = await sent({ state: 'ACCEPTED' });
      await sent({ state: 'FILLED' }, { reduceOnly: true });
      expect([await entries(day), await entries(next), await entries(day, order.intentId)]).toEqual([1, 1, 0]);
      await on.r.run((em) => on.r.orders.addFill(em, sampleFill(order, { filledAt: at(10) })));
      expect([await entries(day), await entries(next)]).toEqual([1, 0]);
    });

    it('have each fill of the venue once', async () => {
      const order = await sent();
      const fill = sampleFill(order);
      await on.r.run((em) => on.r.orders.addFill(em, fill));
      await expect(on.r.run((em) => on.r.orders.addFill(em, { ...fill, fillId: newId() }))).rejects.toThrow(
        'duplicate key',
      );
      expect(await on.r.run((em) => on.r.orders.fills(em, order.orderId))).toEqual([fill]);
    });

    it('come in pages without gap or repetition', async () => {
      const made = [await sent(), await sent(), await sent({ sentAt: at(1) })].map((one) => one.orderId);
      const first = await on.r.run((em) => on.r.orders.orderPage(em, on.d.deploymentId, { limit: 2 }));
      const rest = await on.r.run((em) =>
        on.r.orders.orderPage(em, on.d.deploymentId, { limit: 2, cursor: first.next_cursor! }),
      );
      expect([...first.rows, ...rest.rows].map((one) => one.orderId).sort()).toEqual([...made].sort());
      expect([first.rows.length, rest.next_cursor]).toEqual([2, null]);
    });

    it('have their fills in pages, oldest first', async () => {
      const order = await sent();
      const made = [at(2), at(0), at(1)].map((filledAt) => sampleFill(order, { filledAt }));
      await on.r.run(async (em) => {
        for (const fill of made) await on.r.orders.addFill(em, fill);
      });
      const page = (query: object) => on.r.run((em) => on.r.orders.fillPage(em, on.d.deploymentId, query));
      const first = await page({ limit: 2 });
      const rest = await page({ limit: 2, cursor: first.next_cursor });
      expect([...first.rows, ...rest.rows]).toEqual([made[1], made[2], made[0]]);
      expect(rest.next_cursor).toBeNull();
      expect((await page({ from: at(1).toISOString(), to: at(1).toISOString() })).rows).toEqual([made[2]]);
    });
  });
}
