export {
  cpcvOf,
  runCpcv,
  scoredCpcv,
  type CpcvHooks,
  type CpcvInput,
  type CpcvLayout,
  type CpcvOutcome,
  type CpcvPathResult,
  type CpcvSplitResult,
} from './cpcv';
export {
  AUDIT_SEED,
  buildGateEvidence,
  cpcvEvidence,
  evidenceOf,
  walkForwardEvidence,
  type GateEvidenceInput,
  type GateEvidenceOutcome,
  type JudgedCandidate,
  type JudgingInput,
} from './gate-evidence';
export { effectiveOfLedger, type LedgerSize } from './effective-ledger';
export { POLICY_LAYOUT, policyScoreFrom, validationRange, type ScoredSlice } from './layout';
export type { JudgedLedger } from './ledger-judgement';
export { judgedStrategy, type JudgedRecord, type StretchReturns } from './judged-record';
export { ledgerReturns, ledgerSeries } from './ledger-series';
export { drawCuts, lookAheadAudit, type LookAheadAudit, type LookAheadViolation } from './look-ahead-audit';
export { reselect, type Reselection, type ReselectionFold, type Reselections } from './reselection';
export type { LogitHistogram } from './logit-histogram';
export { metricsOverPaths, type MetricOverPaths } from './path-distributions';
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
  RATIO_WORDS,
  runWalkForward,
  summariseFolds,
  walkForwardOf,
  walkForwardPlan,
  walkForwardSummary,
  type FoldSummary,
  type RatioTells,
  type WalkForwardFoldResult,
  type WalkForwardInput,
  type WalkForwardLayout,
  type WalkForwardOutcome,
} from './walk-forward';
export { explained, placesText, prefixed } from './undefined-figures';
export { warmUpAudit } from './warm-up-audit';
