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
      ['large_search', true],
      ['strict', null],
      ['exploratory', true],
    ]);
    expect(validatedUnder(evaluatePolicies(complete))).toEqual(['default', 'large_search', 'exploratory']);
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
      'dsr',
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

  it('let exploratory pass without CPCV, deflated Sharpe, benchmark and PBO, and mark it paper-only', () => {
    const { cpcv: _c, dsr: _d, benchmark: _b, pbo: _p, ...rest } = complete;
    const evidence = { ...rest, enough: { ...complete.enough!, minGroupBars: null, pboBlockBars: null } };
    expect(validatedUnder(evaluatePolicies(evidence))).toEqual(['exploratory']);
    expect(
      Object.values(POLICY_DOCUMENTS)
        .filter((policy) => policy.paper_only)
        .map((policy) => policy.name),
    ).toEqual(['exploratory']);
  });
});

describe('large_search', () => {
  const dsr = { ...complete.dsr!, value: 0.2 };
  const benchmark = { ...complete.benchmark!, absoluteP: 0.04 };

  it('takes an absolute p instead of the deflated Sharpe', () => {
    expect(verdictOf({ ...complete, dsr, benchmark }, 'large_search').passed).toBe(true);
    expect(verdictOf({ ...complete, dsr, benchmark }).passed).toBe(false);
    expect(verdictOf({ ...complete, dsr }, 'large_search').passed).toBe(false);
  });

  it('is undecided while that p was not computed', () => {
    const { absoluteP: _, ...without } = complete.benchmark!;
    expect(verdictOf({ ...complete, dsr, benchmark: without }, 'large_search').passed).toBeNull();
  });
});
