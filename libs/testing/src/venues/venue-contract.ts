import type { BrokerFill, OrderRequest, PlaceOutcome, Venue } from '@assay/domain';
import { Decimal } from '@assay/primitives';

/** A venue with an account of its own that holds nothing and can pay for a hundred lots, and what a test can do to it. */
export interface VenueBench {
  venue: Venue;
  /** Trades at a price that stays what it is. */
  symbol: string;
  lot: string;
  /** More than the account can pay for. */
  unaffordableQty: string;
  /** Time goes on at the venue until a market order that rests is filled. */
  trade(): Promise<void>;
  /** Order messages with the client id that reached the venue. */
  messages(clientOrderId: string): Promise<number>;
  /** The same account, over a connection that loses the answer to an order after the venue has taken it. */
  losingAnswers: Venue;
  /** The same account, over a connection that is down. */
  down: Venue;
}

let orders = 0;

/**
 * What every venue must keep to, whatever stands behind its port. `open` is asked before each test.
 * The numbers of a venue are decimal strings: they are compared as decimals.
 */
export function venueContract(open: () => Promise<VenueBench>): void {
  let b: VenueBench;
  beforeEach(async () => {
    b = await open();
  });

  const request = (more: Partial<OrderRequest> = {}): OrderRequest => ({
    clientOrderId: `contract${(orders += 1)}`,
    symbol: b.symbol,
    side: 'BUY',
    qty: b.lot,
    type: 'MARKET',
    ...more,
  });
  const place = (more: Partial<OrderRequest> = {}, venue = b.venue): Promise<PlaceOutcome> =>
    venue.placeOrder(request(more));
  const filled = async (more: Partial<OrderRequest> = {}): Promise<void> => {
    expect(await place(more)).toMatchObject({ kind: 'accepted' });
    await b.trade();
  };
  const lots = (count: number): string => new Decimal(b.lot).times(count).toFixed();
  const held = async (): Promise<number> => {
    const position = (await b.venue.getPositions()).find((one) => one.symbol === b.symbol);
    return new Decimal(position?.qty ?? 0).div(b.lot).toNumber();
  };

  describe('orders', () => {
    it('a market order is filled when the market trades, and its fill is told once', async () => {
      const asked = request({ qty: lots(3) });
      expect(await b.venue.placeOrder(asked)).toMatchObject({
        kind: 'accepted',
        order: { side: 'BUY', type: 'MARKET' },
      });
      await b.trade();
      const order = await b.venue.findOrder(asked);
      expect(order).toMatchObject({ clientOrderId: asked.clientOrderId, state: 'FILLED' });
      for (let i = 0; i < 2; i += 1) {
        const fills = (await b.venue.getFills(0)).filter((fill) => fill.clientOrderId === asked.clientOrderId);
        const sum = fills.reduce((total, fill) => total.plus(fill.qty), new Decimal(0));
        expect(sum.equals(asked.qty)).toBe(true);
        expect(new Set(fills.map((fill) => fill.fillId)).size).toBe(fills.length);
      }
      expect(await held()).toBe(3);
    });

    it('one that rests is among the open ones until it is canceled', async () => {
      const asked = request();
      await b.venue.placeOrder(asked);
      const open = async () => (await b.venue.getOrders({ open: true })).map((order) => order.clientOrderId);
      expect(await open()).toEqual([asked.clientOrderId]);
      expect(await b.venue.cancelOrder(asked)).toMatchObject({ kind: 'accepted', order: { state: 'CANCELED' } });
      expect(await open()).toEqual([]);
      await b.trade();
      expect(await b.venue.findOrder(asked)).toMatchObject({ state: 'CANCELED' });
      expect(await held()).toBe(0);
    });

    it('a cancel that comes after the fill changes nothing', async () => {
      const asked = request();
      await b.venue.placeOrder(asked);
      await b.trade();
      expect(await b.venue.cancelOrder(asked)).toMatchObject({ kind: 'accepted', order: { state: 'FILLED' } });
      expect(await held()).toBe(1);
    });

    it('one that is not known is neither canceled nor found', async () => {
      expect(await b.venue.cancelOrder(request())).toMatchObject({ kind: 'rejected' });
      expect(await b.venue.findOrder(request())).toBe('not_found');
    });

    it.each(['0', '-1', 'NaN', 'Infinity'])('a quantity of %s is refused', async (qty) => {
      expect(await place({ qty })).toMatchObject({ kind: 'rejected', code: 'INVALID_QTY' });
    });

    it('a part of a lot is refused', async () => {
      const qty = new Decimal(b.lot).times(1.5).toFixed();
      expect(await place({ qty })).toMatchObject({ kind: 'rejected', code: 'INVALID_QTY' });
    });

    it('a symbol that nobody knows is refused', async () => {
      expect(await place({ symbol: 'NO-SUCH-SYMBOL' })).toMatchObject({ kind: 'rejected', code: 'UNKNOWN_SYMBOL' });
    });

    it('an order type that the venue does not name is refused', async () => {
      const named = b.venue.capabilities.orderTypes;
      const [tif] = b.venue.capabilities.timesInForce;
      const outcome = await place({ type: 'LIMIT', price: '1', tif });
      expect(outcome.kind === 'rejected' && outcome.code === 'UNSUPPORTED').toBe(!named.includes('LIMIT'));
    });

    it.each([
      ['BUY', 0.5, 2],
      ['BUY', 1.5, 3],
      ['SELL', 1.5, 2],
      ['SELL', 0.5, 1],
    ] as const)(
      'a %s at a limit of %d times the price leaves %d of 2 lots: it is never filled worse',
      async (side, times, lotsHeld) => {
        const { orderTypes, timesInForce } = b.venue.capabilities;
        if (!orderTypes.includes('LIMIT')) return;
        await filled({ qty: lots(2) });
        const [{ price: last }] = (await b.venue.getFills(0)) as [BrokerFill];
        const price = new Decimal(last).times(times).toFixed();
        const asked = request({ type: 'LIMIT', side, price, tif: timesInForce[0] });
        await b.venue.placeOrder(asked);
        await b.trade();
        expect(await held()).toBe(lotsHeld);
        const unfilled = timesInForce[0] === 'IOC' ? 'EXPIRED' : 'ACCEPTED';
        const state = lotsHeld === 2 ? unfilled : 'FILLED';
        expect(await b.venue.findOrder(asked)).toMatchObject({ type: 'LIMIT', state });
      },
    );

    it('one that cannot be paid for is refused, and nothing of it is left', async () => {
      const asked = request({ qty: b.unaffordableQty });
      expect(await b.venue.placeOrder(asked)).toMatchObject({ kind: 'rejected', code: 'INSUFFICIENT_FUNDS' });
      expect(await b.venue.findOrder(asked)).toBe('not_found');
    });
  });

  describe('an order that may only reduce', () => {
    const reduceOnly = true;

    it('reduces', async () => {
      await filled({ qty: lots(3) });
      await filled({ side: 'SELL', qty: lots(2), reduceOnly });
      expect(await held()).toBe(1);
    });

    it.each([
      ['opens nothing', 0],
      ['does not turn a position round', 1],
      ['adds nothing', -1],
    ])('%s', async (_, before) => {
      if (!b.venue.capabilities.nativeReduceOnly) return;
      if (before !== 0) await filled({ qty: lots(2) });
      const asked = before === -1 ? { side: 'BUY' as const, qty: lots(1) } : { side: 'SELL' as const, qty: lots(3) };
      await place({ ...asked, reduceOnly });
      await b.trade();
      expect(await held()).toBe(before === 0 ? 0 : 2);
    });
  });

  describe('one client order id', () => {
    it('is one order, however often and at whatever time it is sent', async () => {
      if (b.venue.capabilities.clientIdScope !== 'all') return;
      const asked = request();
      await b.venue.placeOrder(asked);
      expect(await b.venue.placeOrder(asked)).toMatchObject({ kind: 'duplicate' });
      await b.trade();
      expect(await b.venue.placeOrder(asked)).toMatchObject({ kind: 'duplicate', order: { state: 'FILLED' } });
      await b.trade();
      expect(await held()).toBe(1);
    });

    it('is one order where it is sent twice at once', async () => {
      if (b.venue.capabilities.clientIdScope === 'none') return;
      const asked = request();
      const outcomes = await Promise.all([b.venue.placeOrder(asked), b.venue.placeOrder(asked)]);
      expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['accepted', 'duplicate']);
      await b.trade();
      expect([await held(), await b.messages(asked.clientOrderId)]).toEqual([1, 2]);
    });

    it('finds an order whose answer was lost, after one message on the wire', async () => {
      const asked = request();
      const cause = expect.any(String);
      const { clientOrderId } = asked;
      expect(await b.losingAnswers.placeOrder(asked)).toEqual({ kind: 'unknown', clientOrderId, cause });
      expect(await b.venue.findOrder(asked)).toMatchObject({ clientOrderId });
      expect(await b.messages(clientOrderId)).toBe(1);
    });
  });

  describe('a venue that is down', () => {
    it('says that it is not reachable', async () => {
      expect(await b.down.health()).toMatchObject({ reachable: false, tradable: false });
      expect(await b.venue.health()).toMatchObject({ reachable: true });
    });

    it('does not throw on an order: its fate is unknown, and it was not taken', async () => {
      const asked = request();
      expect(await b.down.placeOrder(asked)).toMatchObject({ kind: 'unknown', clientOrderId: asked.clientOrderId });
      expect(await b.venue.findOrder(asked)).toBe('not_found');
    });

    it('is not flat, has no orders and no money: it does not know', async () => {
      await expect(b.down.getPositions()).rejects.toThrow();
      await expect(b.down.getOrders()).rejects.toThrow();
      await expect(b.down.getFills(0)).rejects.toThrow();
      await expect(b.down.getAccountInfo()).rejects.toThrow();
      await expect(b.down.findOrder(request())).rejects.toThrow();
    });
  });

  describe('the account', () => {
    it('pays for what it buys and its fee, and no more is available than is there', async () => {
      const before = await b.venue.getAccountInfo();
      await filled({ qty: lots(2) });
      const [fill] = await b.venue.getFills(0);
      const after = await b.venue.getAccountInfo();
      const paid = new Decimal(fill!.price).times(fill!.qty).plus(fill!.fee);
      expect(new Decimal(before.cash).minus(after.cash).equals(paid)).toBe(true);
      expect(new Decimal(after.equity).plus(fill!.fee).equals(before.equity)).toBe(true);
      expect(new Decimal(after.availableCash).lte(after.equity)).toBe(true);
    });

    it('cannot spend what an order that rests will cost', async () => {
      const before = await b.venue.getAccountInfo();
      await place({ qty: lots(2) });
      const resting = await b.venue.getAccountInfo();
      expect(new Decimal(resting.availableCash).lt(before.availableCash)).toBe(true);
      expect(resting.cash).toBe(before.cash);
    });
  });

  it('fills are told from the asked instant on', async () => {
    await filled();
    const [fill] = await b.venue.getFills(0);
    expect(await b.venue.getFills(fill!.atMs)).toHaveLength(1);
    expect(await b.venue.getFills(fill!.atMs + 1)).toEqual([]);
  });

  it('knows the order rules of its symbol', async () => {
    expect(await b.venue.getInstrument(b.symbol)).toMatchObject({ symbol: b.symbol, lot: b.lot });
  });
}
