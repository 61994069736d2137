import { DomainError } from '@assay/primitives';
import { parseRuleTree } from './index';

const FIELDS = ['rsi_14', 'prediction', 'close'];
const leaf = { field: 'rsi_14', operator: '<', value: 30 };
const tree = (rules: unknown[], group: object = {}) => ({
  groups: [{ action: 'BUY', combinator: 'AND', rules, ...group }],
});

function nest(depth: number): unknown {
  return depth === 0 ? leaf : { combinator: 'AND', rules: [nest(depth - 1)] };
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
    expect(problemsOf(tree([nest(14)]))).toEqual([]);
    expect(problemsOf(tree([nest(5000)])).map((problem) => problem.rule)).toEqual(['max_depth']);
  });
});
