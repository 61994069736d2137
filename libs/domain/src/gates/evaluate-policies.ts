import { JUDGED_POLICIES, type GateVerdict, type JudgedPolicy, type PolicyVerdict } from '@assay/contracts';
import type { GateEvidence } from './gate-evidence';
import { GATE_WORDS } from './gate-words';
import { GATES } from './gates';
import { POLICY_DOCUMENTS, type GateName, type PolicyDocument } from './policy-documents';
import { EVIDENCE_MISSING } from './verdicts';

/**
 * Judges evidence under one policy. `passed` is false as soon as one gate fails, null while evidence is missing,
 * else true. A gate that says nothing here (`too_few_trials`, `not_applicable`) neither refuses nor passes, and what is
 * only shown decides nothing.
 */
export function evaluatePolicy(policy: PolicyDocument, evidence: GateEvidence): PolicyVerdict {
  const gates = Object.entries(policy.gates).map(([gate, threshold]): GateVerdict => {
    const verdict = GATES[gate as GateName](evidence, threshold, policy);
    const isCode = /^[a-z_]+$/.test(verdict.why);
    const why =
      verdict.passed === false && !isCode ? `${verdict.why}: ${GATE_WORDS[gate as GateName].next}` : verdict.why;
    return { gate, ...verdict, why };
  });
  const shown = Object.entries(policy.shown).map(([gate, threshold]): GateVerdict => {
    const verdict = GATES[gate as GateName](evidence, threshold, policy);
    const why = verdict.why === EVIDENCE_MISSING ? verdict.why : `${verdict.why}: shown, decides nothing`;
    return { gate, ...verdict, passed: null, informational: true, why };
  });
  const failed = gates.some((gate) => gate.passed === false);
  const undecided = gates.some((gate) => gate.passed === null && gate.why === EVIDENCE_MISSING);
  const passed = failed ? false : undecided ? null : true;
  return { policy: policy.name, version: policy.version, passed, gates: [...gates, ...shown] };
}

/** Every policy in force on the same evidence. */
export function evaluatePolicies(evidence: GateEvidence): PolicyVerdict[] {
  return JUDGED_POLICIES.map((name) => evaluatePolicy(POLICY_DOCUMENTS[name], evidence));
}

/** Names of the policies that pass: a revision with one of them is validated. */
export function validatedUnder(verdicts: readonly PolicyVerdict[]): JudgedPolicy[] {
  return verdicts.flatMap(({ policy, passed }) => (passed === true ? [policy as JudgedPolicy] : []));
}
