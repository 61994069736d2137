import { JUDGED_POLICIES, type PolicyName, type PolicyVerdict } from '@assay/contracts';
import { invalid, refuse } from '@assay/primitives';
import { isJudged } from '../gates/policy-documents';
import { insteadOf, isInForce } from '../gates/policy-words';
import { EVIDENCE_MISSING } from '../gates/verdicts';
import type { StrategyStatus } from './strategy-status';

/** What promotion looks at. A null model or signal logic is not attached. */
export interface PromotionFacts {
  status: StrategyStatus;
  completedBacktests: number;
  model: {
    id: string;
    kind: string;
    /** False where there is nothing to fit. */
    needsArtifact: boolean;
    artifactUri: string | null;
    /** The stored bytes exist and have the recorded SHA-256. */
    artifactIntact: boolean;
  } | null;
  /** `id` is null for a substrategies document, which is its own signal logic. */
  signalLogic: { id: string | null; rules: number } | null;
}

export interface ChecklistItem {
  item: 'status_validated' | 'backtest_completed' | 'model_attached' | 'signal_logic_attached';
  passed: boolean;
  detail: string;
}

export interface PromotionChecklist {
  ready: boolean;
  items: ChecklistItem[];
}

/** All four conditions of promotion readiness, each with what was found. */
export function promotionChecklist(facts: PromotionFacts): PromotionChecklist {
  const items: ChecklistItem[] = [
    {
      item: 'status_validated',
      passed: facts.status === 'validated',
      detail: `status must be validated, was ${facts.status}`,
    },
    {
      item: 'backtest_completed',
      passed: facts.completedBacktests > 0,
      detail: `completed backtests must be at least 1, were ${facts.completedBacktests}`,
    },
    { item: 'model_attached', ...modelItem(facts.model) },
    { item: 'signal_logic_attached', ...signalItem(facts.signalLogic) },
  ];
  return { ready: items.every((item) => item.passed), items };
}

/** Throws `not_ready` with the whole checklist when an item fails. */
export function assertPromotable(facts: PromotionFacts): void {
  const { ready, items } = promotionChecklist(facts);
  if (ready) return;
  const open = items.filter((item) => !item.passed);
  throw refuse('not_ready', open.map((item) => item.detail).join('; '), { checklist: items });
}

/** Throws `validation_failed` for a policy that is retired, naming the one to use instead. */
export function assertJudging(policy: PolicyName): void {
  if (isJudged(policy)) return;
  const message = `policy must be one of ${JUDGED_POLICIES.join(', ')}, was ${policy}, which is retired: validate again and use default instead`;
  throw invalid([{ field: 'policy', rule: 'in_force', value: policy, message }]);
}

/**
 * Throws `gates_failed` with the policy's gate table when the revision is not validated under it, or under a version of it
 * that judges no more.
 */
export function assertValidatedUnder(
  policy: PolicyName,
  validatedUnder: readonly PolicyName[],
  verdict: PolicyVerdict | undefined,
): void {
  const isPast = verdict !== undefined && !isInForce(verdict);
  if (validatedUnder.includes(policy)) {
    if (!isPast) return;
    const facts = { policy, validated_under: [...validatedUnder], passed: verdict.passed, gates: verdict.gates };
    throw refuse(
      'gates_failed',
      `policy must be judged in the version in force, was not: ${insteadOf(verdict)}`,
      facts,
    );
  }
  const under = validatedUnder.length > 0 ? validatedUnder.join(', ') : 'none';
  const facts = {
    policy,
    validated_under: [...validatedUnder],
    passed: verdict?.passed ?? null,
    gates: verdict?.gates ?? [],
  };
  const failed = facts.gates.filter((gate) => gate.passed === false).map((gate) => `${gate.gate}: ${gate.why}`);
  const absent = facts.gates.filter((gate) => gate.why === EVIDENCE_MISSING).map(({ gate }) => gate);
  const why = failed.length === 0 ? '' : `; ${failed.join('; ')}`;
  const next =
    absent.length > 0 || facts.gates.length === 0
      ? 'run POST /api/validation/walk-forward and /cpcv first'
      : validatedUnder.length > 0
        ? `promote under ${under}, or change the strategy and validate it again`
        : 'change the strategy or its bars and validate it again';
  const message = `policy must be one the revision is validated under (${under}), was ${policy}${why}; next: ${next}`;
  throw refuse('gates_failed', message, facts);
}

function modelItem(model: PromotionFacts['model']): Omit<ChecklistItem, 'item'> {
  if (!model) return { passed: false, detail: 'model_id must be set, was null' };
  if (!model.needsArtifact) return { passed: true, detail: `${model.kind} needs no artifact` };
  if (!model.artifactUri) return { passed: false, detail: `model ${model.id} must have an artifact, had none` };
  return {
    passed: model.artifactIntact,
    detail: `artifact ${model.artifactUri} must exist and match its hash, ${model.artifactIntact ? 'does' : 'does not'}`,
  };
}

function signalItem(logic: PromotionFacts['signalLogic']): Omit<ChecklistItem, 'item'> {
  if (!logic) return { passed: false, detail: 'signal_logic_id must be set, was null' };
  return { passed: logic.rules > 0, detail: `signal logic must have at least 1 rule, had ${logic.rules}` };
}
