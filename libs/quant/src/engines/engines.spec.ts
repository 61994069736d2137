import { runEngine, runEvent, runVectorized, sliceResult } from '.';
import type { EngineInput, EngineResult, Sizing } from '.';

const days = (n: number): Float64Array => Float64Array.from({ length: n }, (_, t) => t * 86_400_000);
const noCosts = { feeBps: 0, slippageBps: 0, spreadBps: 0 };
const prices = Float64Array.of(100, 102, 101, 105, 107, 103, 99, 98, 104, 110, 108, 112);
const golden: EngineInput = {
  openTimeMs: days(12),
  open: prices,
  high: prices,
  low: prices,
  close: prices,
  targets: Float64Array.of(0, 0, 0, 1, 1, -1, -1, -1, 1, 1, 0, 1),
  mode: 'weight',
  fill: 'close',
  costs: { feeBps: 5, slippageBps: 0, spreadBps: 0 },
};
const goldenPnl = [-0.0005, 0.019048, -0.038383, 0.038835, 0.010101, -0.062224, 0.057692, -0.018682, -0.0005];

describe.each([
  ['vectorized', runVectorized],
  ['event', runEvent],
])('%s engine', (_name, run) => {
  it('reproduces the golden pnl of the Bollinger momentum example', () => {
    const { returns } = run(golden);
    expect([...returns.subarray(0, 3)]).toEqual([0, 0, 0]);
    goldenPnl.forEach((expected, i) => expect(returns[i + 3]).toBeCloseTo(expected, 6));
  });

  it('fills yesterday’s target at the open in weight mode', () => {
    const open = Float64Array.of(10, 11, 12, 13);
    const close = Float64Array.of(10, 12, 11, 14);
    const targets = Float64Array.of(1, -1, 0, 0);
    const { returns } = run({
      ...golden,
      openTimeMs: days(4),
      open,
      high: open,
      low: open,
      close,
      targets,
      fill: 'next_open',
    });
    expect(returns[0]).toBe(0);
    expect(returns[1]).toBeCloseTo(12 / 11 - 1 - 0.0005, 12);
    expect(returns[2]).toBeCloseTo((12 / 12) * (1 - (11 / 12 - 1)) - 1 - 0.001, 12);
    expect(returns[3]).toBeCloseTo(1 - (13 / 11 - 1) - 1 - 0.0005, 12);
  });

  it('divides the entry by 1 + c and multiplies the exit by 1 - c in all_in mode', () => {
    const close = Float64Array.of(100, 110, 121);
    const costs = { feeBps: 10, slippageBps: 5, spreadBps: 10 };
    const targets = Float64Array.of(1, 1, 0);
    const { equity, trades } = run({
      ...golden,
      openTimeMs: days(3),
      high: close,
      low: close,
      close,
      targets,
      mode: 'all_in',
      costs,
    });
    expect(equity[0]).toBeCloseTo(1 / 1.002, 12);
    expect(equity[1]).toBeCloseTo(1.1 / 1.002, 12);
    expect(equity[2]).toBeCloseTo((1.21 / 1.002) * 0.998, 12);
    expect(trades).toHaveLength(1);
    expect(trades[0]).toMatchObject({
      side: 'long',
      entryIndex: 0,
      exitIndex: 2,
      barsHeld: 2,
      reason: 'signal',
      mae: 0,
    });
    expect(trades[0].grossReturn).toBeCloseTo(0.21, 12);
    expect(trades[0].mfe).toBeCloseTo(0.21, 12);
  });

  it('keeps the shares of a short fixed and charges its notional in all_in mode', () => {
    const close = Float64Array.of(100, 90, 60);
    const targets = Float64Array.of(-1, -1, 0);
    const { equity, trades } = run({
      ...golden,
      openTimeMs: days(3),
      high: close,
      low: close,
      close,
      targets,
      mode: 'all_in',
    });
    const c = 0.0005;
    const units = -1 / (100 * (1 + c));
    expect(equity[1]).toBeCloseTo(1 - units * 100 * -c + units * (90 - 100), 12);
    expect(equity[2]).toBeCloseTo(1 + units * 100 * c + units * (60 - 100) + units * 60 * c, 12);
    expect(trades[0].side).toBe('short');
    expect(trades[0].grossReturn).toBeCloseTo(0.4, 12);
  });

  it('flips by closing and opening at the same price, and says so in the trade', () => {
    const close = Float64Array.of(100, 100, 100, 100);
    const targets = Float64Array.of(1, -1, 0, 0);
    const { equity, trades } = run({
      ...golden,
      openTimeMs: days(4),
      high: close,
      low: close,
      close,
      targets,
      mode: 'all_in',
    });
    const c = 0.0005;
    const afterLong = (1 / (1 + c)) * (1 - c);
    const afterShort = afterLong * (1 - c / (1 + c));
    expect(equity[1]).toBeCloseTo(afterShort, 14);
    expect(trades.map((t) => [t.side, t.entryIndex, t.exitIndex, t.reason])).toEqual([
      ['long', 0, 1, 'flip'],
      ['short', 1, 2, 'signal'],
    ]);
  });

  it('trades lots of currency with fixed fees in fixed_qty mode', () => {
    const close = Float64Array.of(10, 12, 11, 11);
    const targets = Float64Array.of(1, 0.5, 0, 0);
    const sizing: Sizing = { qty: 15.7, lot: 2 };
    const costs = { ...noCosts, feeBps: 100, fixedFee: 1 };
    const result = run({
      ...golden,
      openTimeMs: days(4),
      high: close,
      low: close,
      close,
      targets,
      mode: 'fixed_qty',
      capital: 1000,
      sizing,
      costs,
    });
    const start = 1000 - 0.01 * 140 - 1;
    const second = start + 14 * 2 - 0.01 * 8 * 12 - 1;
    const third = second - 6 - 0.01 * 6 * 11 - 1;
    expect([...result.equity].map((e) => e * 1000)).toEqual(
      [start, second, third, third].map((e) => expect.closeTo(e, 9)),
    );
    expect(result.trades).toHaveLength(1);
    expect(result.trades[0]).toMatchObject({ quantity: 14, entryPrice: 10, reason: 'signal' });
    expect(result.trades[0].exitPrice).toBeCloseTo((8 * 12 + 6 * 11) / 14, 12);
  });

  it('does not send an order below the minimum notional unless it closes', () => {
    const close = Float64Array.of(10, 10, 10, 10);
    const targets = Float64Array.of(1, 0.9, 0, 0.1);
    const sizing: Sizing = { qty: 10, minNotional: 20 };
    const input: EngineInput = {
      ...golden,
      openTimeMs: days(4),
      high: close,
      low: close,
      close,
      targets,
      mode: 'fixed_qty',
      capital: 1000,
      sizing,
      costs: { ...noCosts, fixedFee: 1 },
    };
    expect([...run(input).equity].map((e) => Math.round(e * 1000))).toEqual([999, 999, 998, 998]);
  });

  it('sends an order whose notional equals the minimum up to rounding', () => {
    // 20 x 2.499999999999999 is 50 in the sense of a comparison of computed values
    const close = Float64Array.of(10, 2.499999999999999, 2.499999999999999);
    const input: EngineInput = {
      ...golden,
      openTimeMs: days(3),
      open: close,
      high: close,
      low: close,
      close,
      targets: Float64Array.of(0, 1, 1),
      mode: 'fixed_qty',
      fill: 'close',
      capital: 1000,
      sizing: { qty: 20, minNotional: 50 },
      costs: noCosts,
    };
    expect(run(input).trades).toMatchObject([{ side: 'long', entryIndex: 1, quantity: 20 }]);
  });

  it('sizes percent_of_equity from equity and price at the deciding close', () => {
    const open = Float64Array.of(10, 20, 20);
    const close = Float64Array.of(10, 25, 20);
    const sizing: Sizing = { kind: 'percent_of_equity', fraction: 0.5 };
    const input: EngineInput = {
      ...golden,
      openTimeMs: days(3),
      open,
      high: open,
      low: open,
      close,
      targets: Float64Array.of(1, 1, 1),
      fill: 'next_open',
      mode: 'fixed_qty',
      capital: 1000,
      sizing,
      costs: noCosts,
    };
    // 50 units decided at 10, filled at 20: 1250 at the close of 25; then 25 units at 20: 1250 - 250 at the open
    expect([...run(input).equity].map((e) => e * 1000)).toEqual([1000, 1250, 1000].map((e) => expect.closeTo(e, 9)));
  });

  it('floors equity at ruin: the return is -1 and nothing comes back', () => {
    const close = Float64Array.of(100, 250, 10, 10);
    const targets = Float64Array.of(-1, -1, -1, 0);
    for (const mode of ['weight', 'all_in'] as const) {
      const { returns, equity, trades } = run({
        ...golden,
        openTimeMs: days(4),
        high: close,
        low: close,
        close,
        targets,
        mode,
        costs: noCosts,
      });
      expect([...equity]).toEqual([1, 0, 0, 0]);
      expect([...returns]).toEqual([0, -1, 0, 0]);
      expect(trades[trades.length - 1]).toMatchObject({ reason: 'ruin', exitIndex: 1 });
    }
  });

  it('never fills the last target at the next open', () => {
    const { equity, trades } = run({
      ...golden,
      fill: 'next_open',
      targets: Float64Array.from(prices, (_, t) => (t === 11 ? 1 : 0)),
    });
    expect([...equity]).toEqual(new Array(12).fill(1));
    expect(trades).toEqual([]);
  });

  it('defines results for one bar and for none', () => {
    const empty = new Float64Array();
    expect(
      run({ ...golden, openTimeMs: empty, open: empty, high: empty, low: empty, close: empty, targets: empty }).equity,
    ).toHaveLength(0);
    const one = {
      openTimeMs: days(1),
      open: undefined,
      high: undefined,
      low: undefined,
      close: Float64Array.of(5),
      targets: Float64Array.of(1),
    };
    expect([...run({ ...golden, ...one }).returns]).toEqual([expect.closeTo(-0.0005, 12)]);
  });

  it.each<[string, Partial<EngineInput>]>([
    ['close[1] must be a positive finite price, was NaN', { close: prices.map((p, t) => (t === 1 ? NaN : p)) }],
    ['targets[2] must be a finite weight, was NaN', { targets: prices.map((_, t) => (t === 2 ? NaN : 0)) }],
    ['targets.length must be 12 like close, was 1', { targets: Float64Array.of(1) }],
    ['costs.feeBps must be a finite number >= 0, was -1', { costs: { ...noCosts, feeBps: -1 } }],
    [
      'costs.fixedFee must be used with capital, which says how large an order is',
      { costs: { ...noCosts, fixedFee: 2 } },
    ],
    ['open must be given for fill next_open, was undefined', { fill: 'next_open', open: undefined }],
    ['sizing must be given in mode fixed_qty, was undefined', { mode: 'fixed_qty' }],
    ['capital must be a positive number in mode fixed_qty, was undefined', { mode: 'fixed_qty', sizing: { qty: 1 } }],
  ])('refuses input: %s', (message, change) => {
    expect(() => run({ ...golden, ...change })).toThrow(message);
  });
});

describe('both engines', () => {
  it('lose nothing but costs on constant prices', () => {
    const flat = new Float64Array(12).fill(50);
    const { equity } = runVectorized({ ...golden, open: flat, high: flat, low: flat, close: flat, costs: noCosts });
    expect([...equity]).toEqual(new Array(12).fill(1));
  });
});

describe('runEngine and sliceResult', () => {
  const result: EngineResult = runEngine('vectorbt', golden);

  it('accepts the aliases and refuses other names', () => {
    expect(result).toEqual(runVectorized(golden));
    expect(runEngine('backtrader', golden)).toEqual(runEvent(golden));
    expect(() => runEngine('zipline' as 'event', golden)).toThrow(
      'engine must be vectorized, event, vectorbt or backtrader, was zipline',
    );
  });

  it('rebases equity and shifts trades into the slice', () => {
    const slice = sliceResult(result, 4, 9);
    expect(slice.returns).toEqual(result.returns.slice(4, 9));
    expect(slice.equity[4]).toBeCloseTo(result.equity[8] / result.equity[3], 12);
    expect(slice.trades.map((t) => [t.side, t.entryIndex, t.exitIndex, t.reason])).toEqual([
      ['short', 1, 4, 'flip'],
      ['long', 4, -1, 'open'],
    ]);
  });
});
