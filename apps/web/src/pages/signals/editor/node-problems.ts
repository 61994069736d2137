import type { FieldProblem } from '../../../api/problem';
import { asSentence } from '../../../format/words';

/** What is wrong by the place of the node (`groups[0].rules[1]`), and there by its part: `field`, `value`, `rules`, or '' for the node itself. */
export type NodeProblems = ReadonlyMap<string, Readonly<Record<string, string>>>;

const TREE = 'rule_tree.';
const PLACE = /^(groups\[\d+\](?:\.rules\[\d+\])*)(?:\.(.+))?$/;

/** The words of one problem beside its node, where the path says nothing more. */
function wordsOf({ field, rule, value, message }: FieldProblem, part: string): string {
  if (rule === 'unknown_reference') {
    return value === ''
      ? 'Choose what is compared'
      : `There is no ${String(value)}: choose another, or make the feature first`;
  }
  if (part === 'value' && rule === 'type') {
    return value === '' ? 'State a number' : `Must be a number with a point, was ${String(value)}`;
  }
  if (part === 'rules' && rule === 'min_items') return 'Has no rule: add one, or remove it';
  const rest = message.startsWith(field) ? message.slice(field.length).trim() : message;
  return asSentence(rest);
}

/** Problems of an answer at their nodes; those of other fields are left out. */
export function nodeProblems(fields: readonly FieldProblem[]): NodeProblems {
  const found = new Map<string, Record<string, string>>();
  for (const problem of fields) {
    if (!problem.field.startsWith(TREE)) continue;
    const [, place, part = ''] = PLACE.exec(problem.field.slice(TREE.length)) ?? [];
    if (place === undefined) continue;
    const own = found.get(place) ?? {};
    // the first of a part is what has to be mended first
    own[part] ??= wordsOf(problem, part);
    found.set(place, own);
  }
  return found;
}

/** Problems of the tree that stand at no node, such as that it has no group. */
export const treeProblems = (fields: readonly FieldProblem[]): string[] =>
  fields
    .filter(({ field }) => field === 'rule_tree' || (field.startsWith(TREE) && !PLACE.test(field.slice(TREE.length))))
    .map(({ field, message }) => asSentence(message.replace(field, field.replace(TREE, ''))));

/** `groups[1] and groups[0]` as people count them: `group 2 and group 1`. */
export const countedGroups = (text: string): string =>
  text.replace(/groups\[(\d+)\]/g, (_, place: string) => `group ${Number(place) + 1}`);
