import fc from 'fast-check';
import { expectSame } from '../../../testing/src/quant/same-columns';
import { runVectorized } from '../engines';
import { naivePortfolio, portfolioScenario, portfolioSeeds } from '../../../testing/src/quant/naive-portfolio';
import { createRng } from '../random';
import { runEventPortfolio, runVectorizedPortfolio, type PortfolioInput, type PortfolioResult } from '.';

const DAY = 86_400_000;
const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

const made = ({ seed, count, n, wild }: { seed: number; count: number; n: number; wild: number }): PortfolioInput =>
  portfolioScenario(createRng(seed), count, n, wild);

const asRow = (trade: PortfolioResult['trades'][number]): number[] => {
  const { entryIndex, exitIndex, entryPrice, quantity, grossReturn, netReturn, fees, barsHeld, mae, mfe } = trade;
  const exitPrice = exitIndex < 0 ? 0 : trade.exitPrice;
  return [entryIndex, exitIndex, entryPrice, exitPrice, quantity, grossReturn, netReturn, fees, barsHeld, mae, mfe];
};

describe('portfolio engines', () => {
  it('agree with each other to 1e-9, trades and contributions included', () => {
    fc.assert(
      fc.property(portfolioSeeds, (seed) => {
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
      fc.property(portfolioSeeds, (seed) => {
        const input = made(seed);
        const [own, twin] = [runVectorizedPortfolio(input), naivePortfolio(input)];
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
      fc.property(portfolioSeeds, (seed) => {
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
      fc.property(portfolioSeeds, (seed) => {
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
