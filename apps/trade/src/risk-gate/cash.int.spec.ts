import * as testing from '@assay/testing';
import type { BenchDraft } from '../../test/bench';
import { Bench, closesOf } from '../../test/bench';
import { neverReached, silent } from '../../test/broken-venues';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade } from '../../test/trade-stack';

jest.setTimeout(90_000);

describe('the cash of an account', () => {
  let trade: TradeStack;
  let symbols = 0;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterAll(() => trade?.close());

  const account = async (more: object = {}): Promise<string> => {
    const body = { broker: 'PAPER', initial_cash: '10000', fee_bps: 0, ...more };
    return (await trade.call('POST', '/accounts', body)).body.account_id;
  };
  /** A deployment of 90 shares at about 100 on an account; the moves as in `closesOf`. */
  const bench = (accountId: string, moves = '==+++', more: Partial<BenchDraft> = {}): Promise<Bench> => {
    const dates = sessionsBefore('US', '2024-06-01', moves.length);
    const deployment = { account_id: accountId, qty: '90', ...more.deployment };
    return Bench.open(trade, { symbol: `C${(symbols += 1)}`, dates, closes: closesOf(moves), ...more, deployment });
  };
  const order = (b: Bench, side: 'BUY' | 'SELL', id: string) =>
    b.venue.placeOrder({ clientOrderId: id, symbol: b.draft.symbol, side, qty: '90', type: 'MARKET' });
  const available = async (b: Bench): Promise<number> => Number((await b.broker.getAccountInfo()).availableCash);
  const states = async (b: Bench): Promise<string[]> =>
    (await trade.call('GET', `/deployments/${b.id}/orders`)).body.items.map((row: Record<string, string>) =>
      `${row.side} ${row.state} ${row.reject_code ?? ''}`.trim(),
    );

  it('is promised once: of five entries of 9,000 decided at once on 10,000 one is made', async () => {
    const id = await account();
    const all: Bench[] = [];
    for (let i = 0; i < 5; i += 1) all.push(await bench(id));
    const { dates } = all[0]!.draft;
    const outcomes = await Promise.all(all.map((b) => b.closes(dates[2]!)));
    expect(outcomes.sort()).toEqual(['intended', 'refused', 'refused', 'refused', 'refused']);
    const logs = await Promise.all(all.map((b) => b.last()));
    expect(logs.filter((line) => line === 'REJECTED insufficient_cash')).toHaveLength(4);
    for (const b of all) await b.opens(dates[3]!);
    const orders = await Promise.all(all.map(states));
    expect(orders.flat()).toEqual(['BUY FILLED']);
    const { cash } = (await trade.call('GET', `/accounts/${id}`)).body;
    expect(Number(cash)).toBe(10_000 - 90 * 101);
  });

  it('that an accepted order waits to spend is not spent by another one', async () => {
    const [b, c] = await (async () => {
      const id = await account();
      return [await bench(id), await bench(id)];
    })();
    b.clock.moveTo(Date.parse(`${b.draft.dates[2]}T21:00:00Z`));
    c.clock.moveTo(b.clock.nowMs());
    expect((await order(b, 'BUY', 'first')).kind).toBe('accepted');
    expect(await available(c)).toBe(10_000 - 90 * 101);
    expect(await order(c, 'BUY', 'second')).toMatchObject({ kind: 'rejected', code: 'INSUFFICIENT_FUNDS' });
    expect(await order(b, 'BUY', 'third')).toMatchObject({ kind: 'rejected', code: 'INSUFFICIENT_FUNDS' });
    await b.venue.cancelOrder({ clientOrderId: 'first', symbol: b.draft.symbol });
    expect(await available(c)).toBe(10_000);
    expect((await order(c, 'BUY', 'fourth')).kind).toBe('accepted');
  });

  it('is looked at again when an order is filled: one that costs more by then is rejected whole', async () => {
    const b = await bench(await account(), '==+++', { opens: [100, 100, 100, 112, 112] });
    await b.sessions(1, 3);
    b.clock.moveTo(Date.parse(`${b.draft.dates[3]}T13:26:00Z`));
    await b.send();
    expect(await states(b)).toEqual(['BUY ACCEPTED']);
    await b.opens(b.draft.dates[3]!);
    expect(await states(b)).toEqual(['BUY REJECTED INSUFFICIENT_FUNDS']);
    expect(await b.position()).toBe(0);
    expect(await available(b)).toBe(10_000);
    const { items } = (await trade.call('GET', `/deployments/${b.id}/trades`)).body;
    expect(items.at(-1)).toMatchObject({ reason_code: 'rejected', success: false });
    expect(items.at(-1).message).toContain('needs 10080.00 with its fee, has 10000.00');
  });

  it('is counted with every position at its own last price, whichever deployment asks', async () => {
    const id = await account({ initial_cash: '20000' });
    const short = await bench(id, '==-++', { longOnly: false });
    const other = await bench(id);
    await short.sessions(1, 4);
    expect(await short.position()).toBe(-90);
    other.clock.moveTo(short.clock.nowMs());
    // Sold short at 99, now at 100: 90 are lost, and 9,000 of what is left cover the short.
    const info = await other.broker.getAccountInfo();
    expect([info.equity, info.availableCash]).toEqual(['19910', '10910']);
  });

  it('pays the fee too', async () => {
    const b = await bench(await account({ initial_cash: '9100', fee_bps: 50 }));
    await b.sessions(1, 3);
    expect(await b.last()).toBe('REJECTED insufficient_cash');
    b.clock.moveTo(b.clock.nowMs() + 60_000);
    expect(await order(b, 'BUY', 'with-fee')).toMatchObject({ kind: 'rejected', code: 'INSUFFICIENT_FUNDS' });
  });

  it('stays taken by an order of unknown fate, and is there again when the venue never had it', async () => {
    const id = await account();
    const [b, c] = [await bench(id), await bench(id)];
    const { dates } = b.draft;
    await b.sessions(1, 3);
    const { broker } = b;
    b.broker = neverReached(broker);
    await expect(b.opens(dates[3]!)).rejects.toThrow('the process ended');
    await c.closes(dates[2]!);
    expect(await c.last()).toBe('REJECTED insufficient_cash');
    expect((await c.failures())[0]).toMatchObject({ check: 'cash', limit: expect.stringMatching(/^9\d\d/) });
    await b.patch({ enabled: false });
    b.broker = broker;
    await b.send();
    expect(await states(b)).toEqual(['BUY CANCELED']);
    await c.opens(dates[3]!);
    await c.closes(dates[3]!);
    expect(await c.last()).toBe('BUY intended');
  });

  it('is not taken twice by an order that the venue has and we do not know to be there', async () => {
    const id = await account({ initial_cash: '20000' });
    const [b, c] = [await bench(id), await bench(id)];
    await b.sessions(1, 3);
    b.broker = silent(b.broker);
    await b.opens(b.draft.dates[3]!);
    expect(await states(b)).toEqual(['BUY UNKNOWN']);
    await c.sessions(1, 3);
    expect(await c.last()).toBe('BUY intended');
  });

  it('never keeps a position from being left, nor a flip from turning it round', async () => {
    const b = await bench(await account({ initial_cash: '9150', fee_bps: 5 }), '==+--=', { longOnly: false });
    await b.sessions(1, 4);
    expect(await b.position()).toBe(90);
    expect(await available(b)).toBeLessThan(100);
    await b.opens(b.draft.dates[4]!);
    expect(await states(b)).toEqual(['BUY FILLED', 'SELL FILLED', 'SELL FILLED']);
    expect(await b.position()).toBe(-90);
    await b.closes(b.draft.dates[5]!);
    await b.send();
    expect(await b.last()).toBe('BUY intended');
  });
});
