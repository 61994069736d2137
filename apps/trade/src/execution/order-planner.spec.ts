import { OrderDesk, sampleVenue } from '../../test/order-desk';
import { sampleIntent, sampleOrder } from '../../test/sample-rows';
import { sizeOf } from './order-planner';
import { TakeBackFirst } from './open-orders.service';

const legs = (intents: { leg: string; side: string; qty: string }[]): string[] =>
  intents.map(({ leg, side, qty }) => `${leg} ${side} ${qty}`);

describe('a target becomes orders', () => {
  it('an entry of the size that the deployment states, with its log row and the target it is for', async () => {
    const desk = new OrderDesk();
    const [intent, ...more] = await desk.decide();
    expect(more).toEqual([]);
    expect(intent).toMatchObject({ leg: 'open', side: 'BUY', qty: '10', trigger: 'bar', attempt: 1, state: 'waiting' });
    expect(desk.log).toEqual(['BUY intended']);
    expect(desk.records.tables.trades[0]!.logId).toBe(intent!.logId);
    expect(desk.records.tables.positions).toMatchObject([{ qty: '0', targetSignal: 1, targetQty: '10' }]);
  });

  it('to be sent ahead of the next opening where the timeframe is a day', async () => {
    const [intent] = await new OrderDesk().decide();
    expect(intent!.sendAfter.toISOString()).toBe('2024-05-16T13:25:00.000Z');
  });

  it('an exit where the target is flat', async () => {
    const desk = new OrderDesk();
    desk.holds('10');
    const intents = await desk.decide({ signal: 0, weight: 0 });
    expect(legs(intents)).toEqual(['close SELL 10']);
    expect(intents[0]).toMatchObject({ reduceOnly: true, signal: '0' });
    expect(desk.records.tables.positions[0]).toMatchObject({ targetSignal: 0, targetQty: '0' });
  });

  it('two legs where it turns round, the second after the first', async () => {
    const desk = new OrderDesk();
    desk.holds('10');
    const intents = await desk.decide({ signal: -1, weight: -1 });
    expect(legs(intents)).toEqual(['close SELL 10', 'open SELL 10']);
    expect(intents.map((one) => one.dependsOn)).toEqual([null, intents[0]!.intentId]);
    expect(desk.log).toEqual(['SELL intended', 'SELL intended']);
  });

  it('more of the same where the size has grown', async () => {
    const desk = new OrderDesk({ qty: '15' });
    desk.holds('10', '100', { targetSignal: 1, targetQty: '10' });
    expect(legs(await desk.decide())).toEqual(['resize BUY 5']);
  });
});

describe('a target that is kept', () => {
  it.each([
    ['is in force already', {}, '10', 'HOLD already_held'],
    ['is flat and nothing is held', { signal: 0, weight: 0 }, null, 'HOLD already_flat'],
    ['waits for its first entry', { joined: false }, null, 'HOLD awaiting_next_entry'],
    ['has no signal', { signal: null, noSignal: 'warming_up' }, null, 'HOLD warming_up'],
  ])('because it %s', async (_, decided, held, line) => {
    const desk = new OrderDesk();
    if (held) desk.holds(held, '100', { targetSignal: 1, targetQty: held });
    expect(await desk.decide(decided)).toEqual([]);
    expect(desk.log).toHaveLength(1);
    expect(desk.log[0]).toBe(line);
    expect(desk.records.tables.trades[0]).toMatchObject({ success: true });
  });

  it('says what the feed of its bars said last, where it said something', async () => {
    const message = async (feedSays?: string | null): Promise<string> => {
      const desk = new OrderDesk();
      await desk.decide({ signal: null, noSignal: 'waiting_for_bars', feedSays });
      return desk.records.tables.trades[0]!.message;
    };
    const silent = await message();
    expect(silent).not.toBe('');
    expect(await message(null)).toBe(silent);
    expect(await message('example.com answered 503')).toBe(`${silent}; its feed: example.com answered 503`);
  });

  it('leaves no row where only orders are to be logged', async () => {
    const desk = new OrderDesk();
    desk.holds('10', '100', { targetSignal: 1, targetQty: '10' });
    await desk.decide({ logHold: false });
    expect(desk.log).toEqual([]);
  });
});

describe('a target that is refused', () => {
  it('says which check failed, what it saw and its limit, and aims at nothing new', async () => {
    const desk = new OrderDesk();
    desk.venue = sampleVenue({ account: { ...sampleVenue().account!, availableCash: '500' } });
    expect(await desk.decide()).toEqual([]);
    const [row] = desk.records.tables.trades;
    expect(row).toMatchObject({ action: 'REJECTED', qty: '10', success: false, reasonCode: 'insufficient_cash' });
    expect(row!.message).toBe('it needs 1001.5 with its costs, and 500 is free');
    expect(desk.records.tables.positions).toEqual([]);
  });

  it('is logged even where holds are not', async () => {
    const desk = new OrderDesk({ status: 'paused' });
    await desk.decide({ logHold: false });
    expect(desk.log).toEqual(['REJECTED paused']);
  });
});

describe('a stop', () => {
  const losing = (): OrderDesk => {
    const desk = new OrderDesk();
    desk.holds('10', '110', { targetSignal: 1, targetQty: '10' });
    return desk;
  };

  it('forces an exit under a key of its own and latches the target', async () => {
    const desk = losing();
    const intents = await desk.decide({ trigger: 'stop', logHold: false });
    expect(legs(intents)).toEqual(['close SELL 10']);
    expect(intents[0]).toMatchObject({ trigger: 'stop', triggerKey: new Date(desk.nowMs).toISOString(), signal: '1' });
    expect(desk.records.tables.latches).toMatchObject([{ latchedSignal: 1, price: '100', lossPct: '9.090909' }]);
  });

  it('is sent at once while the market trades', async () => {
    const desk = losing();
    const [intent] = await desk.decide({ trigger: 'stop' });
    expect(intent!.sendAfter.getTime()).toBe(desk.nowMs);
  });

  it('is tried again under the same key, as the next attempt', async () => {
    const desk = losing();
    const [first] = await desk.decide({ trigger: 'stop' });
    await desk.records.run((em) => desk.orders.setIntent(em, first!.intentId, { state: 'refused' }));
    desk.nowMs += 60_000;
    const [again] = await desk.decide({ trigger: 'stop' });
    expect(again).toMatchObject({ triggerKey: first!.triggerKey, attempt: 2 });
    expect(again!.clientOrderId).not.toBe(first!.clientOrderId);
  });

  it('does nothing between runs where its loss is not reached', async () => {
    const desk = new OrderDesk();
    desk.holds('10', '101', { targetSignal: 1, targetQty: '10' });
    expect(await desk.decide({ trigger: 'stop', logHold: false })).toEqual([]);
    expect(desk.log).toEqual([]);
  });

  it('keeps the position closed until the target changes, and then lets go', async () => {
    const desk = new OrderDesk();
    const { deploymentId } = desk.deployment;
    const latchedAt = new Date(desk.nowMs - 1);
    desk.records.tables.latches.push({ deploymentId, latchedSignal: 1, price: '90', lossPct: '10', latchedAt });
    expect(await desk.decide()).toEqual([]);
    expect(desk.log).toEqual(['HOLD stop_latched']);
    await desk.decide({ signal: 0, weight: 0 });
    expect(desk.records.tables.latches).toEqual([]);
    expect(legs(await desk.decide())).toEqual(['open BUY 10']);
  });
});

describe('own orders that lead away from the target', () => {
  it('are canceled where they were not sent, and the target is judged anew', async () => {
    const desk = new OrderDesk();
    const old = sampleIntent(desk.deployment, { side: 'SELL', signal: '-1' });
    desk.records.tables.intents.push(old);
    expect(legs(await desk.decide())).toEqual(['open BUY 10']);
    expect(desk.records.tables.intents[0]).toMatchObject({ state: 'canceled', reason: 'superseded' });
  });

  it('have to be taken back first where they rest at the venue: nothing is written', async () => {
    const desk = new OrderDesk();
    const old = sampleIntent(desk.deployment, { side: 'SELL', state: 'working' });
    desk.records.tables.intents.push(old);
    desk.records.tables.orders.push(sampleOrder(old, { state: 'ACCEPTED' }));
    await expect(desk.decide()).rejects.toEqual(new TakeBackFirst([old.clientOrderId]));
    expect([desk.log, desk.records.tables.intents.length]).toEqual([[], 1]);
  });

  it('are reckoned with where they could not be taken back', async () => {
    const desk = new OrderDesk();
    const old = sampleIntent(desk.deployment, { side: 'SELL', state: 'working' });
    desk.records.tables.intents.push(old);
    desk.records.tables.orders.push(sampleOrder(old, { state: 'ACCEPTED' }));
    expect(await desk.decide({ tookBack: true })).toEqual([]);
    expect(desk.log).toEqual(['HOLD orders_pending']);
  });
});

describe('an account limit that is broken', () => {
  const broken = (limits: object): OrderDesk => {
    const desk = new OrderDesk({}, { limits, peakEquity: '200000' });
    const { accountId } = desk.account;
    desk.records.tables.accountDays.push({ accountId, tradingDay: '2024-05-15', startEquity: '120000' });
    return desk;
  };

  it.each([
    ['daily loss', { max_daily_loss_pct: 10 }, 'REDUCING', 'daily_loss'],
    ['drawdown', { max_drawdown_pct: 20 }, 'HALTED', 'drawdown'],
  ])('by its %s stops entries of every deployment and tells the world', async (_, limits, state, reason) => {
    const desk = broken(limits);
    expect(await desk.decide()).toEqual([]);
    expect(desk.log).toEqual([`REJECTED ${reason}`]);
    expect(desk.records.tables.accounts).toMatchObject([
      { tradingState: state, tradingStateReason: reason, version: 2, peakEquity: '200000' },
    ]);
    expect(desk.events).toMatchObject([{ type: 'risk.halted', data: { trading_state: state, reason } }]);
  });

  it('keeps the highest equity that this very look has found', async () => {
    const desk = broken({ max_daily_loss_pct: 10 });
    desk.records.tables.accounts[0]!.peakEquity = '50000';
    await desk.decide();
    expect(desk.records.tables.accounts).toMatchObject([{ tradingState: 'REDUCING', peakEquity: '100000' }]);
  });

  it('never softens what a person has halted', async () => {
    const desk = broken({ max_daily_loss_pct: 10 });
    desk.records.tables.accounts[0]!.tradingState = 'HALTED';
    await desk.decide();
    expect(desk.records.tables.accounts).toMatchObject([{ tradingState: 'HALTED', tradingStateReason: null }]);
    expect(desk.events).toEqual([]);
  });

  it('lets an exit go, and halts all the same', async () => {
    const desk = broken({ max_drawdown_pct: 20 });
    desk.holds('10');
    expect(legs(await desk.decide({ signal: 0, weight: 0 }))).toEqual(['close SELL 10']);
    expect(desk.records.tables.accounts[0]!.tradingState).toBe('HALTED');
  });
});

describe('the size of a full position', () => {
  const held = { realisedPnl: '100', fees: '10', qty: '2', averagePrice: '90' } as Parameters<typeof sizeOf>[1];

  it('is the stated quantity by the weight, whatever its sign', () => {
    expect([1, 0.5, -0.5].map((weight) => sizeOf({ capital: null, qty: '10' }, null, weight, null))).toEqual([
      '10',
      '5',
      '5',
    ]);
  });

  it('is what capital and own profit buy at the price', () => {
    expect(sizeOf({ capital: '1000', qty: null }, null, 1, '100')).toBe('10');
    expect(sizeOf({ capital: '1000', qty: '3' }, null, 1, '100')).toBe('10');
    // 1000 + 100 realised - 10 of fees + 2 x (100 - 90) open
    expect(sizeOf({ capital: '1000', qty: null }, held, 1, '100')).toBe('11.1');
  });

  it('is nothing where no price is known', () => {
    expect(sizeOf({ capital: '1000', qty: null }, held, 1, null)).toBe('0');
  });
});
