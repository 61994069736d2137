import { buildGateEvidence, type GateEvidenceOutcome } from '.';
import { runBacktest } from '../backtest';
import { sp500Bars } from '../fixtures/bars';
import { volManagedSma200 } from '../fixtures/documents';

// Producer: this library on vega-datasets 3.2.1 (5,105 bars). The hints in brackets were measured elsewhere.
describe('volatility-managed index above its 200-day average, S&P 500 from 2000 on', () => {
  const bars = sp500Bars();
  const document = volManagedSma200();
  let found: GateEvidenceOutcome;

  beforeAll(() => {
    const quality = { errors: 0, warnings: 1, unacknowledged: 0 };
    found = buildGateEvidence({ document, bars, walkForward: 'run', cpcv: 'run', ledger: [], quality });
  });

  it('scores 4,853 bars with a Sharpe of 0.394 [0.39] against 0.303 [0.30] of buy and hold', () => {
    expect(found.backtest.scored).toEqual([252, 5105]);
    expect(found.backtest.metrics.sharpe_ratio).toBeCloseTo(0.394057, 6);
    expect(found.backtest.buyHoldMetrics.sharpe_ratio).toBeCloseTo(0.303436, 6);
    expect(found.backtest.metrics.max_drawdown).toBeCloseTo(0.139449, 6);
    expect(found.backtest.metrics.total_return).toBeCloseTo(0.744301, 6);
  });

  it('walks forward from 0.421 [0.42] in sample to 0.437 [0.44] out of sample', () => {
    const { walkForward } = found.evidence;
    expect(walkForward?.meanIs).toBeCloseTo(0.420578, 6);
    expect(walkForward?.meanOos).toBeCloseTo(0.437, 6);
    expect(walkForward?.overfittingRatio).toBeCloseTo(1 - 0.437 / 0.420578, 5);
    expect(walkForward?.profitableFolds).toBe(1);
    expect(found.walkForward!.folds.map(({ test }) => test[1] - test[0])).toEqual([693, 693, 693, 693, 693]);
  });

  it('has a deflated Sharpe of 0.956 over the paths, 0.957 [0.957] without the costs at their seams', () => {
    expect(found.evidence.dsr).toMatchObject({ nRaw: 1, sharpeStar: 0, nEffectiveRange: [1, 1] });
    expect(found.evidence.dsr!.value).toBeCloseTo(0.955724, 6);
    expect(found.cpcv!.paths.length).toBe(5);
    expect(found.cpcv!.splits.length).toBe(15);
    expect(found.evidence.cpcv!.meanOosSharpe).toBeCloseTo(0.386503, 6);
  });

  it('does not beat the market at its own beta: raw p 0.086 by blocks, 0.111 bar by bar; with the scaled returns 0.121 and 0.155', () => {
    const { raw, joint, rawP, jointP, ...rest } = found.evidence.benchmark!;
    expect(raw!.block).toBeCloseTo(0.086, 3);
    expect(raw!.iid).toBeCloseTo(0.110722, 6);
    // three standard errors of 10,000 draws
    expect(Math.abs(joint!.block - 0.121)).toBeLessThan(0.01);
    expect(Math.abs(joint!.iid - 0.155)).toBeLessThan(0.011);
    expect([rawP, jointP]).toEqual([raw!.iid, joint!.iid]);
    expect(rest).toMatchObject({ trials: 1, activeTrials: 1, unusableTrials: 0, draws: 10_000, seed: 1 });
    expect(found.evidence.psr!.value).toBeCloseTo(0.957, 3);
  });

  it('is refused by the default policy for both benchmark gates alone, and passes the exploratory one', () => {
    const verdict = (policy: string) => found.verdicts.find((v) => v.policy === policy)!;
    const failed = verdict('default').gates.filter(({ passed }) => passed === false);
    expect(failed.map(({ gate }) => gate)).toEqual(['benchmark_p', 'benchmark_raw_p']);
    expect(verdict('default').passed).toBe(false);
    expect(verdict('exploratory').passed).toBe(true);
  });

  it('has no selection to repeat and no trial to compare', () => {
    expect(found.reselection).toBeNull();
    expect(found.evidence.pbo).toEqual({ n: 1, value: null, lossProbability: null });
  });

  it('sees no future and has no target before its lookback', () => {
    expect(found.evidence.audits).toEqual({
      lookAhead: { cuts: 50, mismatches: 0, firstMismatch: null },
      warmUp: { declaredLookback: 199, firstTarget: 199 },
    });
    expect(found.lookAhead.compared).toBe(200);
  });

  it('gives the same evidence again for the same seed', () => {
    const quality = { errors: 0, warnings: 1, unacknowledged: 0 };
    const again = buildGateEvidence({ document, bars, walkForward: 'run', cpcv: 'run', ledger: [], quality });
    expect(again.evidence).toEqual(found.evidence);
  });

  it('is judged by the same numbers on both engines', () => {
    const of = (engine: 'vectorized' | 'event') =>
      runBacktest({ document, bars, options: { engine, scoreFrom: 252 } }).metrics.sharpe_ratio!;
    expect(Math.abs(of('event') - of('vectorized'))).toBeLessThan(1e-9);
  });
});
