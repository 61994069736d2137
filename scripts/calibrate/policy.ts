import { evaluatePolicy, POLICY_DOCUMENTS, type GateEvidence } from '@assay/domain';
import type { GateEvidenceOutcome } from '@assay/pipeline';

/** The policy that is measured. */
export const POLICY = POLICY_DOCUMENTS.default;

/** Whether the policy refuses for what is there already, whatever comes beside it. */
export const isRefused = (evidence: Partial<GateEvidence>): boolean =>
  evaluatePolicy(POLICY, { lookback: 0, ...evidence }).passed === false;

export const isPromoted = ({ verdicts }: Pick<GateEvidenceOutcome, 'verdicts'>): boolean =>
  verdicts.find(({ policy }) => policy === POLICY.name)?.passed === true;
