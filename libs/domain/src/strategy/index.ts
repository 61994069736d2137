export { checkTradingPeriod } from './check-trading-period';
export { configIdentity } from './config-identity';
export type { ExtraColumns } from './limits';
export { generateName } from './generate-name';
export { modelPlan, modelPlanOf } from './model-plan';
export { parseStrategyDocument, type ParsedStrategy, type ParseStrategyOptions } from './parse-strategy-document';
export { ruleFields } from './pipeline-verdicts';
export { resolveSubstrategies, resolveSubstrategy, type ResolvedSubstrategy } from './resolve-substrategy';
