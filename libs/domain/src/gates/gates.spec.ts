import type { GateVerdict, PolicyName } from '@assay/contracts';
import { completeEvidence as complete } from '../fixtures/gate-evidence';
import { evaluatePolicies } from './evaluate-policies';
import type { GateEvidence } from './gate-evidence';
import { GATE_WORDS } from './gate-words';
import type { GateName } from './policy-documents';

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
    why: 'mean out-of-sample Sharpe 0.6, at least 0.3 is needed',
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
      `mean out-of-sample Sharpe 0.6, at least 0.3 is needed (over 4 of 5 folds: ${missing}), which passes no gate`,
    ],
    ['overfitting_ratio', `overfitting ratio undefined, at most 0.5 is needed (${missing}), which passes no gate`],
    [
      'cpcv_sharpe',
      'mean CPCV Sharpe 0.5, at least 0.2 is needed (over 14 of 15 splits: one has none), which passes no gate',
    ],
  ])('closes %s, which says so', (gate, why) => {
    expect(gateOf({ ...complete, walkForward, cpcv }, gate)).toMatchObject({
      passed: false,
      why: `${why}: ${GATE_WORDS[gate as GateName].next}`,
    });
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
    ['probabilistic_sharpe', { psr: { value: 0.95, bars: 2 } }, { psr: { value: 0.9499, bars: 2 } }],
    ['probabilistic_sharpe', {}, { psr: { value: null, bars: 2 } }],
    [
      'benchmark_p',
      { benchmark: { ...complete.benchmark!, jointP: 0.05 } },
      { benchmark: { ...complete.benchmark!, jointP: 0.0501 } },
    ],
    [
      'benchmark_p',
      { benchmark: { ...complete.benchmark!, trials: 101, jointP: 0.03 } },
      { benchmark: { ...complete.benchmark!, trials: 101, jointP: 0.0301 } },
    ],
    [
      'benchmark_raw_p',
      { benchmark: { ...complete.benchmark!, rawP: 0.1 } },
      { benchmark: { ...complete.benchmark!, rawP: 0.1001 } },
    ],
    [
      'benchmark_raw_p',
      { benchmark: { ...complete.benchmark!, trials: 101, rawP: 0.06 } },
      { benchmark: { ...complete.benchmark!, trials: 101, rawP: 0.0601 } },
    ],
    ['benchmark_p', {}, { benchmark: { ...complete.benchmark!, jointP: null, why: 'too_few_bars' } }],
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

  it('says how much there is of what is needed, and what to do next', () => {
    expect(gateOf({ ...complete, ...enough({ positionChanges: 14 }) }, 'position_changes').why).toBe(
      '14 of 20 needed closed trades or position changes: use a longer history',
    );
    expect(gateOf(complete, 'position_changes').why).toBe('40 closed trades or position changes, 20 are needed');
  });

  it('says both p-values with their parts and the trials that were counted', () => {
    const benchmark = { ...complete.benchmark!, jointP: 0.155, joint: { block: 0.121, iid: 0.155 }, trials: 1 };
    expect(gateOf({ ...complete, benchmark }, 'benchmark_p').why).toBe(
      'joint p of the gain over the benchmark at its own beta 0.155, at most 0.05 is needed (blocks 0.121, bar by bar 0.155); ' +
        '1 trial counted: a longer history or a larger gain over the benchmark lowers it, more trials never do',
    );
    expect(gateOf(complete, 'benchmark_raw_p')).toMatchObject({ value: 0.02, threshold: 0.1 });
    const large = { ...complete, benchmark: { ...complete.benchmark!, trials: 101 } };
    expect([gateOf(large, 'benchmark_p').threshold, gateOf(large, 'benchmark_raw_p').threshold]).toEqual([0.03, 0.06]);
    const limit = { ...complete, benchmark: { ...complete.benchmark!, trials: 100 } };
    expect(gateOf(limit, 'benchmark_p').threshold).toBe(0.05);
  });

  it('shows the deflated Sharpe, which decides nothing', () => {
    const evidence = { ...complete, dsr: { ...complete.dsr!, value: 0.1 } };
    expect(gateOf(evidence, 'deflated_sharpe')).toEqual({
      ...{ gate: 'deflated_sharpe', passed: null, informational: true, value: 0.1, threshold: 0.95 },
      why: 'deflated Sharpe probability 0.1, at least 0.95 is needed; 12 trials, effective number 3 to 12: shown, decides nothing',
    });
    expect(verdictOf(evidence).passed).toBe(true);
    expect(verdictOf({ ...complete, dsr: null }).passed).toBe(true);
  });

  it('names bars that are made up', () => {
    expect(gateOf({ ...complete, synthetic: ['A', 'B'] }, 'data_quality_errors')).toMatchObject({
      passed: true,
      why: 'errors in the quality report: 0, at most 0 is needed; the bars of A and B are made up: what they prove says nothing about a market',
    });
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
      why: 'either probability of backtest overfitting 0.74, at most 0.5 is needed, or out-of-sample loss probability 0.08, at most 0.25 is needed',
    });
    expect(gateOf({ ...complete, pbo: { ...pbo, value: 0.4 } }, 'pbo').why).toBe(
      'probability of backtest overfitting 0.4, at most 0.5 is needed',
    );
  });

  it('says how warnings that nobody acknowledged come to pass', () => {
    const dataQuality = { errors: 0, warnings: 3, unacknowledged: 2 };
    expect(gateOf({ ...complete, dataQuality }, 'data_quality_acknowledged').why).toBe(
      'quality warnings nobody acknowledged: 2, at most 0 is needed: acknowledge them, then validate again',
    );
    expect(gateOf(complete, 'data_quality_acknowledged').why).toMatch(/ 0, at most 0 is needed$/);
  });

  it('refuses what the benchmark cannot be told from', () => {
    const benchmark = { ...complete.benchmark!, trackingError: 0.0099 };
    for (const gate of ['benchmark_p', 'benchmark_raw_p'])
      expect(gateOf({ ...complete, benchmark }, gate)).toMatchObject({
        passed: false,
        why: 'indistinguishable_from_benchmark',
      });
  });
});
