export * from './evaluate-policies';
export * from './gate-evidence';
export { GATE_WORDS, type GateWords } from './gate-words';
export * from './policy-words';
export * from './published-policies';
export {
  GATE_NAMES,
  isJudged,
  isPaperOnly,
  PAST_POLICIES,
  POLICY_DOCUMENTS,
  type GateName,
  type PastPolicy,
  type PolicyDocument,
  type PolicyLayout,
} from './policy-documents';
