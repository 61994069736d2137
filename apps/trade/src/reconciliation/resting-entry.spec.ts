import { MINUTE_MS } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import { OrderDesk } from '../../test/order-desk';
import { NOW, sampleFill, sampleIntent, sampleOrder } from '../../test/sample-rows';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { restingAnswer } from '../deployments/resting-answer';
import { isReachedBy, RestingEntries } from './resting-entry';

/** The close of the day before, after which the order rests. */
const KEY = '2024-05-14T20:00:00.000Z';
const LAST_BAR = new Date('2024-05-14T00:00:00Z');

class Desk extends OrderDesk {
  readonly entries = new RestingEntries(this.runs, this.positions, this.orders);

  rests(side: -1 | 1 = 1, barsLeft = 2): this {
    const resting = { type: 'limit' as const, level: 99, weight: side, barsLeft };
    this.records.tables.states.push({
      ...{ deploymentId: this.deployment.deploymentId, configHash: 'c', artifactSha256: null, bars: 9, state: '' },
      ...{ firstBar: LAST_BAR, lastBar: LAST_BAR, lastClose: 100, signalAtStart: 0, updatedAt: NOW },
      levels: { side, entryPrice: null, stops: [], target: null, resting },
    });
    return this;
  }

  of() {
    return this.records.run((em) => this.entries.of(em, this.deployment, this.nowMs));
  }

  /** An attempt under the order, what it has filled, and what that is in the ledger. */
  attempt(row: Partial<OrderIntentEntity>, filledQty = '0'): void {
    const intent = sampleIntent(this.deployment, { trigger: 'entry', triggerKey: KEY, ...row });
    const order = sampleOrder(intent, { filledQty });
    this.records.tables.intents.push(intent);
    this.records.tables.orders.push(order);
    if (filledQty !== '0') this.records.tables.fills.push(sampleFill(order, { qty: filledQty }));
  }

  /** What the planner makes of it at its level. */
  async enter(): Promise<string[]> {
    const entry = await this.of();
    if (!entry) return [];
    const intents = await this.decide({
      trigger: 'entry',
      triggerKey: entry.key,
      weight: entry.weight,
      limitPrice: '99',
    });
    return intents.map((one) => `${one.leg} ${one.side} ${one.qty} at ${one.limitPrice}, attempt ${one.attempt}`);
  }
}

describe('an entry order that rests', () => {
  it('may be sent in the bar after the close that has set it', async () => {
    const desk = new Desk().rests();
    expect(await desk.of()).toMatchObject({ side: 1, level: 99, key: KEY, closeMs: Date.parse(KEY), joined: true });
    expect(await desk.enter()).toEqual(['open BUY 10 at 99, attempt 1']);
    expect(desk.records.tables.intents).toMatchObject([{ trigger: 'entry', triggerKey: KEY, sendAfter: NOW }]);
    // what is on its way is not sent again
    expect(await desk.of()).toBeNull();
  });

  it('is not sent once a newer bar has closed, nor while the market is closed', async () => {
    const desk = new Desk().rests();
    desk.nowMs = Date.parse('2024-05-15T20:00:00Z');
    expect(await desk.of()).toBeNull();
    desk.nowMs = Date.parse('2024-05-15T12:00:00Z');
    expect(await desk.of()).toBeNull();
  });

  it.each([
    ['the venue ended it unfilled', { state: 'expired' }, true],
    ['the venue canceled it', { state: 'canceled' }, true],
    ['it was refused', { state: 'refused', reason: 'INSUFFICIENT_FUNDS' }, false],
    ['it was not sent in its time', { state: 'expired', reason: 'intent_expired' }, false],
    ['a person flattened meanwhile', { state: 'canceled', reason: 'flatten' }, false],
    ['it is of unknown fate', { state: 'unknown' }, false],
  ] as const)('may be sent again where %s: %o %s', async (_, row, again) => {
    const desk = new Desk().rests();
    desk.attempt(row);
    expect(await desk.enter()).toEqual(again ? ['open BUY 10 at 99, attempt 2'] : []);
  });

  it('is topped up by what an attempt that is over has left, and never beyond it', async () => {
    const desk = new Desk().rests();
    desk.attempt({ state: 'expired' }, '4');
    desk.holds('4', '99', { targetSignal: 1, targetQty: '10' });
    expect(await desk.enter()).toEqual(['resize BUY 6 at 99, attempt 1']);
    const whole = new Desk().rests();
    whole.attempt({ state: 'expired' }, '10');
    whole.holds('10', '99', { targetSignal: 1, targetQty: '10' });
    expect(await whole.of()).toBeNull();
  });

  it('is not entered again in the bar in which what it had entered was left', async () => {
    const desk = new Desk().rests();
    desk.attempt({ state: 'expired' }, '4');
    desk.holds('0', '99', { targetSignal: 0, targetQty: '0' });
    expect(await desk.of()).toBeNull();
  });

  it('waits until a position is left that it has not entered', async () => {
    const desk = new Desk().rests(-1);
    desk.holds('10', '100', { targetSignal: 0, targetQty: '0' });
    expect(await desk.of()).toBeNull();
  });

  it('is no entry of a deployment that waits for another one', async () => {
    const desk = new Desk({ joinRule: 'next_entry', joined: false }).rests();
    desk.records.tables.states[0]!.signalAtStart = 1;
    expect(await desk.of()).toMatchObject({ joined: false });
    desk.records.tables.states[0]!.signalAtStart = 0;
    expect(await desk.of()).toMatchObject({ joined: true });
  });

  it('is reached by prices of its own bar alone', async () => {
    const entry = (await new Desk().rests().of())!;
    const at = (price: string, atMs = entry.closeMs + MINUTE_MS) => isReachedBy(entry, { price, atMs });
    expect([at('99'), at('98.5'), at('99.01'), at('98.5', entry.closeMs - 1)]).toEqual([true, true, false, false]);
    const short = (await new Desk().rests(-1).of())!;
    expect(['99', '99.5', '98.99'].map((price) => isReachedBy(short, { price, atMs: entry.closeMs }))).toEqual([
      ...[true, true, false],
    ]);
  });
});

describe('the answer about it', () => {
  const answer = async (desk: Desk, position: { qty: string } | null = null, status = 'active' as const) => {
    const { deploymentId } = desk.deployment;
    const resting = (await desk.runs.resting({} as EntityManager, [deploymentId]))[0] ?? null;
    return restingAnswer({ ...desk.deployment, status }, resting, position as never);
  };

  it('says what it waits for and until when', async () => {
    expect(await answer(new Desk().rests())).toEqual({
      ...{ side: 'BUY', type: 'limit', level: '99', bars_left: 2 },
      expires_at: '2024-05-16T20:00:00.000Z',
    });
    expect(await answer(new Desk().rests(-1, 1001))).toMatchObject({ side: 'SELL', expires_at: null });
  });

  it('is null where none rests, where it was filled, and of a deployment that is stopped', async () => {
    expect(await answer(new Desk())).toBeNull();
    expect(await answer(new Desk().rests(), { qty: '10' })).toBeNull();
    expect(await answer(new Desk().rests(), null, 'stopped' as never)).toBeNull();
  });
});
