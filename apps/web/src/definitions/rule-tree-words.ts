import { OPERATORS, type RuleGroup, type RuleNode } from './rule-tree';

const ACTIONS = { BUY: 'Buy', SELL: 'Sell', HOLD: 'Keep what is held' };

/** A rule as a part of a sentence: `close is above sma_200`. */
function nodeWords(node: RuleNode, nested = false): string {
  if ('rules' in node) {
    const joined = node.rules.map((rule) => nodeWords(rule, true)).join(node.combinator === 'AND' ? ' and ' : ' or ');
    return nested && node.rules.length > 1 ? `(${joined})` : joined;
  }
  const value = typeof node.value === 'object' ? node.value.field : String(node.value);
  return `${node.field} ${OPERATORS[node.operator]} ${value}`;
}

/** Each group of a rule tree as a sentence, in the order in which they are tried. */
export function groupWords(groups: readonly RuleGroup[], positionMode: string): string[] {
  const action = (group: RuleGroup) =>
    group.action === 'SELL' && positionMode === 'long_only' ? 'Sell what is held' : ACTIONS[group.action];
  return groups.map((group) => `${action(group)} when ${nodeWords(group)}.`);
}
