import type { ZodType } from 'zod';
import { choice } from './schema/choice';
import { must } from './schema/must';
import { WireDocument, type DocumentOf, type Zod } from './schema/wire-document';

const OPERATORS = ['>', '<', '>=', '<=', '==', '!=', 'crosses_above', 'crosses_below'] as const;
const COMBINATORS = ['AND', 'OR'] as const;
const ACTIONS = ['BUY', 'SELL', 'HOLD'] as const;
/** How many branches there may be from a group to a leaf, the leaf counted. */
export const DEEPEST_RULE = 16;
export const MOST_RULES = 64;

/** A branch has `combinator` and `rules`, a leaf neither. */
export const isRuleBranch = ({ combinator, rules }: { combinator?: unknown; rules?: unknown }): boolean =>
  combinator !== undefined || rules !== undefined;

const isBranch = (node: unknown): boolean => typeof node === 'object' && node !== null && isRuleBranch(node);

const several = <T extends ZodType>(z: Zod, item: T) => z.array(item).min(1).max(MOST_RULES);

/** Compares one field (a feature name, `prediction`, or a bar column such as `close`) with a number or another field. */
const ruleLeaf = (z: Zod) =>
  z.strictObject({
    field: z.string(),
    operator: z.enum(OPERATORS),
    value: z.union(
      [z.number(), z.strictObject({ field: z.string() })],
      must('type', 'be a number or an object {field}'),
    ),
  });

const ruleNode = (z: Zod) => {
  const leaf = ruleLeaf(z).meta({ id: 'leaf' });
  const branch = z
    .strictObject({
      combinator: z.enum(COMBINATORS),
      get rules() {
        return several(z, node);
      },
    })
    .meta({ id: 'branch' });
  const node = choice(z, [leaf, branch], (value) => (isBranch(value) ? 1 : 0)).meta({ id: 'node' });
  return node;
};

/** Groups are tried in order; the first whose rules hold decides, else HOLD. Rules of one group are nested at most `DEEPEST_RULE` deep. */
export const ruleTree = (z: Zod) => {
  const rules = several(z, ruleNode(z));
  const group = z
    .strictObject({ action: z.enum(ACTIONS), combinator: z.enum(COMBINATORS), rules })
    .meta({ id: 'group' });
  return z.strictObject({ groups: several(z, group) });
};

export const ruleTreeDocument = () => new WireDocument('urn:assay:schema:rule-tree:v1', ruleTree);

export type RuleTree = DocumentOf<ReturnType<typeof ruleTreeDocument>>;
export type RuleGroup = RuleTree['groups'][number];
export type RuleAction = RuleGroup['action'];
export type Combinator = RuleGroup['combinator'];
export type RuleNode = RuleGroup['rules'][number];
export type RuleLeaf = Exclude<RuleNode, { rules: unknown }>;
export type RuleBranch = Exclude<RuleNode, RuleLeaf>;
export type RuleOperator = RuleLeaf['operator'];

export const OUTPUT_MODES = ['discrete', 'numeric'] as const;
export type OutputMode = (typeof OUTPUT_MODES)[number];
export const POSITION_MODES = ['long_only', 'long_short'] as const;
export type PositionMode = (typeof POSITION_MODES)[number];
