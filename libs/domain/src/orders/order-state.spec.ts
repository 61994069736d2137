import fc from 'fast-check';
import { allowsNextAttempt, applyOrderEvent, isTerminal, type OrderEvent, type TrackedOrder } from './order-state';

describe('an order', () => {
  const sent: TrackedOrder = {
    clientOrderId: 'c',
    brokerOrderId: null,
    qty: '10',
    filledQty: '0',
    averagePrice: null,
    state: 'PENDING_NEW',
    rejectCode: null,
    fillIds: [],
  };
  const after = (...events: OrderEvent[]) => events.reduce(applyOrderEvent, sent);
  const status = (state: TrackedOrder['state'], filledQty?: string): OrderEvent => ({
    kind: 'status',
    state,
    filledQty,
    brokerOrderId: 'b',
  });
  const fill = (fillId: string, qty: string, price = '5'): OrderEvent => ({ kind: 'fill', fillId, qty, price });

  it('is acknowledged, partly filled, filled', () => {
    expect(after(status('ACCEPTED'))).toMatchObject({ state: 'ACCEPTED', brokerOrderId: 'b' });
    expect(after(status('ACCEPTED'), fill('1', '4', '5'), fill('2', '6', '6'))).toMatchObject({
      state: 'FILLED',
      filledQty: '10',
      averagePrice: '5.6',
    });
  });

  it('filled before its acknowledgement stays filled when that comes', () => {
    expect(after(fill('1', '4'), status('ACCEPTED'))).toMatchObject({ state: 'PARTIALLY_FILLED', brokerOrderId: 'b' });
    expect(after(fill('1', '10'), status('ACCEPTED')).state).toBe('FILLED');
  });

  it('counts a fill once', () => {
    const once = after(fill('1', '4'));
    expect(applyOrderEvent(once, fill('1', '4'))).toBe(once);
  });

  it('cancelled after a part keeps what was filled', () => {
    expect(after(fill('1', '4'), status('CANCELED'))).toMatchObject({ state: 'CANCELED', filledQty: '4' });
  });

  it('cancelled after it was filled is FILLED, and a fill that raced the cancel counts', () => {
    expect(after(fill('1', '10'), status('CANCELED')).state).toBe('FILLED');
    expect(after(status('CANCELED'), fill('1', '4'))).toMatchObject({ state: 'CANCELED', filledQty: '4' });
    expect(after(status('CANCELED'), fill('1', '10')).state).toBe('FILLED');
  });

  it('ignores a status older than what is known', () => {
    expect(after(status('CANCELED'), status('ACCEPTED')).state).toBe('CANCELED');
    expect(after(status('PARTIALLY_FILLED', '4'), status('ACCEPTED', '2'))).toMatchObject({
      state: 'PARTIALLY_FILLED',
      filledQty: '4',
    });
  });

  it('unknown is not failed: any later word resolves it', () => {
    expect(after({ kind: 'unknown' }).state).toBe('UNKNOWN');
    expect(after({ kind: 'unknown' }, status('ACCEPTED')).state).toBe('ACCEPTED');
    expect(after({ kind: 'unknown' }, fill('1', '4')).state).toBe('PARTIALLY_FILLED');
    expect(after({ kind: 'unknown' }, { kind: 'rejected', code: 'AUTH' })).toMatchObject({
      state: 'REJECTED',
      rejectCode: 'AUTH',
    });
    expect(after(status('FILLED', '10'), { kind: 'unknown' }).state).toBe('FILLED');
  });

  it('filled cannot be rejected any more, and a fill overrules a rejection', () => {
    expect(after(fill('1', '4'), { kind: 'rejected', code: 'OTHER' }).state).toBe('PARTIALLY_FILLED');
    expect(after({ kind: 'rejected', code: 'OTHER' }, fill('1', '4')).state).toBe('PARTIALLY_FILLED');
  });

  it('counts no more than was ordered: the surplus of a venue is not its own', () => {
    expect(after(fill('1', '6'), fill('2', '9', '6'))).toMatchObject({
      state: 'FILLED',
      filledQty: '10',
      averagePrice: '5.4',
    });
    const filled = after(fill('1', '10'));
    expect(applyOrderEvent(filled, fill('2', '5'))).toBe(filled);
    expect(after(status('FILLED', '11'))).toMatchObject({ state: 'FILLED', filledQty: '10' });
  });

  it('allows another attempt only when proven over with something left', () => {
    expect(allowsNextAttempt(after(status('CANCELED', '4')))).toBe(true);
    expect(allowsNextAttempt(after({ kind: 'rejected', code: 'OTHER' }))).toBe(true);
    expect(allowsNextAttempt(after({ kind: 'unknown' }))).toBe(false);
    expect(allowsNextAttempt(after(status('ACCEPTED')))).toBe(false);
    expect(allowsNextAttempt(after(fill('1', '10')))).toBe(false);
  });

  it('ends with the same fills in whatever order its events come, and however often', () => {
    const events = [status('ACCEPTED'), fill('1', '3'), fill('2', '2', '7'), status('CANCELED')];
    const anyOrder = fc.shuffledSubarray([...events, ...events], { minLength: 8 });
    fc.assert(
      fc.property(anyOrder, (shuffled) => {
        const order = after(...shuffled);
        expect(order).toMatchObject({ filledQty: '5', averagePrice: '5.8' });
        expect(isTerminal(order.state)).toBe(true);
      }),
    );
  });
});
