export {
  parseDeploymentDocument,
  type ParsedDeployment,
  type ParseDeploymentOptions,
} from './parse-deployment-document';
export { effectiveRiskLimits, type EffectiveRiskLimits } from './risk-limits';
