interface RuleLeaf {
  field: string;
  operator: string;
  value: number | { field: string };
}
interface RuleBranch {
  combinator: 'AND' | 'OR';
  rules: RuleNode[];
}
type RuleNode = RuleLeaf | RuleBranch;
export interface RuleGroup extends RuleBranch {
  action: 'BUY' | 'SELL' | 'HOLD';
}

const OPERATORS: Record<string, string> = {
  '>': 'is above',
  '<': 'is below',
  '>=': 'is at least',
  '<=': 'is at most',
  '==': 'equals',
  '!=': 'differs from',
  crosses_above: 'crosses above',
  crosses_below: 'crosses below',
};
const ACTIONS = { BUY: 'Buy', SELL: 'Sell', HOLD: 'Keep what is held' };

/** A rule as a part of a sentence: `close is above sma_200`. */
function nodeWords(node: RuleNode, nested = false): string {
  if ('rules' in node) {
    const joined = node.rules.map((rule) => nodeWords(rule, true)).join(node.combinator === 'AND' ? ' and ' : ' or ');
    return nested && node.rules.length > 1 ? `(${joined})` : joined;
  }
  const value = typeof node.value === 'number' ? String(node.value) : node.value.field;
  return `${node.field} ${OPERATORS[node.operator] ?? node.operator} ${value}`;
}

/** Each group of a rule tree as a sentence, in the order in which they are tried. */
export function groupWords(groups: readonly RuleGroup[], positionMode: string): string[] {
  const action = (group: RuleGroup) =>
    group.action === 'SELL' && positionMode === 'long_only' ? 'Sell what is held' : ACTIONS[group.action];
  return groups.map((group) => `${action(group)} when ${nodeWords(group)}.`);
}
