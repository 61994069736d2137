import { useCallback, useMemo, useState } from 'react';
import { draftOf, newTree, treeOf, type TreeDraft } from './editor/draft';
import { fieldsIn, type RuleTree } from '../../definitions/rule-tree';
import type { PositionMode, SignalLogic } from './queries';

export interface Rules {
  name: string;
  positionMode: PositionMode;
  draft: TreeDraft;
}

const rulesOf = (saved: SignalLogic | null): Rules => ({
  name: saved?.name ?? '',
  positionMode: (saved?.position_mode ?? 'long_only') as PositionMode,
  draft: saved ? draftOf(saved.rule_tree as unknown as RuleTree) : newTree(),
});

/** One text of what a strategy would run; keys of the stored document have no order. */
const contentOf = (tree: RuleTree, positionMode: string): string =>
  JSON.stringify([treeOf(draftOf(tree)), positionMode]);

/** Rules as they are edited, beside those that are saved. */
export function useRules(saved: SignalLogic | null) {
  const [rules, setRules] = useState(() => rulesOf(saved));
  const tree = useMemo(() => treeOf(rules.draft), [rules.draft]);
  const names = useMemo(() => fieldsIn(tree), [tree]);
  const change = useCallback((part: Partial<Rules>) => setRules((before) => ({ ...before, ...part })), []);
  const edit = useCallback(
    (how: (tree: TreeDraft) => TreeDraft) => setRules((before) => ({ ...before, draft: how(before.draft) })),
    [],
  );
  const changed =
    saved === null ||
    contentOf(tree, rules.positionMode) !== contentOf(saved.rule_tree as unknown as RuleTree, saved.position_mode);
  return { rules, tree, names, change, edit, changed, dirty: changed || rules.name.trim() !== saved.name };
}
