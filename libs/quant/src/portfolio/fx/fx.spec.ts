import fc from 'fast-check';
import { naivePortfolio, portfolioScenario, portfolioSeeds } from '../../../../testing/src/quant/naive-portfolio';
import { expectSame } from '../../../../testing/src/quant/same-columns';
import { createRng } from '../../random';
import { runEventPortfolio, runVectorizedPortfolio, type PortfolioInput } from '..';
import { convertPanel, priceParts, type PanelRates } from '.';

const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

/** Of one currency for even symbols, of another for every fourth, none for the rest. */
function ratesOf(seed: number, { panel }: PortfolioInput): PanelRates {
  const rng = createRng(seed + 1);
  const n = panel.openTimeMs.length;
  const currencies = [0.9, 7.8].map((start) => {
    const [open, close] = [new Float64Array(n), new Float64Array(n)];
    let rate = start;
    for (let t = 0; t < n; t++) {
      open[t] = rate *= Math.exp(0.02 * rng.normal());
      close[t] = rate *= Math.exp(0.02 * rng.normal());
    }
    return { open, close };
  });
  return panel.symbols.map((_, i) => (i % 4 === 3 ? currencies[1] : i % 2 === 0 ? currencies[0] : null));
}

describe('a portfolio of symbols in several currencies', () => {
  it('is in both engines what a plain account of converted prices is', () => {
    let wild = 0;
    fc.assert(
      fc.property(portfolioSeeds, ({ seed, count, n, wild: size }) => {
        const quoted = portfolioScenario(createRng(seed), count, n, size);
        const rates = ratesOf(seed, quoted);
        const input = { ...quoted, panel: convertPanel(quoted.panel, rates) };
        const twin = naivePortfolio(quoted, rates);
        for (const run of [runVectorizedPortfolio, runEventPortfolio]) {
          const own = run(input);
          expectSame('equity', own.equity, twin.equity);
          expectSame('contribution', own.contribution, twin.gains);
          expectSame('costs', own.costs, twin.costs);
          wild += own.equity.at(-1) === 0 ? 1 : 0;
        }
      }),
      { numRuns: 400, seed: 21 },
    );
    expect(wild).toBeGreaterThan(20);
  });

  it('is told in what came of prices and of rates, by both engines alike and as a plain account has it', () => {
    let apart = 0;
    fc.assert(
      fc.property(portfolioSeeds, ({ seed, count, n, wild }) => {
        const quoted = portfolioScenario(createRng(seed), count, n, wild);
        const rates = ratesOf(seed, quoted);
        const input = { ...quoted, panel: convertPanel(quoted.panel, rates), withFills: true };
        const expected = naivePortfolio(quoted, rates).byPrice;
        for (const run of [runVectorizedPortfolio, runEventPortfolio]) {
          const own = run(input);
          const parts = priceParts(quoted, rates, own);
          expectSame('price', parts, expected);
          const made = total(own.contribution) + total(own.costs);
          apart += Math.abs(total(parts) - made) > 1e-3 ? 1 : 0;
        }
      }),
      { numRuns: 400, seed: 22 },
    );
    expect(apart).toBeGreaterThan(100);
  });

  it('has by hand a price that doubles and a rate that halves', () => {
    const panel = {
      symbols: ['A'],
      openTimeMs: Float64Array.of(0, 1, 2),
      close: Float64Array.of(100, 200, 200),
    };
    const rates = [{ open: Float64Array.of(1, 1, 1), close: Float64Array.of(1, 1, 0.5) }];
    const quoted: PortfolioInput = {
      ...{ panel, weights: Float64Array.of(1, 1, 1), decided: Uint8Array.of(1, 0, 0), mode: 'all_in', fill: 'close' },
      costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 },
      withFills: true,
    };
    for (const run of [runVectorizedPortfolio, runEventPortfolio]) {
      const own = run({ ...quoted, panel: convertPanel(panel, rates) });
      expect([...own.equity]).toEqual([1, 2, 1]);
      expect([...priceParts(quoted, rates, own)]).toEqual([1]);
    }
  });
});
