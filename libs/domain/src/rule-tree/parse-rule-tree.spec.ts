import { ruleTreeDocument } from '@assay/contracts';
import { DomainError, type FieldProblem } from '@assay/primitives';
import { schemaAgreement } from '../../../testing/src/documents/schema-agreement';
import { parseRuleTree } from './index';

const FIELDS = ['rsi_14', 'prediction', 'close'];
const leaf = { field: 'rsi_14', operator: '<', value: 30 };
const tree = (rules: unknown[], group: object = {}) => ({
  groups: [{ action: 'BUY', combinator: 'AND', rules, ...group }],
});

function nest(depth: number): unknown {
  let node: unknown = leaf;
  for (let i = 0; i < depth; i += 1) node = { combinator: 'AND', rules: [node] };
  return node;
}

function problemsOf(input: unknown) {
  try {
    parseRuleTree(input, FIELDS);
  } catch (error) {
    if (error instanceof DomainError) return error.errors ?? [];
    throw error;
  }
  return [];
}

describe('a rule tree', () => {
  it('with leaves, branches and comparisons of two fields passes as it is', () => {
    const input = tree([leaf, { combinator: 'OR', rules: [{ ...leaf, value: { field: 'close' } }, nest(3)] }]);
    expect(parseRuleTree(input, FIELDS)).toEqual(input);
  });

  it.each<[string, unknown, string, string]>([
    ['that is no object', 3, 'document', 'type'],
    ['without groups', {}, 'groups', 'required'],
    ['with no group', { groups: [] }, 'groups', 'min_items'],
    ['with an empty group', tree([]), 'groups[0].rules', 'min_items'],
    ['with a group of no rules', { groups: [{ action: 'BUY', combinator: 'AND' }] }, 'groups[0].rules', 'required'],
    ['with an unknown action', tree([leaf], { action: 'SHORT' }), 'groups[0].action', 'enum'],
    ['with an unknown combinator', tree([leaf], { combinator: 'XOR' }), 'groups[0].combinator', 'enum'],
    [
      'with an unknown field',
      tree([leaf, { ...leaf, field: 'macd' }]),
      'groups[0].rules[1].field',
      'unknown_reference',
    ],
    [
      'with an unknown operand',
      tree([{ ...leaf, value: { field: 'x' } }]),
      'groups[0].rules[0].value.field',
      'unknown_reference',
    ],
    ['with an unknown operator', tree([{ ...leaf, operator: '~' }]), 'groups[0].rules[0].operator', 'enum'],
    ['with a number as text', tree([{ ...leaf, value: '30' }]), 'groups[0].rules[0].value', 'type'],
    ['with a value of null', tree([{ ...leaf, value: null }]), 'groups[0].rules[0].value', 'type'],
    ['without a value', tree([{ field: 'close', operator: '>' }]), 'groups[0].rules[0].value', 'required'],
    ['with a stray key', tree([{ ...leaf, weight: 1 }]), 'groups[0].rules[0].weight', 'unknown_field'],
    [
      'with a stray key in an operand',
      tree([{ ...leaf, value: { field: 'close', lag: 1 } }]),
      'groups[0].rules[0].value.lag',
      'unknown_field',
    ],
    [
      'that mixes leaf and branch',
      tree([{ ...leaf, combinator: 'AND', rules: [leaf] }]),
      'groups[0].rules[0].field',
      'unknown_field',
    ],
    ['with an empty branch', tree([{ combinator: 'OR', rules: [] }]), 'groups[0].rules[0].rules', 'min_items'],
  ])('%s is refused at its node', (_, input, field, rule) => {
    expect(problemsOf(input).map((problem) => [problem.field, problem.rule])).toContainEqual([field, rule]);
  });

  it('has every leaf checked, also behind a first that would decide', () => {
    const input = tree([
      { combinator: 'OR', rules: [leaf, { ...leaf, field: 'x' }] },
      { ...leaf, field: 'y' },
    ]);
    expect(problemsOf(input).map((problem) => problem.value)).toEqual(['x', 'y']);
  });

  it('nested past its depth is refused instead of overflowing', () => {
    expect(problemsOf(tree([nest(15)]))).toEqual([]);
    for (const depth of [16, 40, 5000, 100_000]) {
      const place = `groups[0]${'.rules[0]'.repeat(16)}`;
      expect(problemsOf(tree([nest(depth), { field: 'x', operator: '<', value: 1 }]))).toMatchObject([
        { field: place, rule: 'max_depth', value: 17, message: `${place} must be nested at most 16 deep, was deeper` },
        { field: 'groups[0].rules[1].field', rule: 'unknown_reference' },
      ]);
    }
  });
});

describe('the JSON Schema and the parser of a rule tree agree', () => {
  const deep = tree([leaf, { combinator: 'OR', rules: [{ ...leaf, value: { field: 'close' } }, nest(13)] }]);
  // what a schema cannot say: the names there are, and how deep a recursion goes
  const beyond = ({ rule }: FieldProblem) => rule === 'unknown_reference' || rule === 'max_depth';

  it('on documents with any fields changed, added or taken away', () => {
    const { accepted, refused } = schemaAgreement({
      schema: ruleTreeDocument().jsonSchema(),
      documents: [deep, tree([{ ...leaf, operator: 'crosses_above' }], { action: 'HOLD' })],
      problemsOf,
      beyond,
    });
    expect(accepted).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(300);
  });
});
