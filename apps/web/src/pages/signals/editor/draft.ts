import type { Action, Combinator, Operator, RuleGroup, RuleNode, RuleTree } from '../../../definitions/rule-tree';

/** A rule tree as it is edited: numbers are text as typed, and every node has a key of its own, whatever its place. */
export interface LeafDraft {
  key: string;
  field: string;
  operator: Operator;
  against: 'number' | 'field';
  number: string;
  other: string;
}
export interface BranchDraft {
  key: string;
  combinator: Combinator;
  rules: NodeDraft[];
}
export type NodeDraft = LeafDraft | BranchDraft;
export interface GroupDraft extends BranchDraft {
  action: Action;
}
export interface TreeDraft {
  groups: GroupDraft[];
}

let made = 0;
const newKey = (): string => `node-${(made += 1)}`;

export const isBranch = (node: NodeDraft): node is BranchDraft => 'rules' in node;

export const newLeaf = (): LeafDraft => ({
  key: newKey(),
  field: '',
  operator: '>',
  against: 'number',
  number: '',
  other: '',
});
export const newBranch = (): BranchDraft => ({ key: newKey(), combinator: 'OR', rules: [newLeaf(), newLeaf()] });
export const newGroup = (action: Action): GroupDraft => ({
  key: newKey(),
  action,
  combinator: 'AND',
  rules: [newLeaf()],
});
/** What an empty page begins with. */
export const newTree = (): TreeDraft => ({ groups: [newGroup('BUY'), newGroup('SELL')] });

function nodeDraft(node: RuleNode): NodeDraft {
  if ('rules' in node) return { key: newKey(), combinator: node.combinator, rules: node.rules.map(nodeDraft) };
  const { field, operator, value } = node;
  return typeof value === 'object'
    ? { ...newLeaf(), field, operator, against: 'field', other: value.field }
    : { ...newLeaf(), field, operator, number: String(value) };
}

export const draftOf = (tree: RuleTree): TreeDraft => ({
  groups: tree.groups.map(({ action, combinator, rules }) => ({
    key: newKey(),
    action,
    combinator,
    rules: rules.map(nodeDraft),
  })),
});

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A number as typed; text that is none stays text, for the API to refuse where it stands. */
function valueOf(text: string): number | string {
  const typed = text.trim();
  const value = Number(typed);
  return NUMBER.test(typed) && Number.isFinite(value) ? value : typed;
}

function nodeOf(node: NodeDraft): RuleNode {
  if (isBranch(node)) return { combinator: node.combinator, rules: node.rules.map(nodeOf) };
  const { field, operator, against, number, other } = node;
  return { field, operator, value: against === 'field' ? { field: other } : valueOf(number) };
}

export const treeOf = (draft: TreeDraft): RuleTree => ({
  groups: draft.groups.map(({ action, combinator, rules }): RuleGroup => ({
    action,
    combinator,
    rules: rules.map(nodeOf),
  })),
});

/** The rules with the node of a key changed, or without it where `change` gives none. */
function changed(rules: readonly NodeDraft[], key: string, change: (node: NodeDraft) => NodeDraft | null): NodeDraft[] {
  return rules.flatMap((node): NodeDraft[] => {
    if (node.key === key) return [change(node) ?? []].flat();
    return isBranch(node) ? [{ ...node, rules: changed(node.rules, key, change) }] : [node];
  });
}

const everyGroup = (tree: TreeDraft, work: (rules: readonly NodeDraft[]) => NodeDraft[]): TreeDraft => ({
  groups: tree.groups.map((group) => ({ ...group, rules: work(group.rules) })),
});

export const withLeaf = (tree: TreeDraft, key: string, part: Partial<Omit<LeafDraft, 'key'>>): TreeDraft =>
  everyGroup(tree, (rules) => changed(rules, key, (node) => (isBranch(node) ? node : { ...node, ...part })));

/** A group or a branch with another combinator or action, or with a rule more. */
export function withBranch(
  tree: TreeDraft,
  key: string,
  part: { combinator?: Combinator; action?: Action; added?: NodeDraft },
): TreeDraft {
  const { added, action, ...own } = part;
  const apply = <B extends BranchDraft>(branch: B): B => ({
    ...branch,
    ...own,
    rules: added ? [...branch.rules, added] : branch.rules,
  });
  return {
    groups: tree.groups.map((group) =>
      group.key === key
        ? { ...apply(group), ...(action ? { action } : {}) }
        : { ...group, rules: changed(group.rules, key, (node) => (isBranch(node) ? apply(node) : node)) },
    ),
  };
}

/** Without the rule, branch or group of a key. */
export const without = (tree: TreeDraft, key: string): TreeDraft => ({
  groups: everyGroup(tree, (rules) => changed(rules, key, () => null)).groups.filter((group) => group.key !== key),
});

export const withGroup = (tree: TreeDraft, action: Action): TreeDraft => ({
  groups: [...tree.groups, newGroup(action)],
});

/** The group at a place, and the one before or after it, in each other's place. */
export function movedGroup(tree: TreeDraft, from: number, by: -1 | 1): TreeDraft {
  const groups = [...tree.groups];
  const [moving, other] = [groups[from], groups[from + by]];
  if (!moving || !other) return tree;
  groups[from + by] = moving;
  groups[from] = other;
  return { groups };
}
