import { hostileReturns, outcome } from '../../../testing/src/quant/hostile-series';
import { runEvent, runVectorized, simulateOrders, sliceResult } from '.';
import type { AccountingMode, EngineInput, FillRule, OrderType, Sizing, SymbolBars } from '.';

const modes: AccountingMode[] = ['weight', 'all_in', 'fixed_qty'];
const fills: FillRule[] = ['next_open', 'close'];
const sizings: Record<string, (n: number) => Sizing> = {
  qty: () => ({ qty: 3 }),
  'lots too large for the account': () => ({ qty: 1e9, lot: 1e6 }),
  'a notional nobody reaches': () => ({ qty: 1, minNotional: 1e12 }),
  percent_of_equity: () => ({ kind: 'percent_of_equity', fraction: 1 }),
  fixed_fraction_risk: (n) => ({
    kind: 'fixed_fraction_risk',
    fraction: 0.5,
    stopDistance: new Float64Array(n).fill(2),
  }),
  'no stop distance': (n) => ({
    kind: 'fixed_fraction_risk',
    fraction: 0.5,
    stopDistance: new Float64Array(n).fill(NaN),
  }),
};
const patterns: Record<string, (t: number) => number> = {
  flat: () => 0,
  long: () => 1,
  short: () => -1,
  'long and short in turn': (t) => (t % 2 ? 1 : -1),
  'ten times the equity': () => -10,
};
/** Positive prices of a series of returns: a fall of everything is one of 99 %. */
function pricesOf(r: Float64Array): Float64Array {
  let price = 100;
  return r.map((x) => (price = Math.min(Math.max(price * Math.max(1 + x, 0.01), 1e-6), 1e12)));
}
const engines = Object.entries({ vectorized: runVectorized, event: runEvent });
const table = engines.flatMap(([name, run]) =>
  modes.flatMap((mode) => fills.map((fill) => [name, mode, fill, run] as const)),
);

function inputOf(
  close: Float64Array,
  mode: AccountingMode,
  fill: FillRule,
  target: (t: number) => number,
): EngineInput {
  const flat = { feeBps: 10, slippageBps: 5, spreadBps: 2 };
  return {
    openTimeMs: close.map((_, t) => t),
    open: close,
    close,
    volume: new Float64Array(close.length),
    targets: close.map((_, t) => target(t)),
    mode,
    fill,
    costs: mode === 'fixed_qty' ? { ...flat, fixedFee: 1 } : flat,
    capital: 1000,
    sizing: { qty: 3 },
  };
}

describe.each(table)('%s engine, mode %s, fill %s', (_name, mode, fill, run) => {
  it.each(Object.entries(hostileReturns()))('is defined on prices of %s', (_kind, r) => {
    const close = pricesOf(r);
    for (const target of Object.values(patterns)) {
      for (const sizing of mode === 'fixed_qty' ? Object.values(sizings) : [sizings.qty]) {
        const { returns, equity, positions, trades } = run({
          ...inputOf(close, mode, fill, target),
          sizing: sizing(close.length),
        });
        for (const column of [returns, equity, positions]) expect(column).toHaveLength(close.length);
        // ruin is -1 once, then nothing
        const defined = equity.every((value, t) => {
          const before = t > 0 ? equity[t - 1] : 1;
          if (before === 0) return value === 0 && returns[t] === 0;
          const expected = value / before - 1;
          return value >= 0 && value < Infinity && Math.abs(returns[t] - expected) <= 1e-12 * Math.max(1, expected);
        });
        expect(defined).toBe(true);
        const sound = trades.every(
          (trade) =>
            Number.isFinite(trade.netReturn + trade.grossReturn + trade.entryPrice) &&
            trade.mae >= 0 &&
            trade.mfe >= 0 &&
            trade.fees >= 0 &&
            Number.isNaN(trade.exitPrice) === trade.exitIndex < 0,
        );
        expect(sound).toBe(true);
      }
    }
  });

  it.each([NaN, 0, -1, Infinity])('refuses a price of %d by field, rule and value', (price) => {
    const close = pricesOf(hostileReturns()['only gains']);
    const hole = close.map((x, t) => (t === 7 ? price : x));
    const input = inputOf(close, mode, fill, () => 1);
    expect(outcome(() => run({ ...input, close: hole }))).toEqual({
      refused: `close[7] must be a positive finite price, was ${price}`,
    });
    const opened = outcome(() => run({ ...input, open: hole }));
    if (fill === 'close') expect(opened).toHaveProperty('value');
    else expect(opened).toEqual({ refused: `open[7] must be a positive finite price, was ${price}` });
    expect(outcome(() => run({ ...input, targets: hole.map((_, t) => (t === 9 ? NaN : 0)) }))).toEqual({
      refused: 'targets[9] must be a finite weight, was NaN',
    });
  });
});

it('a slice of nothing is empty, of everything the whole', () => {
  const close = pricesOf(hostileReturns()['only losses']);
  const whole = runEvent(inputOf(close, 'all_in', 'close', (t) => (t % 5 ? 1 : 0)));
  expect(sliceResult(whole, 4, 4)).toMatchObject({ returns: new Float64Array(0), trades: [] });
  const all = sliceResult(whole, 0, close.length);
  expect(all.trades).toEqual(whole.trades);
  all.equity.forEach((value, t) => expect(value).toBeCloseTo(whole.equity[t], 12));
});

const orderTypes: OrderType[] = ['market', 'limit', 'stop', 'stop_limit', 'take_profit', 'trailing_stop'];

describe.each(orderTypes)('order engine, %s orders', (type) => {
  const barsOf = (close: Float64Array): SymbolBars => ({
    open: close,
    high: close.map((x) => x * 1.01),
    low: close.map((x) => x * 0.99),
    close,
    volume: close.map((_, t) => (t % 3 ? 0 : 5)),
  });

  it.each(Object.entries(hostileReturns()))('are defined on prices of %s', (_kind, r) => {
    const close = pricesOf(r);
    const holes = close.map((x, t) => (t % 4 === 2 ? NaN : x));
    for (const maxParticipation of [undefined, 0.5]) {
      const result = simulateOrders(
        [barsOf(close), barsOf(holes), barsOf(close.map(() => NaN))],
        {
          capital: 1000,
          costs: { feeBps: 10, slippageBps: 5, spreadBps: 2, fixedFee: 1 },
          maxLeverage: 4,
          maxParticipation,
        },
        (context) => {
          if (context.index % 5 > 1) return;
          for (const symbol of [0, 1, 2])
            for (const side of ['buy', 'sell'] as const)
              context.submit({
                symbol,
                side,
                type,
                quantity: 7,
                limitPrice: 100,
                stopPrice: 100,
                trail: 1,
                bracket: { stopLoss: 99, takeProfit: 101 },
              });
        },
      );
      expect(result.equity).toHaveLength(close.length);
      expect(result.equity.every((x) => x >= 0 && x < Infinity)).toBe(true);
      expect(result.returns.every((x) => x >= -1 && x < Infinity)).toBe(true);
      expect(result.fills.every((f) => f.symbol < 2 && f.price > 0 && f.fee >= 0)).toBe(true);
      expect(result.trades.every((t) => Number.isFinite(t.netReturn) && t.mae >= 0 && t.mfe >= 0)).toBe(true);
    }
  });

  it('on no volume never fill where volume counts', () => {
    const bars = { ...barsOf(new Float64Array(20).fill(100)), volume: new Float64Array(20) };
    const result = simulateOrders(
      [bars],
      { capital: 1000, costs: { feeBps: 1, slippageBps: 0, spreadBps: 0 }, maxParticipation: 1 },
      (context) => {
        context.submit({ side: 'buy', type, quantity: 1, limitPrice: 100, stopPrice: 100, trail: 0.5 });
      },
    );
    expect([result.fills, result.trades, result.cutOrders]).toEqual([[], [], 0]);
  });
});

it.each(['open', 'high', 'low', 'close'] as const)('order engine: a bar that lacks only its %s is refused', (field) => {
  const column = Float64Array.of(10, 10, 10);
  const bars = { open: column, high: column, low: column, close: column, [field]: Float64Array.of(10, NaN, 10) };
  const run = () =>
    simulateOrders([bars], { capital: 1, costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 } }, () => {});
  expect(outcome(run)).toEqual({ refused: expect.stringContaining('symbols[0] bar 1 must have 0 < low <= open') });
});
