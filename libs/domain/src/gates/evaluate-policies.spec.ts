import type { PolicyName } from '@assay/contracts';
import { completeEvidence as complete } from '../fixtures/gate-evidence';
import { evaluatePolicies, validatedUnder } from './evaluate-policies';
import type { GateEvidence } from './gate-evidence';
import { POLICY_DOCUMENTS } from './policy-documents';

const verdictOf = (evidence: GateEvidence, policy: PolicyName = 'default') =>
  evaluatePolicies(evidence).find((verdict) => verdict.policy === policy)!;

describe('the policies', () => {
  it('pass complete evidence, but strict which also wants its own', () => {
    expect(evaluatePolicies(complete).map(({ policy, passed }) => [policy, passed])).toEqual([
      ['default', true],
      ['strict', null],
      ['exploratory', true],
    ]);
    expect(validatedUnder(evaluatePolicies(complete))).toEqual(['default', 'exploratory']);
    const strict = { ...complete, realityCheck: { p: 0.01 }, spa: { p: 0.01 }, holdout: { sharpe: 0.1, bars: 250 } };
    expect(verdictOf(strict, 'strict').passed).toBe(true);
    expect(verdictOf({ ...strict, holdout: { sharpe: -0.1, bars: 250 } }, 'strict').passed).toBe(false);
    expect(verdictOf({ ...strict, spa: { p: 0.2 } }, 'strict').passed).toBe(false);
    expect(verdictOf({ ...strict, realityCheck: { p: null } }, 'strict').passed).toBe(false);
  });

  it('are undecided, not failed, while evidence is missing', () => {
    for (const section of [
      'walkForward',
      'cpcv',
      'psr',
      'benchmark',
      'pbo',
      'audits',
      'dataQuality',
      'enough',
    ] as const) {
      for (const absent of [undefined, null]) {
        const verdict = verdictOf({ ...complete, [section]: absent });
        expect([section, verdict.passed]).toEqual([section, null]);
        expect(verdict.gates.some((gate) => gate.passed === null && gate.why === 'evidence_missing')).toBe(true);
      }
    }
  });

  it('fail on missing evidence too as soon as one gate fails', () => {
    const walkForward = { ...complete.walkForward!, meanOos: 0.1 };
    expect(verdictOf({ ...complete, walkForward, cpcv: undefined }).passed).toBe(false);
  });

  it('let exploratory pass without CPCV, Sharpe probabilities, benchmark and PBO, and mark it paper-only', () => {
    const { cpcv: _c, psr: _s, dsr: _d, benchmark: _b, pbo: _p, ...rest } = complete;
    const evidence = { ...rest, enough: { ...complete.enough!, minGroupBars: null, pboBlockBars: null } };
    expect(validatedUnder(evaluatePolicies(evidence))).toEqual(['exploratory']);
    expect(
      Object.values(POLICY_DOCUMENTS)
        .filter((policy) => policy.paper_only)
        .map((policy) => policy.name),
    ).toEqual(['exploratory']);
  });
});
