import fc from 'fast-check';
import { expectSame } from '../../../testing/src/quant/same-columns';
import { runVectorized } from '../engines';
import { createRng, type Rng } from '../random';
import { runEventPortfolio, runVectorizedPortfolio, type PortfolioInput, type PortfolioResult } from '.';

const DAY = 86_400_000;
const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

/** Random prices with holes, weights decided now and then, some symbols given up in between. */
function scenario(rng: Rng, count: number, n: number, wild: number): PortfolioInput {
  const cells = count * n;
  const [open, close, weights] = [0, 0, 0].map(() => new Float64Array(cells).fill(NaN));
  weights.fill(0);
  const decided = new Uint8Array(n);
  const exits = new Map<number, 'left_universe'>();
  const decides = rng.next();
  for (let t = 0; t < n; t++) decided[t] = rng.next() < decides ? 1 : 0;
  for (let i = 0; i < count; i++) {
    let price = 50 + 100 * rng.next();
    const holes = rng.next() < 0.5 ? 0 : 0.3 * rng.next();
    for (let t = 0; t < n; t++) {
      const cell = i * n + t;
      const before = t > 0 ? weights[cell - 1] : 0;
      if (rng.next() < holes) continue;
      open[cell] = price * Math.exp(wild * 0.5 * rng.normal());
      price = close[cell] = open[cell] * Math.exp(wild * rng.normal());
      if (decided[t] === 1)
        weights[cell] = rng.next() < 0.3 ? before : rng.next() < 0.2 ? 0 : (2 * rng.normal()) / count;
      else if (before !== 0 && rng.next() < 0.1) exits.set(cell, 'left_universe');
      else weights[cell] = before;
    }
  }
  const symbols = Array.from({ length: count }, (_, i) => `S${i}`);
  const a = rng.int(n + 1);
  const b = rng.int(n + 1);
  return {
    panel: { symbols, openTimeMs: Float64Array.from({ length: n }, (_, t) => t * DAY), open, close },
    weights,
    decided,
    exits,
    mode: rng.next() < 0.5 ? 'weight' : 'all_in',
    fill: rng.next() < 0.5 ? 'close' : 'next_open',
    costs: { feeBps: 40 * rng.next(), slippageBps: 20 * rng.next(), spreadBps: 10 * rng.next() },
    ...(rng.next() < 0.5 ? {} : { scored: [Math.min(a, b), Math.max(a, b)] as const }),
  };
}

/** The rules written once more, plainly: a map of positions, one bar after the other, each part of it said by name. */
function naive(input: PortfolioInput): { equity: number[]; gains: number[]; costs: number[] } {
  const { panel, weights, decided, mode, fill } = input;
  const n = panel.openTimeMs.length;
  const c = (input.costs.feeBps + input.costs.slippageBps + input.costs.spreadBps / 2) / 1e4;
  const [from, to] = input.scored ?? [0, n];
  const held = new Map<number, { size: number; price: number }>();
  const gains = panel.symbols.map(() => 0);
  const costs = panel.symbols.map(() => 0);
  const equity: number[] = [];
  let cash = 1;
  let worth = 1;
  let base = 1;
  const positions = (): [number, { size: number; price: number }][] => [...held];
  const at = (column: Float64Array, i: number, t: number): number => (t < 0 ? 0 : column[i * n + t]);
  const ownWorth = (): number => cash + total(positions().map(([, p]) => p.size * p.price));
  for (let t = 0; t < n; t++) {
    if (t === from) base = worth;
    const counts = t >= from && t < to && base > 0;
    const earn = (i: number, gain: number, cost: number): void => {
      if (!counts) return;
      gains[i] += (gain - cost) / base;
      costs[i] += cost / base;
    };
    if (worth === 0) {
      equity.push(0);
      continue;
    }
    const day = worth;
    let growth = 1;
    let paid = 0;
    let ruined = false;
    const moveTo = (prices: Float64Array): void => {
      if (ruined) return;
      const earned = positions().map(([i, p]) => {
        const price = at(prices, i, t);
        const part = mode === 'weight' ? day * growth * p.size * (price / p.price - 1) : p.size * (price - p.price);
        p.price = price;
        earn(i, part, 0);
        return part;
      });
      if (mode === 'weight') {
        growth *= 1 + total(earned) / (day * growth);
        ruined = growth <= 1e-12;
      } else ruined = ownWorth() <= 1e-12 * Math.abs(cash);
    };
    const trade = (i: number, size: number, price: number): void => {
      const before = held.get(i)?.size ?? 0;
      const cost = c * Math.abs(size - before) * (mode === 'weight' ? day : price);
      if (mode === 'weight') paid += cost / day;
      else cash -= (size - before) * price + cost;
      earn(i, 0, cost);
      if (size === 0) held.delete(i);
      else held.set(i, { size, price });
    };
    const execute = (decision: number, prices: Float64Array): void => {
      if (ruined || decision < 0) return;
      const asked = panel.symbols
        .map((_, i) => ({
          i,
          now: at(weights, i, decision),
          before: at(weights, i, decision - 1),
          price: at(prices, i, t),
        }))
        .filter(({ price, now, before }) => !Number.isNaN(price) && (decided[decision] === 1 || now !== before));
      if (mode === 'weight') for (const { i, now, price } of asked) trade(i, now, price);
      else {
        for (const { i, now, price } of asked) if (now * (held.get(i)?.size ?? 0) <= 0) trade(i, 0, price);
        const all = ownWorth();
        for (const { i, now, price } of asked) if (now !== 0) trade(i, (now * all) / (price * (1 + c)), price);
      }
    };
    for (const [i, p] of positions()) if (Number.isNaN(at(panel.close, i, t))) trade(i, 0, p.price);
    if (fill === 'next_open') {
      moveTo(panel.open!);
      execute(t - 1, panel.open!);
    }
    moveTo(panel.close);
    if (fill === 'close') {
      execute(t, panel.close);
      if (mode === 'all_in') ruined ||= ownWorth() <= 1e-12 * Math.abs(cash);
    }
    worth = mode === 'weight' ? day * (growth - paid) : ownWorth();
    if (ruined || worth <= 1e-12 * day * (mode === 'weight' ? 1 : 0)) worth = 0;
    equity.push(worth);
  }
  return { equity, gains, costs };
}

const seeds = fc.record({
  seed: fc.integer(),
  count: fc.integer({ min: 1, max: 5 }),
  n: fc.integer({ min: 0, max: 40 }),
  wild: fc.constantFrom(0.02, 0.02, 0.4),
});

const made = ({ seed, count, n, wild }: { seed: number; count: number; n: number; wild: number }): PortfolioInput =>
  scenario(createRng(seed), count, n, wild);

const asRow = (trade: PortfolioResult['trades'][number]): number[] => {
  const { entryIndex, exitIndex, entryPrice, quantity, grossReturn, netReturn, fees, barsHeld, mae, mfe } = trade;
  const exitPrice = exitIndex < 0 ? 0 : trade.exitPrice;
  return [entryIndex, exitIndex, entryPrice, exitPrice, quantity, grossReturn, netReturn, fees, barsHeld, mae, mfe];
};

describe('portfolio engines', () => {
  it('agree with each other to 1e-9, trades and contributions included', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [a, b] = [runVectorizedPortfolio(made(seed)), runEventPortfolio(made(seed))];
        for (const key of ['returns', 'equity', 'contribution', 'costs'] as const) expectSame(key, a[key], b[key]);
        expectSame('writtenOff', [a.writtenOff], [b.writtenOff]);
        const names = ({ trades }: PortfolioResult): string[] => trades.map((t) => `${t.symbol} ${t.side} ${t.reason}`);
        expect(names(a)).toEqual(names(b));
        a.trades.forEach((trade, k) => expectSame(`trade ${k}`, asRow(trade), asRow(b.trades[k])));
      }),
      { numRuns: 600, seed: 11 },
    );
  });

  it('agree with the rules written plainly', () => {
    let ruined = 0;
    let exits = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const input = made(seed);
        const [own, twin] = [runVectorizedPortfolio(input), naive(input)];
        expectSame('equity', own.equity, twin.equity);
        expectSame('contribution', own.contribution, twin.gains);
        expectSame('costs', own.costs, twin.costs);
        ruined += own.equity.at(-1) === 0 ? 1 : 0;
        exits += own.trades.some(({ reason }) => reason === 'no_bars') ? 1 : 0;
      }),
      { numRuns: 600, seed: 12 },
    );
    // both have been there to be seen
    expect(Math.min(ruined, exits)).toBeGreaterThan(20);
  });

  it('give contributions that add up to the return of the scored bars', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const input = made(seed);
        const [from, to] = input.scored ?? [0, input.decided.length];
        const { equity, contribution, writtenOff } = runVectorizedPortfolio(input);
        const before = from > 0 ? equity[from - 1] : 1;
        const made_ = to > from && before > 0 ? equity[to - 1] / before - 1 : 0;
        expectSame('total', [total(contribution) + writtenOff], [made_]);
        if (!(to > from && equity[to - 1] === 0 && before > 0)) expect(writtenOff).toBe(0);
      }),
      { numRuns: 400, seed: 13 },
    );
  });

  it('are the engine of one symbol where there is one symbol', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const input = made({ ...seed, count: 1 });
        const { panel, weights, mode, fill, costs } = input;
        const isWhole = !panel.close.some(Number.isNaN);
        fc.pre(isWhole);
        const decided = Uint8Array.from(weights, (w, t) => (w === (t > 0 ? weights[t - 1] : 0) ? 0 : 1));
        const one = runVectorized({ ...panel, targets: weights, mode, fill, costs });
        const own = runVectorizedPortfolio({ ...input, decided, exits: new Map(), scored: undefined });
        expectSame('returns', own.returns, one.returns);
        expectSame('equity', own.equity, one.equity);
        expect(own.trades.map(({ reason }) => reason)).toEqual(one.trades.map(({ reason }) => reason));
        own.trades.forEach((trade, k) =>
          expectSame(`trade ${k}`, asRow(trade), asRow({ ...one.trades[k], symbol: 'S0' })),
        );
      }),
      { numRuns: 400, seed: 14 },
    );
  });

  it('close what has no bar any more at its last close, with a reason, and go on', () => {
    const close = Float64Array.of(100, 110, NaN, NaN, 50, 50, 55, 60);
    const panel = { symbols: ['GONE', 'HERE'], openTimeMs: Float64Array.of(0, DAY, 2 * DAY, 3 * DAY), close };
    const weights = Float64Array.of(0.5, 0.5, 0, 0, 0.5, 0.5, 0.5, 0.5);
    const decided = Uint8Array.of(1, 0, 0, 0);
    const costs = { feeBps: 100, slippageBps: 0, spreadBps: 0 };
    for (const run of [runVectorizedPortfolio, runEventPortfolio]) {
      const { returns, trades, contribution } = run({ panel, weights, decided, mode: 'weight', fill: 'close', costs });
      // entry costs; half of 10 %; half of 10 % less the cost of closing GONE; half of 1/11
      expectSame('returns', returns, [-0.01, 0.05, 0.05 - 0.005, 0.5 / 11]);
      expect(trades.map(({ symbol, exitIndex, exitPrice, reason }) => [symbol, exitIndex, exitPrice, reason])).toEqual([
        ['GONE', 1, 110, 'no_bars'],
        ['HERE', -1, NaN, 'open'],
      ]);
      expectSame('contribution of GONE', [contribution[0]], [-0.005 + 0.99 * 0.05 - 0.005 * 0.99 * 1.05]);
    }
  });

  it.each([
    ['a price that is none', { close: Float64Array.of(1, -2) }, 'close of A on 1970-01-02 must be a positive'],
    ['a weight without a bar', { close: Float64Array.of(1, NaN) }, 'weight of A on 1970-01-02 must be 0'],
    ['no opens', { fill: 'next_open' as const }, 'open must be given for fill next_open'],
    [
      'a weight that is none',
      { weights: Float64Array.of(1, NaN) },
      'weight of A on 1970-01-02 must be a finite number',
    ],
    ['a mode of one symbol', { mode: 'fixed_qty' as never }, 'mode must be weight or all_in, was fixed_qty'],
    ['a range beyond', { scored: [0, 3] as const }, 'scored must be a range of bars within 0 to 2'],
  ])('refuse %s', (_, change, message) => {
    const { close = Float64Array.of(1, 2), ...rest } = change as { close?: Float64Array };
    const input: PortfolioInput = {
      panel: { symbols: ['A'], openTimeMs: Float64Array.of(0, DAY), close },
      weights: Float64Array.of(1, 1),
      decided: Uint8Array.of(1, 0),
      mode: 'weight',
      fill: 'close',
      costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 },
      ...rest,
    };
    for (const run of [runVectorizedPortfolio, runEventPortfolio]) expect(() => run(input)).toThrow(message);
  });
});
