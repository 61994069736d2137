import { ruleTreeDocument, type RuleTree } from '@assay/contracts';
import { below, invalid, noting, type FieldProblem } from '@assay/primitives';
import { withVerdicts } from '../documents';
import { ruleVerdicts } from './parse-rule-tree';

const RULE_TREE = ruleTreeDocument();

/** As `parseRuleTree`, noting problems below `path` instead of throwing; null lets any field pass. */
export function readRuleTree(
  input: unknown,
  path: string,
  problems: FieldProblem[],
  fields: readonly string[] | null,
): RuleTree | undefined {
  return noting(problems, () =>
    below(path, () => {
      const { document, problems: own } = RULE_TREE.read(input);
      const found = withVerdicts(own, ruleVerdicts(input, '', fields));
      if (found.length > 0 || !document) throw invalid(found);
      return document;
    }),
  );
}
