export { parseRuleTree, readRuleTree } from './read-rule-tree';
