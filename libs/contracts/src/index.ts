export * from './problem';
export {
  IMPORT_WARNINGS,
  QUALITY_FINDINGS,
  IDLE_ACTIONS,
  RESAMPLE_NOTES,
  WARNINGS,
  type ImportWarningCode,
  type QualityCode,
  type IdleActionCode,
  type ResampleNoteCode,
  type Warning,
  type WarningCode,
} from './warnings';
export * from './rule-tree';
export * from './signal-plugins';
export * from './signal-kinds';
export * from './markets';
export * from './timeframes';
export * from './trial-origins';
export * from './parameters/parameter-schema';
export * from './parameters/read-parameters';
export * from './bar-columns';
export * from './strategy-envelope';
export * from './protection';
export { hasMarginAlone, marginNotAlone } from './margin-alone';
export * from './substrategies-document';
export * from './pipeline-config';
export {
  MOST_FEATURES,
  NO_MODEL,
  PREDICTION_FIELD,
  pipelineDocument,
  type ArtifactRef,
  type CostsDocument,
  type FeatureSpec,
  type HistoryAnchor,
  type ModelPlan,
  type ModelSpec,
  type PinnedRef,
  type PipelineDocument,
  type SignalSpec,
} from './pipeline-document';
export * from './universe-document';
export {
  LONGEST_HORIZON,
  modelLabelDocument,
  taskOf,
  type ModelLabel,
  type ModelTask,
  type TripleBarrierLabel,
} from './model-label';
export type { CheckedPlan, ModelKind, ModelKinds } from './model-kinds';
export { modelTrainingDocument, type ModelSelection, type ModelTraining } from './model-training';
export * from './strategy-document';
export { TRIMMED } from './schema/texts';
export { WireDocument, type Reading } from './schema/wire-document';
export * from './deployment-document';
export * from './intervals-document';
export * from './monte-carlo-document';
export * from './stress-document';
export {
  DEFAULT_RISK_LIMITS,
  riskLimitSpecs,
  type EffectiveRiskLimits,
  type RiskLimitName,
  type RiskLimits,
} from './risk-limits';
export * from './results-document';
export {
  JUDGED_POLICIES,
  POLICIES,
  type EvidenceSeries,
  type GateVerdict,
  type JudgedPolicy,
  type PolicyName,
  type PolicyVerdict,
  type PromotionEvidence,
  type WalkForwardFold,
} from './evidence';
export {
  EVIDENCE_FILE,
  EVIDENCE_RECORD,
  EVIDENCE_VERSION,
  evidenceFile,
  RECORD_SECTIONS,
  type EvidenceFile,
  type EvidenceRecord,
  type JudgementStatement,
  type PastEvidenceFile,
  type PromotionStatement,
  type RecordedReturns,
  type RecordedSeries,
  type RecordedTrial,
  type RecordSection,
  type Signature,
  type SignedJudgement,
  type SignedPromotion,
} from './evidence-record';
export type { CloudEvent } from './cloud-event';
export * from './events';
export * from './feed-document';
export * from './jobs/job-document';
export type { ImportFilePayload } from './jobs/import-file';
export type { ImportedBars } from './jobs/imported-bars';
export {
  PRUNING_RULES,
  CELL_FIGURES,
  RANKED_BY,
  SWEPT_METRICS,
  SWEEP_METHODS,
  SWEEP_OBJECTIVES,
  sweptParams,
  sweptTable,
  type ConstraintOperator,
  type ParamValue,
  type RankedBy,
  type SweptMetric,
  type RankedCell,
  type SweepCandidate,
  type SweepConstraint,
  type SweepFigures,
  type SweepPayload,
  type SweepResult,
  type SweepSearch,
  type SweepShardPayload,
  type SweepSpace,
  type SweptBars,
  type SweptCell,
  type SweptParam,
  type SweptTable,
  type PruningRule,
  type SweepObjective,
  type SweptParams,
  SELECTED_BY,
  WALK_FORWARD_SCHEMES,
  type FoldWindows,
  type SelectedMetric,
} from './jobs/sweep';
export type * from './jobs/definition-jobs';
export type * from './jobs/research-jobs';
export type * from './jobs/trade-jobs';
export * from './jobs/job-map';
export * from './storable-text';
export * from './json-text';
