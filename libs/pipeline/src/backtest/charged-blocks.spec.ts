import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum } from '../fixtures/documents';
import { runCpcv, runWalkForward } from '../validation';
import { runBacktest, type BacktestOptions } from '.';

const bars = syntheticBars(900, 5);
const costs = { feeBps: 0, slippageBps: 0, spreadBps: 0 };

describe('the blocks of a validation', () => {
  it('do not take a side back that a margin call before them has put out', () => {
    const margin = { maintenance: 0.19, on_call: 'close' as const };
    const document = {
      ...bollingerMomentum(),
      sizing: { kind: 'percent_of_equity' as const, fraction: 5, leverage: { max: 5, margin } },
      // always long
      substrategies: [
        { ...bollingerMomentum().substrategies[0]!, indicator: 'get_ema' as const, window: 200, signal: -1 },
      ],
    };
    const options: BacktestOptions = { costs, mode: 'all_in' };
    const { full } = runBacktest({ document, bars, options });
    const out = full.positions.indexOf(
      0,
      full.positions.findIndex((p) => p > 0),
    );
    expect([full.positions[out - 1], full.positions.at(-1)]).toEqual([5, 0]);
    let flat = 0;
    for (const { test, oosReturns } of runWalkForward({ document, bars, options }).folds)
      oosReturns.forEach((r, i) => {
        if (test[0] + i < out + 2) return;
        expect(r).toBe(0);
        flat += 1;
      });
    expect(flat).toBeGreaterThan(100);
    const { paths, scored } = runCpcv({ document, bars, options });
    for (const { returns } of paths) expect(returns.slice(out + 2 - scored[0]).every((r) => r === 0)).toBe(true);
  });

  it('have no funding due where no rate is known yet, and are slices of the run', () => {
    const funding = bars.close.map((_, t) => (t < 700 ? NaN : 0.0001));
    const known = { ...bars, extra: { ...bars.extra, funding } };
    const document = bollingerMomentum(20, 0.5);
    const options: BacktestOptions = { costs: { ...costs, fundingColumn: 'funding' } };
    const { full } = runBacktest({ document, bars: known, options });
    expect(full.costs.funding.some((paid) => paid !== 0)).toBe(true);
    for (const { test, oosReturns } of runWalkForward({ document, bars: known, options }).folds)
      oosReturns.forEach((r, i) => expect(r).toBeCloseTo(full.returns[test[0] + i]!, 12));
    expect(() =>
      runWalkForward({ document, bars: { ...bars, extra: { funding: funding.fill(NaN) } }, options }),
    ).toThrow('costs.funding_column must have at least one rate, funding had none');
  });
});
