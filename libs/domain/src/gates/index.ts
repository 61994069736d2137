export * from './evaluate-policies';
export * from './gate-evidence';
export { GATE_QUESTIONS, type GateQuestion } from './gate-questions';
export {
  GATE_NAMES,
  POLICY_DOCUMENTS,
  type GateName,
  type PolicyDocument,
  type PolicyLayout,
} from './policy-documents';
