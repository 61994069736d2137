import fc from 'fast-check';
import { targetOrders, type TargetOrdersInput } from './target-orders';

const base: TargetOrdersInput = {
  signal: 1,
  size: '100',
  position: '0',
  openOrders: [],
  inForce: null,
  lot: '1',
  allowShort: true,
};
const plan = (change: Partial<TargetOrdersInput>) => targetOrders({ ...base, ...change });
const legsOf = (change: Partial<TargetOrdersInput>) =>
  plan(change).legs.map(
    ({ leg, side, qty, reducing, afterClose }) =>
      `${leg} ${side} ${qty}${reducing ? ' reducing' : ''}${afterClose ? ' after close' : ''}`,
  );

it.each([
  ['99.99999999999999', 'open BUY 100'],
  ['99.999999', 'open BUY 99'],
  ['100.00000000000001', 'open BUY 100'],
])('a computed size of %s is %s: what rounding took from a lot is given back', (size, order) => {
  expect(legsOf({ size })).toEqual([order]);
});

describe('the intended action', () => {
  const inForce = (signal: -1 | 0 | 1) => ({ signal, quantity: String(100 * signal) });
  it.each<[-1 | 0 | 1, string, string[], string | null]>([
    [1, '0', ['open BUY 100'], null],
    [1, '100', [], 'already_held'],
    [1, '-100', ['close BUY 100 reducing', 'open BUY 100 after close'], null],
    [0, '0', [], 'already_flat'],
    [0, '100', ['close SELL 100 reducing'], null],
    [0, '-100', ['close BUY 100 reducing'], null],
    [-1, '0', ['open SELL 100'], null],
    [-1, '100', ['close SELL 100 reducing', 'open SELL 100 after close'], null],
    [-1, '-100', [], 'already_held'],
  ])('of signal %d at position %s is %j', (signal, position, legs, hold) => {
    expect(legsOf({ signal, position, inForce: inForce(Math.sign(Number(position)) as 0) })).toEqual(legs);
    expect(plan({ signal, position }).hold).toBe(hold);
  });

  it('of a short where none is allowed is to hold or only to close', () => {
    expect(plan({ signal: -1, allowShort: false })).toMatchObject({ legs: [], hold: 'short_not_allowed' });
    expect(legsOf({ signal: -1, allowShort: false, position: '100' })).toEqual(['close SELL 100 reducing']);
  });

  it('is rounded down to the lot, and holds below one', () => {
    expect(legsOf({ size: '250', lot: '100' })).toEqual(['open BUY 200']);
    expect(plan({ size: '99', lot: '100' })).toMatchObject({ legs: [], hold: 'below_lot' });
    expect(legsOf({ size: '0.0129', lot: '0.001', signal: -1 })).toEqual(['open SELL 0.012']);
  });

  it('holds below the minimum quantity or notional', () => {
    expect(plan({ size: '4', minQty: '5' })).toMatchObject({ legs: [], hold: 'below_minimum' });
    expect(plan({ size: '4', minNotional: '10', lastPrice: '2' })).toMatchObject({ legs: [], hold: 'below_minimum' });
    expect(legsOf({ size: '5', minNotional: '10', lastPrice: '2' })).toEqual(['open BUY 5']);
  });

  it('closes no more than there is to close', () => {
    expect(legsOf({ signal: 0, position: '100', closable: '99.9', lot: '1' })).toEqual(['close SELL 99 reducing']);
  });
});

describe('the same signal', () => {
  const held = { position: '100', inForce: { signal: 1, quantity: '100' } as const };

  it('holds while its quantity differs by less than a lot or the band, else one order resizes', () => {
    expect(plan({ ...held, size: '109', lot: '10' })).toMatchObject({ legs: [], hold: 'already_held' });
    expect(plan({ ...held, size: '109', rebalanceBand: 0.1 })).toMatchObject({ legs: [], hold: 'already_held' });
    expect(legsOf({ ...held, size: '110', rebalanceBand: 0.1 })).toEqual(['resize BUY 10']);
    expect(legsOf({ ...held, size: '60' })).toEqual(['resize SELL 40 reducing']);
  });

  it('tops up what our own orders fell short of, whatever the band', () => {
    expect(legsOf({ ...held, position: '40', size: '104', rebalanceBand: 0.1 })).toEqual(['resize BUY 60']);
    expect(legsOf({ ...held, position: '0' })).toEqual(['open BUY 100']);
  });

  it('waits for orders on their way', () => {
    const openOrders = [{ clientOrderId: 'a', side: 'BUY' as const, remainingQty: '60', afterClose: false }];
    expect(plan({ ...held, position: '40', openOrders })).toMatchObject({
      legs: [],
      cancel: [],
      hold: 'orders_pending',
    });
  });
});

describe('open orders', () => {
  it('that lead away from the target are to be cancelled before anything is sent', () => {
    const openOrders = [{ clientOrderId: 'a', side: 'BUY' as const, remainingQty: '50', afterClose: false }];
    expect(plan({ signal: -1, openOrders })).toMatchObject({ legs: [], cancel: ['a'], hold: 'orders_pending' });
    expect(plan({ signal: 0, position: '50', openOrders })).toMatchObject({ legs: [], cancel: ['a'] });
  });

  it('that together go past the target are to be cancelled', () => {
    const openOrders = [{ clientOrderId: 'a', side: 'BUY' as const, remainingQty: '150', afterClose: false }];
    expect(plan({ openOrders })).toMatchObject({ legs: [], cancel: ['a'] });
  });

  it('that close leave the rest to close, and the open leg waiting', () => {
    const openOrders = [{ clientOrderId: 'a', side: 'SELL' as const, remainingQty: '40', afterClose: false }];
    expect(legsOf({ signal: 0, position: '100', openOrders })).toEqual(['close SELL 60 reducing']);
    const whole = [{ ...openOrders[0], remainingQty: '100' }];
    expect(plan({ signal: -1, position: '100', openOrders: whole })).toMatchObject({
      legs: [],
      hold: 'orders_pending',
    });
  });
});

describe('a flip on its way', () => {
  const flip = { signal: -1 as const, size: '50', position: '100', inForce: { signal: -1 as const, quantity: '-50' } };
  const close = { clientOrderId: 'close', side: 'SELL' as const, remainingQty: '100', afterClose: false };
  const open = { clientOrderId: 'open', side: 'SELL' as const, remainingQty: '50', afterClose: true };

  it('with both legs pending waits', () => {
    expect(plan({ ...flip, openOrders: [close, open] })).toMatchObject({
      legs: [],
      cancel: [],
      hold: 'orders_pending',
    });
  });

  it('judged again for its close leg closes the whole position, though the open leg waits', () => {
    for (const size of ['50', '100', '170']) {
      const waiting = { ...open, remainingQty: size };
      const inForce = { signal: -1 as const, quantity: `-${size}` };
      expect(legsOf({ ...flip, size, inForce, openOrders: [waiting] })).toEqual(['close SELL 100 reducing']);
    }
  });

  it('judged again for its open leg opens from flat', () => {
    expect(legsOf({ ...flip, position: '0' })).toEqual(['open SELL 50']);
  });

  it('called off has its open leg cancelled, and its close leg too where the position is kept', () => {
    expect(plan({ signal: 0, position: '100', openOrders: [close, open] }).cancel).toContain('open');
    expect(plan({ signal: 0, position: '100', openOrders: [{ ...open }] }).cancel).toEqual(['open']);
    expect(plan({ signal: 1, position: '100', openOrders: [close, open] }).cancel).toEqual(['close', 'open']);
  });
});

describe('any plan', () => {
  const quantity = fc.integer({ min: -200, max: 200 });
  it('ends at the target, and its closing order never flips the position', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(-1, 0, 1),
        quantity,
        fc.nat(200),
        fc.constantFrom(1, 7),
        (signal, position, size, lot) => {
          const held = Math.trunc(position / lot) * lot + 0;
          const { legs, target } = plan({
            signal: signal as 0,
            position: String(held),
            size: String(size),
            lot: String(lot),
          });
          expect(Number(target)).toBe(signal * Math.floor(size / lot) * lot + 0);
          let at = held;
          for (const leg of legs) {
            expect(Number(leg.qty) > 0 && Number(leg.qty) % lot === 0).toBe(true);
            const next = at + (leg.side === 'BUY' ? 1 : -1) * Number(leg.qty);
            if (leg.reducing) expect(Math.abs(next) < Math.abs(at) && next * at >= 0).toBe(true);
            else expect(Math.abs(next)).toBeGreaterThan(Math.abs(at));
            at = next;
          }
          expect(at).toBe(Number(target));
        },
      ),
    );
  });
});
