import { eventDocument, EVENT_SUBJECTS } from '@assay/contracts';
import { newId } from '@assay/primitives/ids';
import type { BrokerFill, BrokerOrder } from '@assay/domain';
import { OrderDesk } from '../../test/order-desk';
import { NOW, sampleIntent, sampleOrder } from '../../test/sample-rows';
import type { OrderEntity } from '../records/orders/order.entity';
import type { Learnt } from './order-outcomes';

interface Told {
  desk: OrderDesk;
  order: OrderEntity;
  tell(learnt: Learnt, sendToken?: number): Promise<void>;
}

/** An order that was recorded and is being sent. */
function sent(row: Partial<OrderEntity> = {}): Told {
  const desk = new OrderDesk();
  const intent = sampleIntent(desk.deployment, { state: 'sending' });
  const order = sampleOrder(intent, { sendToken: 1, ...row });
  desk.records.tables.intents.push(intent);
  desk.records.tables.orders.push(order);
  const tell = (learnt: Learnt, sendToken = 1): Promise<void> =>
    desk.records.run((em) => desk.outcomes.store(em, { orderId: order.orderId, sendToken }, learnt, desk.nowMs));
  return { desk, order, tell };
}

const fill = (fillId: string, qty: string): BrokerFill => ({
  fillId,
  clientOrderId: 'c',
  brokerOrderId: 'b',
  symbol: 'GOLD',
  side: 'BUY',
  qty,
  price: '100',
  fee: '0.5',
  feeCurrency: 'USD',
  atMs: NOW.getTime(),
});
const told = (state: BrokerOrder['state'], filledQty: string, fills: BrokerFill[] = []): Learnt => ({
  kind: 'order',
  fills,
  order: {
    clientOrderId: 'c',
    brokerOrderId: 'b',
    symbol: 'GOLD',
    side: 'BUY',
    type: 'MARKET',
    qty: '10',
    filledQty,
    averagePrice: filledQty === '0' ? null : '100',
    state,
    rejectCode: null,
    reduceOnly: false,
    createdAtMs: NOW.getTime(),
    updatedAtMs: NOW.getTime(),
  },
});

const ENVELOPE = {
  specversion: '1.0',
  id: newId(),
  source: '/assay/trade',
  subject: `order/${newId()}`,
  time: NOW.toISOString(),
  datacontenttype: 'application/json',
  sequence: 1,
  correlationid: newId(),
  actor: null,
};

describe('what the venue says of an order', () => {
  it.each([
    [told('ACCEPTED', '0'), 'ACCEPTED', 'working', ['order.placed']],
    [told('FILLED', '10', [fill('1', '10')]), 'FILLED', 'done', ['order.placed', 'order.filled']],
    [{ kind: 'rejected', code: 'OTHER', message: 'no' }, 'REJECTED', 'refused', ['order.rejected']],
    [{ kind: 'unknown', cause: 'no answer' }, 'UNKNOWN', 'unknown', []],
  ] as [Learnt, string, string, string[]][])('%j', async (learnt, state, intent, events) => {
    const { desk, tell } = sent();
    await tell(learnt);
    expect(desk.records.tables.orders).toMatchObject([{ state }]);
    expect(desk.records.tables.intents).toMatchObject([{ state: intent }]);
    expect(desk.events.map((event) => event.type)).toEqual(events);
    for (const { type, data } of desk.events) {
      const event = { ...ENVELOPE, type, data };
      expect(eventDocument(EVENT_SUBJECTS[type]).read(event)).toEqual({ document: event, problems: [] });
    }
  });

  it('or that it never had it ends the order and its intent', async () => {
    const { desk, tell } = sent();
    await tell({ kind: 'never_sent', cause: 'paused' });
    expect(desk.records.tables.orders).toMatchObject([{ state: 'CANCELED', message: 'paused' }]);
    expect(desk.records.tables.intents).toMatchObject([{ state: 'canceled' }]);
  });

  it('books each fill once, however often it is told', async () => {
    const { desk, tell } = sent();
    await tell(told('PARTIALLY_FILLED', '4', [fill('1', '4')]));
    await tell(told('PARTIALLY_FILLED', '4', [fill('1', '4')]));
    await tell(told('FILLED', '10', [fill('1', '4'), fill('2', '6')]));
    expect(desk.records.tables.fills.map((one) => one.qty)).toEqual(['4', '6']);
    expect(desk.records.tables.positions).toMatchObject([{ qty: '10', averagePrice: '100', fees: '1' }]);
  });

  it('leaves an order open whose fills lag behind it', async () => {
    const { desk, tell } = sent();
    await tell(told('FILLED', '10', [fill('1', '4')]));
    expect(desk.records.tables.orders).toMatchObject([{ state: 'PARTIALLY_FILLED', filledQty: '4' }]);
    await tell(told('FILLED', '10', [fill('1', '4'), fill('2', '6')]));
    expect(desk.records.tables.orders).toMatchObject([{ state: 'FILLED', filledQty: '10' }]);
  });

  it('beyond what was ordered is drift, not ours', async () => {
    const { desk, tell } = sent();
    await tell(told('FILLED', '12', [fill('1', '12')]));
    expect(desk.records.tables.positions).toMatchObject([{ qty: '10' }]);
    expect(desk.records.tables.deployments).toMatchObject([{ sync: 'drifted' }]);
    expect(desk.log).toEqual(['BUY overfill']);
    expect(desk.records.tables.trades).toMatchObject([{ qty: '2' }]);
  });

  it('counts whoever heard it; what was only concluded counts under the newest right alone', async () => {
    const { desk, tell } = sent({ sendToken: 2 });
    await tell({ kind: 'unknown', cause: 'no answer' }, 1);
    await tell({ kind: 'rejected', code: 'OTHER', message: 'no' }, 1);
    expect(desk.records.tables.orders).toMatchObject([{ state: 'PENDING_NEW' }]);
    await tell(told('ACCEPTED', '0'), 1);
    expect(desk.records.tables.orders).toMatchObject([{ state: 'ACCEPTED' }]);
  });

  it('is told in the row of its decision, and to the world when the state changes', async () => {
    const { desk, order, tell } = sent();
    const logId = await desk.records.run((em) =>
      desk.logs.write(em, {
        deployment: desk.deployment,
        runId: null,
        atMs: desk.nowMs,
        signal: 1,
        action: 'BUY',
        qty: '10',
        price: '99',
        success: false,
        reasonCode: 'intended',
        message: 'buys',
        checks: [],
      }),
    );
    desk.records.tables.intents[0]!.logId = logId;
    await tell(told('FILLED', '10', [fill('1', '10')]));
    await tell(told('FILLED', '10', [fill('1', '10')]));
    expect(desk.records.tables.trades).toMatchObject([
      { orderId: order.orderId, success: true, reasonCode: 'filled', price: '100', message: 'buys' },
    ]);
    expect(desk.events.map((event) => event.type)).toEqual(['order.placed', 'order.filled']);
    expect(desk.events[1]!.data).toMatchObject({ owner_id: desk.account.ownerId, state: 'FILLED', qty: '10' });
  });
});

it('an order of unknown fate freezes its symbol on the account until it is settled', async () => {
  const { desk, order, tell } = sent();
  const settle = (): Promise<void> => desk.records.run((em) => desk.freeze.settle(em, order.accountId, order.symbol));
  await tell({ kind: 'unknown', cause: 'no answer' });
  await settle();
  expect(desk.records.tables.deployments).toMatchObject([{ sync: 'frozen', syncReason: 'an order is UNKNOWN' }]);
  await tell(told('ACCEPTED', '0'));
  await settle();
  expect(desk.records.tables.deployments).toMatchObject([{ sync: 'in_sync', syncReason: null }]);
});
