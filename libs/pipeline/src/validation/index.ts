export {
  cpcvOf,
  runCpcv,
  type CpcvInput,
  type CpcvLayout,
  type CpcvOutcome,
  type CpcvPathResult,
  type CpcvSplitResult,
} from './cpcv';
export {
  buildGateEvidence,
  cpcvEvidence,
  walkForwardEvidence,
  type GateEvidenceInput,
  type GateEvidenceOutcome,
} from './gate-evidence';
export { POLICY_LAYOUT, policyScoreFrom, validationRange } from './layout';
export { ledgerReturns, ledgerSeries } from './ledger-series';
export { lookAheadAudit, type LookAheadAudit, type LookAheadViolation } from './look-ahead-audit';
export { reselect, type Reselection, type ReselectionFold, type Reselections } from './reselection';
export type { Progress } from './progress';
export { sharpePerBar, summarise, type ReturnSummary } from './return-summary';
export {
  alignTrials,
  decodeTrialSeries,
  encodeTrialSeries,
  type AlignedTrials,
  type TrialSeries,
} from './trial-series';
export {
  foldDocuments,
  runWalkForward,
  type WalkForwardFoldResult,
  type WalkForwardInput,
  type WalkForwardLayout,
  type WalkForwardOutcome,
} from './walk-forward';
export { placesText } from './undefined-figures';
export { warmUpAudit } from './warm-up-audit';
