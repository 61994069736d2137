import { OrderDesk, sampleVenue } from '../../test/order-desk';
import { NOW, sampleIntent, sampleOrder } from '../../test/sample-rows';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import type { SendVerdict } from './send-check';

/** The newest daily close before the sample's now. */
const CLOSE = '2024-05-14T20:00:00.000Z';

/** What becomes of an intent of the desk that is about to be sent. */
async function judge(desk: OrderDesk, row: Partial<OrderIntentEntity> = {}): Promise<SendVerdict> {
  const intent = sampleIntent(desk.deployment, { triggerKey: CLOSE, ...row });
  desk.records.tables.intents = [intent];
  return desk.records.run((em) => desk.check.judge(em, desk.context, intent, desk.account));
}
const outcome = async (desk: OrderDesk, row: Partial<OrderIntentEntity> = {}): Promise<string> => {
  const verdict = await judge(desk, row);
  return verdict.send ? `send ${verdict.qty}` : `${verdict.state} ${verdict.code}`;
};
const exit = { leg: 'close', side: 'SELL', reduceOnly: true, signal: '0' } as const;
const flatten = { ...exit, trigger: 'flatten' } as const;

describe('an entry that is about to be sent', () => {
  it('goes where it still stands', async () => {
    expect(await outcome(new OrderDesk())).toBe('send 10');
  });

  it('has expired when its time is over, by a moment too', async () => {
    expect(await outcome(new OrderDesk(), { expiresAt: NOW })).toBe('send 10');
    expect(await outcome(new OrderDesk(), { expiresAt: new Date(NOW.getTime() - 1) })).toBe('expired intent_expired');
  });

  it.each([
    ['the deployment was paused', { status: 'paused' }, 'refused paused'],
    ['it drifted', { sync: 'drifted' }, 'refused drifted'],
  ] as const)('is refused where meanwhile %s', async (_, deployment, expected) => {
    expect(await outcome(new OrderDesk(deployment))).toBe(expected);
  });

  it('is refused where a newer bar has closed', async () => {
    expect(await outcome(new OrderDesk(), { triggerKey: '2024-05-13T20:00:00.000Z' })).toBe('refused stale_data');
  });

  it('is refused where the price of now costs more than there is', async () => {
    const desk = new OrderDesk();
    desk.venue = sampleVenue({ account: { ...sampleVenue().account!, availableCash: '1500' } });
    expect(await outcome(desk)).toBe('send 10');
    desk.price = '200';
    expect(await outcome(desk)).toBe('refused insufficient_cash');
  });

  it('is priced as it was decided where no price is stored', async () => {
    const desk = new OrderDesk();
    desk.price = null;
    expect(await outcome(desk)).toBe('send 10');
    expect(await outcome(desk, { decisionPrice: null })).toBe('refused price_unknown');
  });

  it('is refused over a split, whose shares its quantity does not count, unless it flattens', async () => {
    const desk = new OrderDesk();
    desk.unknownSplits = [{ exDate: '2024-05-15', kind: 'split', value: 2, exMs: NOW.getTime() }];
    expect(await outcome(desk)).toBe('refused corporate_action');
    desk.holds('10');
    expect(await outcome(desk, exit)).toBe('refused corporate_action');
    expect(await outcome(desk, flatten)).toBe('send 10');
  });

  it('is superseded where its target is held in part by now', async () => {
    const desk = new OrderDesk();
    desk.holds('4', '100', { targetSignal: 1, targetQty: '10' });
    expect(await outcome(desk)).toBe('refused superseded');
  });

  it('is refused where its target is held by now', async () => {
    const desk = new OrderDesk();
    desk.holds('10', '100', { targetSignal: 1, targetQty: '10' });
    expect(await outcome(desk)).toBe('refused already_held');
  });

  it('waits for no order of its own, but for one that is recorded and not settled by whoever is gone', async () => {
    const desk = new OrderDesk();
    const other = sampleIntent(desk.deployment, { deploymentId: 'other', state: 'sending' });
    desk.records.tables.orders.push(sampleOrder(other, { state: 'PENDING_NEW' }));
    expect(await outcome(desk)).toBe('refused frozen');
  });

  it('keeps what limits of the account are measured from', async () => {
    const desk = new OrderDesk({}, { limits: { max_orders_per_minute: 5 } });
    await judge(desk);
    const { accountId } = desk.account;
    expect(desk.records.tables.accountDays).toEqual([{ accountId, tradingDay: '2024-05-15', startEquity: '100000' }]);
    expect(desk.records.tables.accounts[0]!.peakEquity).toBe('100000');
  });
});

describe('an exit that is about to be sent', () => {
  it('goes though a later bar was evaluated: that one wanted it too', async () => {
    const desk = new OrderDesk();
    desk.holds('10', '100', { targetSignal: 0, targetQty: '0' });
    const early = { ...exit, triggerKey: '2024-05-13T20:00:00.000Z' };
    expect(await outcome(desk, early)).toBe('refused stale_data');
    const run = await desk.records.run((em) =>
      desk.runs.claim(em, desk.deployment.deploymentId, new Date(CLOSE), 'bar', NOW),
    );
    await desk.records.run((em) => desk.runs.set(em, run!.runId, { state: 'done' }));
    expect(await outcome(desk, early)).toBe('send 10');
  });

  it('of a stop goes on the price of now, whatever bar is stored', async () => {
    const desk = new OrderDesk();
    desk.holds('10', '110', { targetSignal: 0, targetQty: '0' });
    const latch = { latchedSignal: 1, price: '100', lossPct: '9', latchedAt: NOW };
    desk.records.tables.latches.push({ deploymentId: desk.deployment.deploymentId, ...latch });
    expect(await outcome(desk, { ...exit, trigger: 'stop', signal: '1', triggerKey: NOW.toISOString() })).toBe(
      'send 10',
    );
  });
});

describe('a flatten that is about to be sent', () => {
  it('closes what is held by now', async () => {
    const desk = new OrderDesk({ status: 'stopped' });
    desk.holds('4');
    expect(await outcome(desk, flatten)).toBe('send 4');
  });

  it('is superseded where the position has turned', async () => {
    const desk = new OrderDesk();
    desk.holds('-4');
    expect(await outcome(desk, flatten)).toBe('refused superseded');
  });

  it('is refused where nothing is left', async () => {
    expect(await outcome(new OrderDesk(), flatten)).toBe('refused already_flat');
  });

  it('needs the venue', async () => {
    const desk = new OrderDesk();
    desk.holds('4');
    desk.venue = sampleVenue({ health: { reachable: false, tradable: false, clockSkewMs: 0 } });
    expect(await outcome(desk, flatten)).toBe('refused not_reachable');
  });
});
