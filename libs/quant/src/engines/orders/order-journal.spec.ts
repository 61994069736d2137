import fc from 'fast-check';
import { simulateOrders } from '.';
import { OrderJournal } from '../../../../testing/src/quant/order-journal';
import type { Action } from '../../../../testing/src/quant/order-journal';
import type { OrderRequest, SimulationOptions, SymbolBars } from '.';

// whole prices make ties between orders, bars and levels common
const tick = fc.integer({ min: 90, max: 110 });
const bar = fc.record({
  prices: fc.tuple(tick, tick, tick, tick),
  trades: fc.integer({ min: 0, max: 9 }).map((x) => x > 0),
  volume: fc.integer({ min: 0, max: 60 }),
  funding: fc.constantFrom(0, 0, 0, 0.001, -0.002),
});
const request = fc
  .record({
    symbol: fc.nat(1),
    side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
    quantity: fc.integer({ min: 1, max: 30 }),
    type: fc.constantFrom<OrderRequest['type']>(
      'market',
      'limit',
      'stop',
      'stop_limit',
      'take_profit',
      'trailing_stop',
    ),
    limitPrice: tick,
    stopPrice: tick,
    trail: fc.integer({ min: 1, max: 8 }),
    reduceOnly: fc.constantFrom(undefined, undefined, true),
    ocoGroup: fc.constantFrom(undefined, undefined, 0, 1),
    expireAfterBars: fc.constantFrom(undefined, undefined, 1, 3),
    stopLoss: fc.option(tick, { nil: undefined }),
    takeProfit: fc.option(tick, { nil: undefined }),
    protection: fc.constantFrom('none', 'fixed', 'trailing'),
  })
  .map(({ stopLoss, takeProfit, protection, ...order }): OrderRequest => {
    if (protection === 'none') return order;
    return {
      ...order,
      bracket: protection === 'fixed' ? { stopLoss, takeProfit } : { trail: order.trail, takeProfit },
    };
  });
const action = fc.record({
  send: fc.array(request, { maxLength: 2 }),
  cancel: fc.option(fc.nat(9), { nil: undefined, freq: 6 }),
});
const settings = fc.record({
  capital: fc.constantFrom(500, 3000, 100_000),
  costs: fc.record({
    feeBps: fc.constantFrom(0, 10),
    slippageBps: fc.constantFrom(0, 5),
    spreadBps: fc.constantFrom(0, 4),
    fixedFee: fc.constantFrom(0, 1),
  }),
  latencyBars: fc.constantFrom(undefined, 0, 2),
  maxParticipation: fc.constantFrom(undefined, 0.25, 1),
  maxLeverage: fc.constantFrom(undefined, 1, 3),
  lot: fc.constantFrom(undefined, 1, 4),
  borrowBpsPerYear: fc.constantFrom(undefined, 300),
  periodsPerYear: fc.constant(252),
});

function toBars(rows: readonly { prices: number[]; trades: boolean; volume: number; funding: number }[]): SymbolBars {
  const column = (pick: (prices: number[]) => number): Float64Array =>
    Float64Array.from(rows, ({ prices, trades }) => (trades ? pick(prices) : NaN));
  return {
    open: column((p) => p[0]),
    high: column((p) => Math.max(...p)),
    low: column((p) => Math.min(...p)),
    close: column((p) => p[1]),
    volume: Float64Array.from(rows, (row) => row.volume),
    fundingRate: Float64Array.from(rows, (row) => row.funding),
  };
}
const scenario = fc.array(fc.tuple(bar, bar, action), { maxLength: 40 }).map((rows) => ({
  symbols: [toBars(rows.map((r) => r[0])), toBars(rows.map((r) => r[1]))],
  plan: rows.map((r) => r[2]),
}));

function simulate(symbols: SymbolBars[], options: SimulationOptions, plan: Action[]) {
  const ids: number[] = [];
  return simulateOrders(symbols, options, (context) => {
    const { send, cancel } = plan[context.index];
    for (const order of send) ids.push(context.submit(order));
    if (cancel !== undefined && ids.length > 0) context.cancel(ids[cancel % ids.length]);
  });
}

const near = (actual: number, expected: number): boolean =>
  Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected));

describe('order engine', () => {
  it('fills and values random orders of every kind as the journal of the rules does', () => {
    fc.assert(
      fc.property(scenario, settings, ({ symbols, plan }, options) => {
        const journal = new OrderJournal(symbols, options);
        journal.run(plan);
        const result = simulate(symbols, options, plan);
        const seen = result.fills.map((f) => `${f.index} ${f.symbol} ${f.type} at ${f.price}: ${f.units.toFixed(6)}`);
        const wanted = journal.fills.map(
          (f) => `${f.index} ${f.order.symbol} ${f.order.request.type} at ${f.price}: ${f.units.toFixed(6)}`,
        );
        expect(seen).toEqual(wanted);
        expect(result.cutOrders).toBe(journal.cuts);
        expect(result.financing).toBeCloseTo(journal.paid, 9);
        const fees = journal.fills.reduce((total, f) => total + f.fee, 0);
        expect(result.fees).toBeCloseTo(fees, 9);
        journal.equity.forEach((value, t) => {
          if (!near(result.equity[t], value)) throw new Error(`equity[${t}]: ${result.equity[t]} against ${value}`);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('fills only at prices the bar traded at, within the volume and only ever reduces where asked to', () => {
    fc.assert(
      fc.property(scenario, settings, ({ symbols, plan }, options) => {
        const taken = new Map<string, number>();
        const held = [0, 0];
        for (const { index, symbol, price, units, type } of simulate(symbols, options, plan).fills) {
          const { high, low, volume } = symbols[symbol];
          if (!(price >= low[index] && price <= high[index]))
            throw new Error(`bar ${index} traded from ${low[index]} to ${high[index]}, ${type} filled at ${price}`);
          const key = `${symbol} ${index}`;
          taken.set(key, (taken.get(key) ?? 0) + Math.abs(units));
          expect(taken.get(key)! * (1 - 1e-12)).toBeLessThanOrEqual(
            options.maxParticipation === undefined ? Infinity : volume![index] * options.maxParticipation,
          );
          if (type === 'take_profit') expect(Math.abs(held[symbol] + units)).toBeLessThan(Math.abs(held[symbol]));
          held[symbol] += units;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('single rules the journal found broken', () => {
  const flat: SymbolBars = {
    open: Float64Array.of(100, 100, 100),
    high: Float64Array.of(100, 101, 101),
    low: Float64Array.of(100, 99, 99),
    close: Float64Array.of(100, 100, 100),
  };
  const options: SimulationOptions = { capital: 1000, costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 } };
  const play = (symbols: SymbolBars[], send: OrderRequest[], more: Partial<SimulationOptions> = {}) =>
    simulate(symbols, { ...options, ...more }, [{ send }, { send: [] }, { send: [] }, { send: [] }]);

  it.each<[string, Partial<OrderRequest>, number]>([
    ['a stop above a long entry', { bracket: { stopLoss: 105 } }, 100],
    ['a target below a long entry', { bracket: { takeProfit: 95 } }, 100],
    ['a stop below a short entry', { side: 'sell', bracket: { stopLoss: 95 } }, 100],
    ['a target above a short entry', { side: 'sell', bracket: { takeProfit: 105 } }, 100],
  ])('%s works at the entry price, not at a price nobody traded at', (_name, order, price) => {
    const { fills } = play([flat], [{ side: 'buy', type: 'market', quantity: 1, ...order }]);
    expect(fills.map((f) => f.price)).toEqual([100, price]);
  });

  it('a trailing stop sent before its symbol had a price begins with the first bar that has one', () => {
    const late: SymbolBars = {
      open: Float64Array.of(NaN, 100, 103),
      high: Float64Array.of(NaN, 110, 103),
      low: Float64Array.of(NaN, 100, 99),
      close: Float64Array.of(NaN, 108, 99),
    };
    const { fills } = play([late], [{ side: 'sell', type: 'trailing_stop', trail: 9, quantity: 1 }]);
    expect(fills.map((f) => [f.index, f.price])).toEqual([[2, 101]]);
  });

  it('funds used up to the last cent buy nothing more, not even a rounding error', () => {
    const bars: SymbolBars = {
      open: Float64Array.of(102, 102),
      high: Float64Array.of(102, 102),
      low: Float64Array.of(90, 90),
      close: Float64Array.of(90, 90),
    };
    const send = [0, 1].map((symbol): OrderRequest => ({ side: 'buy', type: 'market', quantity: 9, symbol }));
    const { fills, trades, cutOrders } = play([bars, bars], send, {
      capital: 500,
      costs: { feeBps: 10, slippageBps: 5, spreadBps: 0 },
    });
    expect(fills.map((f) => f.symbol)).toEqual([0]);
    expect([trades.length, cutOrders]).toEqual([1, 2]);
  });
});
