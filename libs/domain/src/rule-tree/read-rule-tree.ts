import type { Combinator, RuleAction, RuleGroup, RuleNode, RuleOperator, RuleTree } from '@assay/contracts';
import { describeValue, type FieldProblem, invalid } from '@assay/primitives';
import { ObjectReader } from '../documents';

const ACTIONS: readonly RuleAction[] = ['BUY', 'SELL', 'HOLD'];
const COMBINATORS: readonly Combinator[] = ['AND', 'OR'];
const OPERATORS: readonly RuleOperator[] = ['>', '<', '>=', '<=', '==', '!=', 'crosses_above', 'crosses_below'];
const MOST_GROUPS = 64;
const MOST_RULES = 64;
const DEEPEST = 16;

/**
 * Reads a rule tree and checks every leaf, also those a first match would hide.
 * Throws `validation_failed` with all problems, each at its node's path such as `groups[0].rules[1].field`.
 * @param fields names a leaf may use: features, `prediction`, bar columns.
 */
export function parseRuleTree(input: unknown, fields: readonly string[]): RuleTree {
  const problems: FieldProblem[] = [];
  const tree = readRuleTree(input, '', problems, fields);
  if (problems.length > 0 || !tree) throw invalid(problems);
  return tree;
}

/** Same, noting problems below `path` instead of throwing; null lets any field pass. */
export function readRuleTree(
  input: unknown,
  path: string,
  problems: FieldProblem[],
  fields: readonly string[] | null,
): RuleTree | undefined {
  const reader = ObjectReader.of(input, path, problems);
  if (!reader) return undefined;
  const groups = reader.list('groups', { required: true, min: 1, max: MOST_GROUPS }, (item, at) =>
    readGroup(item, at, problems, fields),
  );
  reader.refuseUnknown();
  return groups && { groups };
}

function readGroup(
  input: unknown,
  path: string,
  problems: FieldProblem[],
  fields: readonly string[] | null,
): RuleGroup | undefined {
  const reader = ObjectReader.of(input, path, problems);
  if (!reader) return undefined;
  const action = reader.oneOf('action', ACTIONS, { required: true });
  const combinator = reader.oneOf('combinator', COMBINATORS, { required: true });
  const rules = readRules(reader, fields, 1);
  reader.refuseUnknown();
  return action && combinator && rules && { action, combinator, rules };
}

function readRules(reader: ObjectReader, fields: readonly string[] | null, depth: number): RuleNode[] | undefined {
  return reader.list('rules', { required: true, min: 1, max: MOST_RULES }, (item, at) =>
    readNode(item, at, reader.problems, fields, depth),
  );
}

function readNode(
  input: unknown,
  path: string,
  problems: FieldProblem[],
  fields: readonly string[] | null,
  depth: number,
): RuleNode | undefined {
  const reader = ObjectReader.of(input, path, problems);
  if (!reader) return undefined;
  const isBranch = reader.has('combinator') || reader.has('rules');
  if (isBranch && depth >= DEEPEST) {
    const message = `${path} must be nested at most ${DEEPEST} deep, was deeper`;
    problems.push({ field: path, rule: 'max_depth', value: depth + 1, message });
    return undefined;
  }
  const node = isBranch ? readBranch(reader, fields, depth) : readLeaf(reader, fields);
  reader.refuseUnknown();
  return node;
}

function readBranch(reader: ObjectReader, fields: readonly string[] | null, depth: number): RuleNode | undefined {
  const combinator = reader.oneOf('combinator', COMBINATORS, { required: true });
  const rules = readRules(reader, fields, depth + 1);
  return combinator && rules && { combinator, rules };
}

function readLeaf(reader: ObjectReader, fields: readonly string[] | null): RuleNode | undefined {
  const field = readField(reader, 'field', fields);
  const operator = reader.oneOf('operator', OPERATORS, { required: true });
  const value = readOperand(reader, fields);
  return field !== undefined && operator !== undefined && value !== undefined ? { field, operator, value } : undefined;
}

function readField(reader: ObjectReader, key: string, fields: readonly string[] | null): string | undefined {
  const name = reader.text(key, { required: true });
  if (name === undefined || fields === null || fields.includes(name)) return name;
  return reader.fail(key, 'unknown_reference', `be one of ${fields.join(', ')}`);
}

function readOperand(reader: ObjectReader, fields: readonly string[] | null): number | { field: string } | undefined {
  const value = reader.raw('value');
  if (typeof value === 'number') return reader.number('value', { required: true });
  if (value === undefined) return reader.number('value', { required: true });
  const at = reader.pathOf('value');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = `${at} must be a number or an object {field}, was ${describeValue(value)}`;
    reader.problems.push({ field: at, rule: 'type', value, message });
    return undefined;
  }
  const operand = ObjectReader.of(value, at, reader.problems);
  if (!operand) return undefined;
  const field = readField(operand, 'field', fields);
  operand.refuseUnknown();
  return field === undefined ? undefined : { field };
}
