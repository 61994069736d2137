export { parseRuleTree, ruleVerdicts } from './parse-rule-tree';
export { parseThreshold, thresholdOf, thresholdTree } from './threshold';
export { unreachableGroups, type UnreachableGroup } from './unreachable-groups';
