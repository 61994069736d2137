import { POLICIES, type GateVerdict, type PolicyName, type PolicyVerdict } from '@assay/contracts';
import type { GateEvidence } from './gate-evidence';
import { GATES } from './gates';
import { POLICY_DOCUMENTS, type GateName, type PolicyDocument } from './policy-documents';
import { EVIDENCE_MISSING } from './verdicts';

/**
 * Judges evidence under one policy. `passed` is false as soon as one gate fails, null while evidence is missing,
 * else true. A gate that says nothing here (`too_few_trials`, `not_applicable`) neither refuses nor passes.
 */
export function evaluatePolicy(policy: PolicyDocument, evidence: GateEvidence): PolicyVerdict {
  const gates = Object.entries(policy.gates).map(([gate, threshold]): GateVerdict => {
    return { gate, ...GATES[gate as GateName](evidence, threshold, policy) };
  });
  const failed = gates.some((gate) => gate.passed === false);
  const undecided = gates.some((gate) => gate.passed === null && gate.why === EVIDENCE_MISSING);
  return { policy: policy.name, version: policy.version, passed: failed ? false : undecided ? null : true, gates };
}

/** Every preset policy on the same evidence. */
export function evaluatePolicies(evidence: GateEvidence): PolicyVerdict[] {
  return POLICIES.map((name) => evaluatePolicy(POLICY_DOCUMENTS[name], evidence));
}

/** Names of the policies that pass: a revision with one of them is validated. */
export function validatedUnder(verdicts: readonly PolicyVerdict[]): PolicyName[] {
  return verdicts.filter((verdict) => verdict.passed === true).map((verdict) => verdict.policy);
}
