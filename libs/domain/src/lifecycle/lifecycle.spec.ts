import { refusalOf } from '../../../testing/src/domain/refusal';
import { examplePipeline, exampleStrategy } from '../fixtures/documents';
import { columnNames } from '../ports';
import { parseStrategyDocument } from '../strategy';
import {
  assertDeployable,
  assertPromotable,
  assertValidatedUnder,
  assertWritable,
  nextStatus,
  promotionChecklist,
  STRATEGY_STATUSES,
  STRATEGY_STEPS,
  strategyTransitions,
  type PromotionFacts,
} from './index';

describe('the lifecycle', () => {
  const legal: [string, string, string][] = [
    ['draft', 'backtest_completed', 'backtested'],
    ['draft', 'archive', 'archived'],
    ['backtested', 'backtest_completed', 'backtested'],
    ['backtested', 'validation_passed', 'validated'],
    ['backtested', 'validation_failed', 'backtested'],
    ['backtested', 'archive', 'archived'],
    ['validated', 'backtest_completed', 'validated'],
    ['validated', 'validation_passed', 'validated'],
    ['validated', 'validation_failed', 'backtested'],
    ['validated', 'promote', 'promoted'],
    ['validated', 'archive', 'archived'],
    ['promoted', 'backtest_completed', 'promoted'],
    ['promoted', 'validation_passed', 'promoted'],
    ['promoted', 'validation_failed', 'promoted'],
    ['promoted', 'demote', 'validated'],
  ];

  it('has these steps and no other', () => {
    const found = STRATEGY_STATUSES.flatMap((status) =>
      STRATEGY_STEPS.flatMap((step) => {
        const next = strategyTransitions[status][step];
        return next ? [[status, step, next]] : [];
      }),
    );
    expect(found).toEqual(legal);
    for (const [status, step, next] of legal) expect(nextStatus(status as never, step as never)).toBe(next);
  });

  it('refuses every other step and says which are legal', () => {
    const isLegal = (status: string, step: string) => legal.some(([a, b]) => a === status && b === step);
    for (const status of STRATEGY_STATUSES) {
      for (const step of STRATEGY_STEPS.filter((one) => !isLegal(status, one))) {
        const error = refusalOf(() => nextStatus(status, step));
        expect(error.code).toBe(status === 'archived' ? 'archived_read_only' : 'illegal_transition');
        expect(error.facts).toEqual({ status, step, allowed: Object.keys(strategyTransitions[status]) });
      }
    }
    expect(refusalOf(() => nextStatus('promoted', 'archive')).message).toContain('demote it first');
    expect(refusalOf(() => nextStatus('draft', 'validation_passed')).message).toBe(
      'run a backtest first: step must be one of backtest_completed, archive for status draft, was validation_passed',
    );
  });

  it('makes an archived strategy read-only', () => {
    expect(refusalOf(() => assertWritable('archived')).code).toBe('archived_read_only');
    expect(() => assertWritable('promoted')).not.toThrow();
  });
});

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
    const verdict = { policy: 'default' as const, version: '1', passed: false, gates: [] };
    expect(() => assertValidatedUnder('exploratory', ['exploratory'], undefined)).not.toThrow();
    const error = refusalOf(() => assertValidatedUnder('default', ['exploratory'], verdict));
    expect([error.code, error.facts]).toEqual([
      'gates_failed',
      { policy: 'default', validated_under: ['exploratory'], passed: false, gates: [] },
    ]);
  });
});

describe('a refusal of the gates', () => {
  it('names every gate that failed', () => {
    const gate = {
      gate: 'pbo' as const,
      value: 0.7,
      threshold: 0.5,
      passed: false,
      why: 'PBO must be at most 0.5, was 0.7',
    };
    const neutral = { ...gate, passed: null, why: 'too_few_trials' };
    const verdict = { policy: 'default' as const, version: '1', passed: false, gates: [gate, neutral] };
    const error = refusalOf(() => assertValidatedUnder('default', [], verdict));
    expect(error.message).toBe(
      'policy must be one the revision is validated under (none), was default; pbo: PBO must be at most 0.5, was 0.7',
    );
  });
});

describe('deployability', () => {
  const live = columnNames();

  it('holds for discrete documents on live columns', () => {
    expect(() => assertDeployable(examplePipeline, live)).not.toThrow();
    expect(() => assertDeployable(parseStrategyDocument(exampleStrategy).document, live)).not.toThrow();
  });

  it('is refused with every reason', () => {
    const feature = { ...examplePipeline.features[0], plugin: 'column', params: { column: 'factor' } };
    const document = {
      ...examplePipeline,
      artifact: null,
      features: [feature],
      signal: { ...examplePipeline.signal, output_mode: 'numeric' as const },
    };
    const error = refusalOf(() => assertDeployable(document, live));
    expect([error.code, (error.facts?.problems as string[]).length]).toEqual(['not_deployable', 3]);
    expect(() => assertDeployable({ ...examplePipeline, features: [feature] }, [...live, 'factor'])).not.toThrow();
  });
});
