export { parseDeploymentDocument, type ParseDeploymentOptions } from './parse-deployment-document';
export { effectiveRiskLimits, loosenedRiskLimits } from './risk-limits';
