import { countedGroups, nodeProblems, treeProblems } from './node-problems';

const problem = (field: string, rule: string, value: unknown, words: string) => ({
  ...{ field, rule, value },
  message: `${field} ${words}`,
});

describe('problems at their nodes', () => {
  it('stand at the place that the path names, by the part of the node', () => {
    const problems = nodeProblems([
      problem(
        'rule_tree.groups[0].rules[1].value',
        'type',
        '0,05',
        'must be a number or an object {field}, was "0,05"',
      ),
      problem('rule_tree.groups[0].rules[1].field', 'unknown_reference', 'nope', 'must be one of close, was "nope"'),
      problem('rule_tree.groups[1].rules[0].value.field', 'unknown_reference', '', 'must be one of close, was ""'),
      problem('rule_tree.groups[1].rules[2].rules', 'min_items', 0, 'must have at least 1 items, had 0'),
      problem('rule_tree.groups[1].rules[0].rules[3]', 'max_depth', 17, 'must be nested at most 16 deep, was deeper'),
      problem('position_mode', 'enum', 'x', 'must be one of long_only'),
    ]);
    expect(Object.fromEntries(problems)).toEqual({
      'groups[0].rules[1]': {
        value: 'Must be a number with a point, was 0,05',
        field: 'There is no nope: choose another, or make the feature first',
      },
      'groups[1].rules[0]': { 'value.field': 'Choose what is compared' },
      'groups[1].rules[2]': { rules: 'Has no rule: add one, or remove it' },
      'groups[1].rules[0].rules[3]': { '': 'Must be nested at most 16 deep, was deeper' },
    });
  });

  it('of the whole tree stand above it', () => {
    const none = problem('rule_tree.groups', 'min_items', 0, 'must have at least 1 items, had 0');
    expect(treeProblems([none])).toEqual(['Groups must have at least 1 items, had 0']);
    expect(nodeProblems([none]).size).toBe(0);
  });

  it('count groups from one', () =>
    expect(countedGroups('groups[2] can never decide: wherever it holds, groups[0] before it does')).toBe(
      'group 3 can never decide: wherever it holds, group 1 before it does',
    ));
});
