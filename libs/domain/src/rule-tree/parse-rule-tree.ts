import { DEEPEST_RULE, isRuleBranch, MOST_RULES, ruleTreeDocument, type RuleTree } from '@assay/contracts';
import { describeValue, invalid, type FieldProblem } from '@assay/primitives';
import { rawFields, rawItems, withVerdicts } from '../documents';

const RULE_TREE = ruleTreeDocument();

/**
 * Reads a rule tree and checks every leaf, also those a first match would hide.
 * Throws `validation_failed` with all problems, each at its node's path such as `groups[0].rules[1].field`.
 * @param fields names a leaf may use: features, `prediction`, bar columns.
 */
export function parseRuleTree(input: unknown, fields: readonly string[]): RuleTree {
  const { document, problems } = RULE_TREE.read(input);
  const found = withVerdicts(problems, ruleVerdicts(input, '', fields));
  if (found.length > 0 || !document) throw invalid(found);
  return document;
}

/**
 * What the schema of a rule tree at `path` cannot say: names that nothing has and branches nested too deep, below which nothing is
 * looked at. The tree may be wrong otherwise.
 * @param fields names a leaf may use; null lets any pass
 */
export function ruleVerdicts(tree: unknown, path: string, fields: readonly string[] | null): FieldProblem[] {
  const verdicts: FieldProblem[] = [];
  const known = new Set(fields);
  const checkName = (holder: unknown, at: string): void => {
    const field = `${at}.field`;
    const { field: name } = rawFields(holder);
    if (typeof name !== 'string' || !fields || known.has(name)) return;
    const message = `${field} must be one of ${fields.join(', ')}, was ${describeValue(name)}`;
    verdicts.push({ field, rule: 'unknown_reference', value: name, message });
  };
  const checkRules = (holder: unknown, at: string, depth: number): void =>
    rawItems(holder, 'rules', at, MOST_RULES).forEach(([node, place]) => {
      if (typeof node !== 'object' || node === null || !isRuleBranch(node)) {
        checkName(node, place);
        checkName(rawFields(node).value, `${place}.value`);
      } else if (depth < DEEPEST_RULE) checkRules(node, place, depth + 1);
      else {
        const message = `${place} must be nested at most ${DEEPEST_RULE} deep, was deeper`;
        verdicts.push({ field: place, rule: 'max_depth', value: depth + 1, message });
      }
    });
  rawItems(tree, 'groups', path, MOST_RULES).forEach(([group, place]) => checkRules(group, place, 1));
  return verdicts;
}
