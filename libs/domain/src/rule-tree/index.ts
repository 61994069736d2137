export { parseRuleTree, ruleVerdicts } from './parse-rule-tree';
