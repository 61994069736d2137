import type { Sizing } from '@assay/contracts';
import { createRng } from '@assay/quant';
import { positionSize, sizingLookback } from './position-size';
import { KEEP, TargetMachine } from './target-machine';

type Kelly = Extract<Sizing, { kind: 'kelly' }>;
const atClose = (close: number) => ({ high: close, low: close, close });
const kelly = (change: Partial<Kelly> = {}): Kelly => ({
  kind: 'kelly',
  fraction: 0.5,
  window: 'expanding',
  min_returns: 3,
  cap: 2,
  rebalance: 'bar',
  ...change,
});

/** Size by definition: all returns of the past with a signal, anew at every close. */
function plainKelly(sizing: Kelly, closes: readonly number[], said: readonly number[]): number {
  let stance = NaN;
  const made: number[] = [];
  closes.forEach((close, t) => {
    if (t > 0 && Math.abs(stance) === 1) made.push(stance * (close / closes[t - 1] - 1));
    if (!Number.isNaN(said[t]) && said[t] !== KEEP) stance = said[t];
  });
  const all = made.filter(Number.isFinite);
  if (all.length < sizing.min_returns) return NaN;
  const used = sizing.window === 'expanding' ? all : all.slice(-sizing.window);
  const mean = used.reduce((sum, r) => sum + r, 0) / used.length;
  const variance = used.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (used.length - 1);
  return Math.min(sizing.cap, Math.max(0, (sizing.fraction * mean) / variance));
}

describe('a size by average true range', () => {
  const sizing: Sizing = { kind: 'atr_risk', risk: 0.01, multiple: 2, window: 2, cap: 0.3, rebalance: 'bar' };

  it('is the share that loses the risk over so many ranges, at most the cap, and undefined before the range is', () => {
    // true ranges 5/2, 3/2, 3: their Wilder means are 2, then 2.5
    const bars = [
      { high: 10, low: 9, close: 9.5 },
      { high: 12, low: 11, close: 11.5 },
      { high: 11, low: 10, close: 10 },
      { high: 8, low: 7, close: 8 },
    ];
    const size = positionSize({ ...sizing, cap: 1 }, 252);
    expect(bars.map((bar) => size.next(bar, 1))).toEqual([NaN, NaN, 0.1 / 4, 0.08 / 5]);
  });

  it('is the cap where nothing moves, and missing where a price is', () => {
    const size = positionSize(sizing, 252);
    expect([7, 7, 7].map((close) => size.next(atClose(close), 1))).toEqual([NaN, NaN, 0.3]);
    expect(size.next({ high: NaN, low: 7, close: 7 }, 1)).toBe(NaN);
  });
});

describe('a size by Kelly', () => {
  it('is the fraction of mean over variance of what the signals of the past made, by hand', () => {
    const size = positionSize(kelly(), 252);
    const closes = [100, 110, 99, 108.9];
    // long: 0.1, -0.1, then short into a rise of 0.1: never enough for a size, which comes with the third return
    const found = closes.map((close, t) => size.next(atClose(close), t === 2 ? -1 : 1));
    expect(found.slice(0, 3)).toEqual([NaN, NaN, NaN]);
    // mean of 0.1, -0.1, -0.1 is a loss
    expect(found[3]).toBe(0);
    const gains = positionSize(kelly({ cap: 100 }), 252);
    const [, , , last] = [100, 110, 121, 120].map((close) => gains.next(atClose(close), 1));
    const made = [0.1, 0.1, 120 / 121 - 1];
    const mean = made.reduce((sum, r) => sum + r, 0) / 3;
    const variance = made.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 2;
    expect(last).toBeCloseTo((0.5 * mean) / variance, 9);
  });

  it('equals the definition at every close, over a window and over everything', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const rng = createRng(seed);
      const window = seed % 2 === 0 ? ('expanding' as const) : 3 + rng.int(8);
      const sizing = kelly({ window, min_returns: 2 + rng.int(2), fraction: 0.2 + rng.next() / 2, cap: 5 });
      const size = positionSize(sizing, 252);
      const closes: number[] = [];
      const said: number[] = [];
      for (let t = 0; t < 60; t++) {
        closes.push((closes[t - 1] ?? 100) * (1 + (rng.next() - 0.48) / 10));
        said.push([1, 1, -1, 0, NaN][rng.int(5)]);
        const found = size.next(atClose(closes[t]), said[t]);
        const expected = plainKelly(sizing, closes, said);
        if (Number.isNaN(expected)) expect(found).toBe(NaN);
        else expect(Math.abs(found - expected)).toBeLessThan(1e-9);
      }
    }
  });

  it('takes no size it cannot estimate for a position: the machine says why until there are enough returns', () => {
    const machine = new TargetMachine(kelly({ min_returns: 2 }), 0, 252);
    const reasons = [100, 101, 103].map((close) => {
      machine.step(1, atClose(close));
      return machine.reason;
    });
    expect(reasons).toEqual(['size_undefined', 'size_undefined', null]);
    expect(machine.weight).toBe(2);
  });

  it('hears nothing on the bars on which the features have no value', () => {
    const machine = new TargetMachine(kelly({ min_returns: 2 }), 4, 252, 2);
    const weights = [100, 90, 80, 88, 97].map((close) => {
      machine.step(1, atClose(close));
      return machine.weight;
    });
    // the losses of bars 1 and 2 are none of a signal
    expect(weights).toEqual([0, 0, 0, 0, 2]);
  });
});

it('a share of equity is bounded by the leverage on both sides', () => {
  const machine = new TargetMachine({ kind: 'percent_of_equity', fraction: 1.5, leverage: { max: 1.2 } }, 0, 252);
  const weights = [1, -1, 0].map((said) => {
    machine.step(said, atClose(100));
    return machine.weight;
  });
  expect(weights).toEqual([1.2, -1.2, 0]);
});

it('a sizing looks back as long as its window, and Kelly as many returns after the first value', () => {
  const bounded = { cap: 1, rebalance: 'bar' } as const;
  const lookbacks = [
    { kind: 'fixed' } as const,
    { kind: 'percent_of_equity', fraction: 0.5 } as const,
    { kind: 'volatility_target', annual: 0.1, window: 21, ...bounded } as const,
    { kind: 'atr_risk', risk: 0.01, multiple: 2, window: 14, ...bounded } as const,
    kelly({ min_returns: 30 }),
  ].map((sizing) => [sizingLookback(sizing), sizingLookback(sizing, 50)]);
  expect(lookbacks).toEqual([
    [0, 50],
    [0, 50],
    [21, 50],
    [14, 50],
    [30, 80],
  ]);
});
