import { applyOrderRules, type Costs, type EngineName, type FillRule } from '@assay/quant';
import fc from 'fast-check';
import { blockReturns, blockTrades, resolveOptions, runBacktest, type ResolvedOptions } from '../backtest';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, logisticOnFactor } from '../fixtures/documents';
import { sweepOf } from '../fixtures/sweep-of';
import { runCpcv, runWalkForward } from '.';

const bars = syntheticBars(700, 4, 0.002);
const n = bars.close.length;
const rules = bollingerMomentum(20, 1);
const rate = (t: number): number => 0.9 + 0.2 * Math.sin(t / 17) + 0.05 * Math.cos(t / 3);
const fx = { open: bars.close.map((_, t) => rate(t - 0.4)), close: bars.close.map((_, t) => rate(t)) };
const times = (prices: Float64Array, rates: Float64Array): Float64Array => prices.map((price, t) => price * rates[t]!);

/** Bars that were converted before anything else: opens at the rate of the open, closes at that of the close. */
const [open, close] = [times(bars.open, fx.open), times(bars.close, fx.close)];
const converted = {
  ...bars,
  ...{ open, close },
  high: times(bars.high, fx.open).map((high, t) => Math.max(high, open[t]!, close[t]!)),
  low: times(bars.low, fx.open).map((low, t) => Math.min(low, open[t]!, close[t]!)),
};

const costs = fc.constantFrom<Costs>(
  { feeBps: 10, slippageBps: 1, spreadBps: 2 },
  { feeBps: 3, slippageBps: 0, spreadBps: 0, perShare: 0.01, minimumFee: 3, borrowBpsPerYear: 500 },
);
const target = fc.constantFrom(-1, -0.5, 0, 0.5, 1);

function expectClose(a: Float64Array, b: Float64Array): void {
  expect(a.length).toBe(b.length);
  a.forEach((value, t) => {
    if (!(Math.abs(value - b[t]!) < 1e-9)) throw new Error(`bar ${t}: ${value} against ${b[t]}`);
  });
}

describe('a block in the currency of the account', () => {
  it('is that of bars that were converted first, by both engines, with stops, costs and seams', () => {
    fc.assert(
      fc.property(
        fc.array(target, { minLength: n, maxLength: n }),
        fc.tuple(fc.integer({ min: 0, max: n - 1 }), fc.integer({ min: 1, max: 200 })),
        fc.constantFrom<FillRule>('next_open', 'close'),
        fc.constantFrom('weight', 'all_in'),
        costs,
        fc.tuple(fc.boolean(), fc.boolean()),
        (wanted, [from, length], fill, mode, charged, [seamCosts, stops]) => {
          const block: [number, number] = [from, Math.min(n, from + length)];
          const held = Float64Array.from(wanted, (_, t) => wanted[Math.floor(t / 7) * 7]!);
          const protection = { stopLoss: { percent: 4 }, reEntry: { rule: 'immediately' as const } };
          const { targets, interventions } = applyOrderRules(stops ? { protection } : {}, fill === 'close', bars, held);
          const quoted = { weights: targets, interventions };
          const acts = interventions && {
            ...interventions,
            price: interventions.price.map((price, k) => price * fx.open[interventions.index[k]!]!),
          };
          const own = resolveOptions(rules, { fill, mode: mode as 'weight', costs: charged, capital: 10_000 });
          const of = (engine: EngineName, rates?: typeof fx): ResolvedOptions => ({ ...own, engine, fx: rates });
          const acted = { weights: targets, interventions: acts };
          const [vectorized, event] = (['vectorized', 'event'] as const).map((engine) => {
            const found = blockReturns(bars, quoted, block, of(engine, fx), { seamCosts });
            expect(found).toEqual(blockReturns(converted, acted, block, of(engine), { seamCosts }));
            return found;
          });
          expectClose(vectorized!, event!);
          const trades = blockTrades(bars, quoted, block, of('event', fx)).trades;
          const others = blockTrades(converted, acted, block, of('event')).trades;
          expect(trades).toEqual(others);
        },
      ),
      { numRuns: 60, seed: 9 },
    );
  });
});

describe('validations in the currency of the account', () => {
  const free = { feeBps: 0, slippageBps: 0, spreadBps: 0 };
  const { returns, scored, full } = runBacktest({ document: rules, bars, options: { fx, costs: free } });
  const grown = ([from, to]: readonly [number, number]): number =>
    full.returns.subarray(from, to).reduce((equity, r) => equity * (1 + r), 1);

  it('slice the one run of fixed rules, and differ from those in the currency of the prices', () => {
    expect(returns).toEqual(full.returns.slice(scored[0], scored[1]));
    const walk = runWalkForward({ document: rules, bars, options: { fx, costs: free } });
    for (const fold of walk.folds) expect(fold.oosReturn! + 1).toBeCloseTo(grown(fold.test), 9);
    const cpcv = runCpcv({ document: rules, bars, options: { fx, costs: free } });
    for (const { test, oosReturn } of cpcv.splits)
      expect(oosReturn! + 1).toBeCloseTo(
        test.reduce((equity, block) => equity * grown(block), 1),
        9,
      );
    const plain = runCpcv({ document: rules, bars, options: { costs: free } });
    expect(cpcv.meanOosSharpe).not.toBeCloseTo(plain.meanOosSharpe!, 3);
  });

  it('fit the same models: features and labels are of the prices', () => {
    const document = logisticOnFactor();
    const still = { open: bars.close.map(() => 0.8), close: bars.close.map(() => 0.8) };
    const [own, plain] = [{ fx: still }, {}].map((options) => runCpcv({ document, bars, options }));
    own!.splits.forEach(({ oosReturn, train }, i) => {
      expect(train).toEqual(plain!.splits[i]!.train);
      expect(oosReturn).toBeCloseTo(plain!.splits[i]!.oosReturn!, 9);
    });
  });
});

describe('a sweep in the currency of the account', () => {
  const params = [{ path: 'substrategies.0.window', values: [10, 20] }];
  const swept = (options: object, more: object = {}) =>
    sweepOf({ document: rules, params, bars, withSeries: true, options, ...more });

  it.each(['vectorized', 'event'] as const)('has the figures of the backtests, metrics too (%s)', (engine) => {
    for (const metric of ['calmar_ratio', 'profit_factor', 'alpha'] as const) {
      const found = swept({ fx, engine }, { metric });
      params[0]!.values.forEach((window, cell) => {
        const { metrics } = runBacktest({ document: bollingerMomentum(window, 1), bars, options: { fx, engine } });
        expect(found.totalReturn[cell]).toBeCloseTo(metrics.total_return!, 9);
        expect(found.sharpe[cell]).toBeCloseTo(metrics.sharpe_ratio!, 9);
        expect(found.maxDrawdown[cell]).toBeCloseTo(metrics.max_drawdown!, 9);
        expect(found.metric[cell]).toBeCloseTo(metrics[metric]!, 9);
      });
    }
  });

  it('leaves the series of the ledger in the currency of the prices', () => {
    expect(swept({ fx }).returns).toEqual(swept({}).returns);
    const crossValidation = { figure: 'sharpe' as const };
    const [own, plain] = [{ fx }, {}].map((options) => swept(options, { crossValidation, seriesFrom: 252 }));
    expect(own!.returns).toEqual(plain!.returns);
    expect(own!.sharpe).not.toEqual(plain!.sharpe);
  });
});
