export { parseRuleTree, ruleVerdicts } from './parse-rule-tree';
export { unreachableGroups, type UnreachableGroup } from './unreachable-groups';
