import fc from 'fast-check';
import { expectSame } from '../../../testing/src/quant/same-columns';
import { runVectorized } from '../engines';
import { KINDS } from '../../../testing/src/quant/charged-twin';
import {
  chargedPortfolio,
  naivePortfolio,
  portfolioScenario,
  portfolioSeeds,
} from '../../../testing/src/quant/naive-portfolio';
import { createRng } from '../random';
import { runEventPortfolio, runVectorizedPortfolio, type PortfolioInput, type PortfolioResult } from '.';

const DAY = 86_400_000;
const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

const made = ({ seed, count, n, wild }: { seed: number; count: number; n: number; wild: number }): PortfolioInput =>
  portfolioScenario(createRng(seed), count, n, wild);

const FREE = { feeBps: 0, slippageBps: 0, spreadBps: 0 };

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

  it('charge every kind of cost as the rules written plainly do, in parts that add up', () => {
    const seen = { ruined: 0, tiers: 0, borrow: 0, funding: 0, gone: 0 };
    fc.assert(
      fc.property(portfolioSeeds, ({ seed, count, n, wild }) => {
        const input = chargedPortfolio(createRng(seed), count, n, wild);
        const twin = naivePortfolio(input);
        for (const run of [runVectorizedPortfolio, runEventPortfolio]) {
          const own = run(input);
          expectSame('equity', own.equity, twin.equity);
          expectSame('contribution', own.contribution, twin.gains);
          expectSame('costs', own.costs, twin.costs);
          const { total: all, ...kinds } = own.costsByKind;
          for (const kind of KINDS) expectSame(kind, [kinds[kind]], [twin.byKind[kind]]);
          expectSame('total', [all, total(own.costs)], [total(Object.values(kinds)), all]);
          seen.ruined += own.equity.at(-1) === 0 ? 1 : 0;
          seen.tiers += input.costs.tiers && kinds.fees > 0 ? 1 : 0;
          seen.borrow += kinds.borrow > 0 ? 1 : 0;
          seen.funding += kinds.funding !== 0 ? 1 : 0;
          seen.gone += own.trades.some(({ reason }) => reason === 'no_bars') ? 1 : 0;
        }
        const [a, b] = [runVectorizedPortfolio(input), runEventPortfolio(input)];
        a.trades.forEach((trade, k) => expectSame(`trade ${k}`, asRow(trade), asRow(b.trades[k])));
      }),
      { numRuns: 600, seed: 15 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(40);
  });

  it('are charged as one symbol is where there is one symbol', () => {
    fc.assert(
      fc.property(portfolioSeeds, ({ seed, n, wild }) => {
        const input = chargedPortfolio(createRng(seed), 1, n, wild);
        const { panel, weights, fill, costs, capital, funding, mode } = input;
        fc.pre(
          !panel.close.some(Number.isNaN) && (costs.fundingColumn === undefined || funding!.some(Number.isFinite)),
        );
        const decided = Uint8Array.from(weights, (w, t) => (w === (t > 0 ? weights[t - 1] : 0) ? 0 : 1));
        const rates = { rate: funding! };
        const one = runVectorized({ ...panel, targets: weights, mode, fill, costs, capital, rates });
        const own = runVectorizedPortfolio({ ...input, decided, exits: new Map(), scored: undefined });
        expectSame('equity', own.equity, one.equity);
        expect(own.trades.map(({ reason }) => reason)).toEqual(one.trades.map(({ reason }) => reason));
        // one symbol forgets what the bar of ruin was charged
        if (own.equity.at(-1) === 0) return;
        for (const kind of KINDS) expectSame(kind, [own.costsByKind[kind]], [total(one.costs[kind])]);
      }),
      { numRuns: 400, seed: 16 },
    );
  });

  it('charge by hand: a fee per share, a least fee, a fixed one, borrow and funding', () => {
    const panel = {
      ...{ symbols: ['L', 'S'], openTimeMs: Float64Array.of(0, 73 * DAY) },
      ...{ open: Float64Array.of(100, 100, 50, 50), close: Float64Array.of(100, 100, 50, 50) },
    };
    const input: PortfolioInput = {
      ...{ panel, weights: Float64Array.of(0.5, 0.5, -0.5, -0.5), decided: Uint8Array.of(1, 0) },
      ...{ mode: 'all_in', fill: 'close', capital: 10_000, funding: Float64Array.of(NaN, 0.01, NaN, NaN) },
      costs: {
        ...{ feeBps: 0, slippageBps: 0, spreadBps: 0, perShare: 0.1, minimumFee: 6, fixedFee: 1 },
        ...{ borrowBpsPerYear: 1000, fundingColumn: 'rate' },
      },
    };
    for (const run of [runVectorizedPortfolio, runEventPortfolio]) {
      const { costsByKind, equity } = run(input);
      // 5000 / 100.1 shares cost 5 less than the least of 6; 5000 / 50.1 of the other cost 9.98; one more for each
      const shares = [5000 / 100.1, 5000 / 50.1];
      const fees = 6 + 1 + shares[1] * 0.1 + 1;
      // a fifth of a year at a tenth of what is short
      const borrow = (shares[1] * 50 * 0.1) / 5;
      const funding = shares[0] * 100 * 0.01;
      expectSame('fees', [costsByKind.fees], [fees / 10_000]);
      expectSame('borrow', [costsByKind.borrow], [borrow / 10_000]);
      expectSame('funding', [costsByKind.funding], [funding / 10_000]);
      expectSame('equity', [equity[1]], [1 - (fees + borrow + funding) / 10_000]);
    }
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
    [
      'costs of an order in mode weight',
      { costs: { ...FREE, perShare: 0.01 } },
      'costs.perShare must be used with mode all_in for a universe',
    ],
    [
      'a least fee without a capital',
      { mode: 'all_in' as const, costs: { ...FREE, minimumFee: 1 } },
      'costs.minimumFee must be used with capital',
    ],
    [
      'impact without a volume',
      {
        mode: 'all_in' as const,
        capital: 1,
        costs: { ...FREE, impact: { kind: 'linear' as const, coefficientBps: 5 } },
      },
      'volume must be given for costs.impact',
    ],
    [
      'funding without its rates',
      { mode: 'all_in' as const, costs: { ...FREE, fundingColumn: 'rate' } },
      'funding must be given for costs.fundingColumn',
    ],
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
