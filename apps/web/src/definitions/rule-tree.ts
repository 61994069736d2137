/** Rule trees as the API has them. */
export const OPERATORS = {
  '>': 'is above',
  '<': 'is below',
  '>=': 'is at least',
  '<=': 'is at most',
  '==': 'equals',
  '!=': 'differs from',
  crosses_above: 'crosses above',
  crosses_below: 'crosses below',
} as const;
export type Operator = keyof typeof OPERATORS;
export type Combinator = 'AND' | 'OR';
export type Action = 'BUY' | 'SELL' | 'HOLD';

export interface RuleLeaf {
  field: string;
  operator: Operator;
  /** Text is what was typed and is no number: the API refuses it by its place. */
  value: number | string | { field: string };
}
export interface RuleBranch {
  combinator: Combinator;
  rules: RuleNode[];
}
export type RuleNode = RuleLeaf | RuleBranch;
export interface RuleGroup extends RuleBranch {
  action: Action;
}
export interface RuleTree {
  groups: RuleGroup[];
}

/** Names that the rules of a tree compare, each once, in their order. */
export function fieldsIn(tree: RuleTree): string[] {
  const names = new Set<string>();
  const visit = (node: RuleNode): void => {
    if ('rules' in node) return node.rules.forEach(visit);
    names.add(node.field);
    if (typeof node.value === 'object') names.add(node.value.field);
  };
  tree.groups.forEach(visit);
  names.delete('');
  return [...names];
}
