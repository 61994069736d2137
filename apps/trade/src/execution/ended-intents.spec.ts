import { OrderDesk } from '../../test/order-desk';
import { NOW, sampleIntent } from '../../test/sample-rows';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';

const exit = { leg: 'close', side: 'SELL', reduceOnly: true, signal: '0', state: 'expired' } as const;

/** A desk that holds 10 and has an exit of them, which has expired unless the row says otherwise. */
function withExit(row: Partial<OrderIntentEntity> = {}): OrderDesk {
  const desk = new OrderDesk();
  desk.holds('10');
  desk.records.tables.intents.push(sampleIntent(desk.deployment, { ...exit, ...row }));
  return desk;
}
const replan = (desk: OrderDesk): Promise<OrderIntentEntity | null> =>
  desk.records.run((em) => desk.ended.replanExit(em, desk.deployment, desk.nowMs));

describe('an intent that is not to be sent', () => {
  it('ends with the reason, in its row and in the log', async () => {
    const desk = new OrderDesk();
    const intent = sampleIntent(desk.deployment);
    desk.records.tables.intents.push(intent);
    const check = { check: 'cash', passed: false, code: 'insufficient_cash', actual: '5', limit: '4' };
    const verdict = { state: 'refused', code: 'insufficient_cash', checks: [check] } as const;
    await desk.records.run((em) =>
      desk.ended.refuse(em, intent, desk.deployment, { ...verdict, checks: [check] }, desk.nowMs),
    );
    expect(desk.records.tables.intents).toMatchObject([{ state: 'refused', reason: 'insufficient_cash' }]);
    expect(desk.records.tables.trades).toMatchObject([
      {
        action: 'REJECTED',
        signalValue: '1',
        qty: '10',
        message: 'the intent to BUY 10 GOLD was not sent: it needs 5 with its costs, and 4 is free',
      },
    ]);
  });

  it('expires where its time is over, the others wait on', async () => {
    const desk = new OrderDesk();
    const late = sampleIntent(desk.deployment, { expiresAt: new Date(NOW.getTime() - 1) });
    desk.records.tables.intents.push(late, sampleIntent(desk.deployment));
    await desk.records.run((em) => desk.ended.expire(em, desk.deployment, desk.nowMs));
    expect(desk.records.tables.intents.map((one) => one.state)).toEqual(['expired', 'waiting']);
    expect(desk.log).toEqual(['REJECTED intent_expired']);
  });
});

describe('an exit that expired', () => {
  it('is made again as the next attempt, to be sent at once while the market trades', async () => {
    const desk = withExit();
    const again = await replan(desk);
    const [before] = desk.records.tables.intents;
    expect(again).toMatchObject({
      attempt: 2,
      triggerKey: before!.triggerKey,
      side: 'SELL',
      qty: '10',
      reduceOnly: true,
    });
    expect(again!.sendAfter).toEqual(NOW);
    expect(desk.log).toEqual(['SELL intended']);
    expect(await replan(desk)).toBeNull();
  });

  it('sells no more than is held', async () => {
    const desk = withExit();
    desk.records.tables.positions[0]!.qty = '3';
    expect(await replan(desk)).toMatchObject({ qty: '3' });
  });

  it.each([
    ['it was sent', { state: 'done' }],
    ['it waits', { state: 'waiting' }],
    ['it was an entry', { reduceOnly: false }],
  ] as const)('is not made again where %s', async (_, row) => {
    expect(await replan(withExit(row))).toBeNull();
  });

  it('is not made again where something newer was decided', async () => {
    const desk = withExit();
    const createdAt = new Date(NOW.getTime() + 1);
    desk.records.tables.intents.push(sampleIntent(desk.deployment, { createdAt }));
    expect(await replan(desk)).toBeNull();
  });

  it.each(['0', '-10'])('is not made again where %s is held', async (qty) => {
    const desk = withExit();
    desk.records.tables.positions[0]!.qty = qty;
    expect(await replan(desk)).toBeNull();
  });

  it.each([
    [1, null],
    [0, 2],
    [NaN, 2],
  ])('is wanted while the newest target is its own: %s', async (signal, attempt) => {
    const desk = withExit();
    const decision = {
      prediction: 0,
      weight: 0,
      decision: 'keep',
      reason: null,
      features: new Float64Array(),
    } as const;
    const bars = [{ ...decision, openTimeMs: NOW.getTime(), signal }];
    await desk.records.run((em) =>
      desk.logs.addSignals(em, {
        deployment: desk.deployment,
        featureNames: [],
        evaluatedAt: NOW,
        decisions: bars as unknown as Parameters<typeof desk.logs.addSignals>[1]['decisions'],
      }),
    );
    expect((await replan(desk))?.attempt ?? null).toBe(attempt);
  });

  it('of a stop is wanted while the stop is latched', async () => {
    const desk = withExit({ trigger: 'stop', signal: '1' });
    expect(await replan(desk)).toBeNull();
    const { deploymentId } = desk.deployment;
    desk.records.tables.latches.push({ deploymentId, latchedSignal: 1, price: '90', lossPct: '10', latchedAt: NOW });
    expect(await replan(desk)).toMatchObject({ attempt: 2 });
  });

  it('of a flatten is wanted whatever the newest target is', async () => {
    const desk = withExit({ trigger: 'flatten' });
    jest.spyOn(desk.logs, 'newestTarget').mockResolvedValue(1);
    expect(await replan(desk)).toMatchObject({ attempt: 2 });
  });
});
