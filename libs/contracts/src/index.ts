export * from './problem';
export * from './warnings';
export * from './rule-tree';
export * from './parameter-schema';
export * from './strategy-document';
export { WireDocument } from './schema/wire-document';
export * from './deployment-document';
export {
  DEFAULT_RISK_LIMITS,
  riskLimitSpecs,
  type EffectiveRiskLimits,
  type RiskLimitName,
  type RiskLimits,
} from './risk-limits';
export * from './results-document';
export * from './evidence';
export * from './cloud-event';
export * from './events';
export * from './jobs/job-document';
export * from './jobs/imported-bars';
export * from './jobs/sweep';
export * from './jobs/research-jobs';
export * from './jobs/trade-jobs';
export * from './jobs/job-map';
export * from './json-schema';
export * from './pipeline-schema';
export * from './storable-text';
export * from './json-text';
