export * from './deployment';
export * from './evaluator';
export * from './gates';
export * from './lifecycle';
export * from './orders';
export * from './ports';
export * from './risk';
export {
  parseRuleTree,
  parseThreshold,
  thresholdOf,
  thresholdTree,
  unreachableGroups,
  type UnreachableGroup,
} from './rule-tree';
export * from './strategy';
export * from './universe';
