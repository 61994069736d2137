import type { PolicyName } from '@assay/contracts';
import { refusalOf } from '../../../testing/src/domain/refusal';
import {
  assertJudging,
  assertPromotable,
  assertValidatedUnder,
  promotionChecklist,
  type PromotionFacts,
} from './promotion-checklist';

describe('promotion readiness', () => {
  const ready: PromotionFacts = {
    status: 'validated',
    completedBacktests: 1,
    model: { id: 'm', kind: 'logistic', needsArtifact: true, artifactUri: 'sha256:x', artifactIntact: true },
    signalLogic: { id: 's', rules: 2 },
  };

  it('is there when all four conditions hold', () => {
    expect(promotionChecklist(ready).ready).toBe(true);
    expect(() => assertPromotable(ready)).not.toThrow();
  });

  it.each<[string, Partial<PromotionFacts>, string]>([
    ['not validated', { status: 'backtested' }, 'status_validated'],
    ['never backtested', { completedBacktests: 0 }, 'backtest_completed'],
    ['without a model', { model: null }, 'model_attached'],
    ['without an artifact', { model: { ...ready.model!, artifactUri: null } }, 'model_attached'],
    ['with a changed artifact', { model: { ...ready.model!, artifactIntact: false } }, 'model_attached'],
    ['without signal logic', { signalLogic: null }, 'signal_logic_attached'],
    ['with an empty rule tree', { signalLogic: { id: 's', rules: 0 } }, 'signal_logic_attached'],
  ])('is refused with the whole checklist when %s', (_, change, item) => {
    const error = refusalOf(() => assertPromotable({ ...ready, ...change }));
    expect(error.code).toBe('not_ready');
    const checklist = error.facts?.checklist as { item: string; passed: boolean }[];
    expect(checklist.map((one) => one.item)).toHaveLength(4);
    expect(checklist.filter((one) => !one.passed).map((one) => one.item)).toEqual([item]);
  });

  it('needs no artifact for rule.identity', () => {
    const model = { id: 'm', kind: 'rule.identity', needsArtifact: false, artifactUri: null, artifactIntact: false };
    expect(promotionChecklist({ ...ready, model }).ready).toBe(true);
  });

  it('needs the policy among those the revision is validated under', () => {
    const verdict = { policy: 'default' as const, version: '2', passed: false, gates: [] };
    expect(() => assertValidatedUnder('exploratory', ['exploratory'], undefined)).not.toThrow();
    const error = refusalOf(() => assertValidatedUnder('default', ['exploratory'], verdict));
    expect([error.code, error.facts]).toEqual([
      'gates_failed',
      { policy: 'default', validated_under: ['exploratory'], passed: false, gates: [] },
    ]);
  });
});

describe('policies that judge no more', () => {
  it('are refused by the name of the one to use instead', () => {
    expect(() => assertJudging('default')).not.toThrow();
    const error = refusalOf(() => assertJudging('large_search'));
    expect(error.code).toBe('validation_failed');
    expect(error.message).toBe(
      'policy must be one of default, strict, exploratory, was large_search, which is retired: validate again and use default instead',
    );
  });

  it('promote nothing new in a version that was replaced', () => {
    const before = { policy: 'default' as const, version: '1', passed: true, gates: [] };
    const error = refusalOf(() => assertValidatedUnder('default', ['default'], before));
    expect([error.code, error.message]).toEqual([
      'gates_failed',
      'policy must be judged in the version in force, was not: Version 1 of default is replaced: validate again, to be judged by version 2 of default',
    ]);
    expect(() => assertValidatedUnder('default', ['default'], { ...before, version: '2' })).not.toThrow();
  });
});

describe('a refusal of the gates', () => {
  it('names every gate that failed, and the next step', () => {
    const gate = {
      gate: 'pbo' as const,
      value: 0.7,
      threshold: 0.5,
      passed: false,
      why: 'PBO must be at most 0.5, was 0.7',
    };
    const neutral = { ...gate, passed: null, why: 'too_few_trials' };
    const verdict = { policy: 'default' as const, version: '2', passed: false, gates: [gate, neutral] };
    const refused = (under: PolicyName[], gates = verdict.gates): string =>
      refusalOf(() => assertValidatedUnder('default', under, { ...verdict, gates })).message;
    expect(refused([])).toBe(
      'policy must be one the revision is validated under (none), was default; pbo: PBO must be at most 0.5, was 0.7; ' +
        'next: change the strategy or its bars and validate it again',
    );
    expect(refused(['exploratory'])).toMatch(/next: promote under exploratory, or change the strategy/);
    const absent = { ...gate, passed: null, why: 'evidence_missing' };
    expect(refused([], [absent])).toMatch(/next: run POST \/api\/validation\/walk-forward and \/cpcv first$/);
  });
});
