import type { GateVerdict, PolicyName } from '@assay/contracts';
import { completeEvidence as complete } from '../fixtures/gate-evidence';
import { evaluatePolicies } from './evaluate-policies';
import type { GateEvidence } from './gate-evidence';

const verdictOf = (evidence: GateEvidence, policy: PolicyName = 'default') =>
  evaluatePolicies(evidence).find((verdict) => verdict.policy === policy)!;
const gateOf = (evidence: GateEvidence, gate: string, policy: PolicyName = 'default') =>
  verdictOf(evidence, policy).gates.find((one) => one.gate === gate) as GateVerdict;

it('is stored as passed, value, threshold and why', () => {
  expect(gateOf(complete, 'walk_forward_sharpe')).toEqual({
    gate: 'walk_forward_sharpe',
    passed: true,
    value: 0.6,
    threshold: 0.3,
    why: 'mean out-of-sample Sharpe must be at least 0.3, was 0.6',
  });
});

describe('a figure that rests on some folds or splits only', () => {
  const missing = 'the out-of-sample Sharpe of fold 1 is undefined';
  const reasons = { mean_oos_sharpe: `over 4 of 5 folds: ${missing}`, overfitting_ratio: missing };
  const walkForward = { ...complete.walkForward!, overfittingRatio: null, reasons };
  const cpcv = { ...complete.cpcv!, reasons: { mean_oos_sharpe: 'over 14 of 15 splits: one has none' } };

  it.each([
    [
      'walk_forward_sharpe',
      `mean out-of-sample Sharpe must be at least 0.3, was 0.6 (over 4 of 5 folds: ${missing}), which passes no gate`,
    ],
    ['overfitting_ratio', `overfitting ratio must be at most 0.5, was undefined (${missing}), which passes no gate`],
    [
      'cpcv_sharpe',
      'mean CPCV Sharpe must be at least 0.2, was 0.5 (over 14 of 15 splits: one has none), which passes no gate',
    ],
  ])('closes %s, which says so', (gate, why) => {
    expect(gateOf({ ...complete, walkForward, cpcv }, gate)).toMatchObject({ passed: false, why });
    expect(gateOf(complete, gate).passed).toBe(true);
  });
});

describe('each gate of default', () => {
  const wf = (change: object) => ({ walkForward: { ...complete.walkForward!, ...change } });
  const enough = (change: object) => ({ enough: { ...complete.enough!, ...change } });
  it.each<[string, Partial<GateEvidence>, Partial<GateEvidence>]>([
    ['walk_forward_sharpe', wf({ meanOos: 0.3 }), wf({ meanOos: 0.2999 })],
    ['walk_forward_sharpe', {}, wf({ meanOos: null })],
    ['walk_forward_drawdown', wf({ meanOosMaxDrawdown: 0.25 }), wf({ meanOosMaxDrawdown: 0.2501 })],
    ['walk_forward_profitable_folds', wf({ profitableFolds: 0.5 }), wf({ profitableFolds: 0.4 })],
    ['overfitting_ratio', wf({ overfittingRatio: 0.5 }), wf({ overfittingRatio: 0.51 })],
    ['overfitting_ratio', wf({ overfittingRatio: -1 }), wf({ overfittingRatio: null })],
    [
      'cpcv_sharpe',
      { cpcv: { ...complete.cpcv!, meanOosSharpe: 0.2 } },
      { cpcv: { ...complete.cpcv!, meanOosSharpe: 0.19 } },
    ],
    ['deflated_sharpe', { dsr: { ...complete.dsr!, value: 0.95 } }, { dsr: { ...complete.dsr!, value: 0.9499 } }],
    ['deflated_sharpe', {}, { dsr: { ...complete.dsr!, value: null } }],
    [
      'benchmark_p',
      { benchmark: { ...complete.benchmark!, p: 0.05 } },
      { benchmark: { ...complete.benchmark!, p: 0.0501 } },
    ],
    ['benchmark_p', {}, { benchmark: { ...complete.benchmark!, p: null } }],
    ['pbo', { pbo: { n: 10, value: 0.5, lossProbability: 1 } }, { pbo: { n: 10, value: 0.51, lossProbability: 0.26 } }],
    [
      'pbo',
      { pbo: { n: 10, value: 0.9, lossProbability: 0.25 } },
      { pbo: { n: 10, value: null, lossProbability: null } },
    ],
    [
      'look_ahead_audit',
      {},
      { audits: { ...complete.audits, lookAhead: { cuts: 50, mismatches: 1, firstMismatch: 'rsi' } } },
    ],
    ['look_ahead_audit', {}, { audits: { ...complete.audits, lookAhead: { cuts: 49, mismatches: 0 } } }],
    [
      'warm_up_audit',
      { audits: { ...complete.audits, warmUp: { declaredLookback: 9, firstTarget: null } } },
      { audits: { ...complete.audits, warmUp: { declaredLookback: 200, firstTarget: 199 } } },
    ],
    ['data_quality_errors', {}, { dataQuality: { errors: 1, warnings: 0, unacknowledged: 0 } }],
    ['data_quality_acknowledged', {}, { dataQuality: { errors: 0, warnings: 1, unacknowledged: 1 } }],
    ['scored_bars', enough({ scoredBars: 504 }), enough({ scoredBars: 503 })],
    ['fold_bars', enough({ minFoldBars: 60 }), enough({ minFoldBars: 59 })],
    ['group_bars', enough({ minGroupBars: 60 }), enough({ minGroupBars: 59 })],
    ['pbo_block_bars', enough({ pboBlockBars: 20 }), enough({ pboBlockBars: 19 })],
    ['position_changes', enough({ positionChanges: 20 }), enough({ positionChanges: 19 })],
  ])('%s passes at its bound and fails beyond', (gate, good, bad) => {
    expect(gateOf({ ...complete, ...good }, gate).passed).toBe(true);
    expect(gateOf({ ...complete, ...bad }, gate).passed).toBe(false);
    expect(verdictOf({ ...complete, ...good }).passed).toBe(true);
    expect(verdictOf({ ...complete, ...bad }).passed).toBe(false);
  });

  it('says how much data is missing', () => {
    expect(gateOf({ ...complete, ...enough({ scoredBars: 500 }) }, 'scored_bars').why).toContain('4 missing');
  });

  it('fails closed when the bars of folds or groups were not counted', () => {
    expect(verdictOf({ ...complete, ...enough({ minFoldBars: null }) }).passed).toBeNull();
    expect(verdictOf({ ...complete, ...enough({ minGroupBars: null }) }).passed).toBeNull();
  });

  it('neither refuses nor passes by PBO with fewer than ten trials', () => {
    const evidence = { ...complete, pbo: { n: 9, value: 1, lossProbability: 1 } };
    expect(gateOf(evidence, 'pbo')).toMatchObject({ passed: null, why: 'too_few_trials', value: 1 });
    expect(verdictOf(evidence).passed).toBe(true);
  });

  it('says that one of two questions is enough, where the second was asked', () => {
    const pbo = { n: 16, value: 0.74, lossProbability: 0.08 };
    expect(gateOf({ ...complete, pbo }, 'pbo')).toMatchObject({
      passed: true,
      why: 'either probability of backtest overfitting must be at most 0.5, was 0.74, or out-of-sample loss probability must be at most 0.25, was 0.08',
    });
    expect(gateOf({ ...complete, pbo: { ...pbo, value: 0.4 } }, 'pbo').why).toBe(
      'probability of backtest overfitting must be at most 0.5, was 0.4',
    );
  });

  it('says how warnings that nobody acknowledged come to pass', () => {
    const dataQuality = { errors: 0, warnings: 3, unacknowledged: 2 };
    expect(gateOf({ ...complete, dataQuality }, 'data_quality_acknowledged').why).toBe(
      'quality warnings nobody acknowledged must be at most 0, was 2: acknowledge them, then validate again',
    );
    expect(gateOf(complete, 'data_quality_acknowledged').why).toMatch(/, was 0$/);
  });

  it('refuses what the benchmark cannot be told from', () => {
    const benchmark = { ...complete.benchmark!, p: 0.001, trackingError: 0.0099 };
    expect(gateOf({ ...complete, benchmark }, 'benchmark_p')).toMatchObject({
      passed: false,
      why: 'indistinguishable_from_benchmark',
    });
  });
});
