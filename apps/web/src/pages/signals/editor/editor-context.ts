import { createContext, useContext } from 'react';
import type { TreeDraft } from './draft';
import type { NodeProblems } from './node-problems';

export interface FieldGroup {
  group: string;
  items: { value: string; label: string }[];
}

interface Editor {
  /** What rules may compare, as the lists show it. */
  fields: readonly FieldGroup[];
  problems: NodeProblems;
  change: (edit: (tree: TreeDraft) => TreeDraft) => void;
}

export const EditorContext = createContext<Editor>({ fields: [], problems: new Map(), change: () => undefined });
export const useEditor = (): Editor => useContext(EditorContext);

/** Columns of bars that every series has. */
const BAR_FIELDS = ['close', 'open', 'high', 'low', 'volume'];
export const PREDICTION = 'prediction';

const named = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }));

export const fieldGroups = (features: readonly string[]): FieldGroup[] => [
  ...(features.length > 0 ? [{ group: 'Features', items: named([...features].sort()) }] : []),
  { group: 'Bar', items: named(BAR_FIELDS) },
  { group: 'Model', items: named([PREDICTION]) },
];
