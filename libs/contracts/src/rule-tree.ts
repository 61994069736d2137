export type RuleOperator = '>' | '<' | '>=' | '<=' | '==' | '!=' | 'crosses_above' | 'crosses_below';
export type RuleAction = 'BUY' | 'SELL' | 'HOLD';
export type Combinator = 'AND' | 'OR';

/** Compares one field (a feature name, `prediction`, or a bar column such as `close`) with a number or another field. */
export interface RuleLeaf {
  field: string;
  operator: RuleOperator;
  value: number | { field: string };
}

export interface RuleBranch {
  combinator: Combinator;
  rules: RuleNode[];
}

export type RuleNode = RuleLeaf | RuleBranch;

/** Groups are tried in order; the first whose rules hold decides, else HOLD. */
export interface RuleGroup {
  action: RuleAction;
  combinator: Combinator;
  rules: RuleNode[];
}

export interface RuleTree {
  groups: RuleGroup[];
}

export type OutputMode = 'discrete' | 'numeric';
export type PositionMode = 'long_only' | 'long_short';
