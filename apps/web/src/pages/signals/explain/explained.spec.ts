import { explainedRows, fateOf, targetWords, type ExplainedGroup } from './explained';

const leaf = (path: string, rule: string) => ({ path, rule, truth: 'true' as const, why: `${rule}, so it holds` });
const group: ExplainedGroup = {
  ...{ path: 'groups[0]', truth: 'true', action: 'BUY', reached: true, decides: true, combinator: 'AND' },
  rules: [
    leaf('groups[0].rules[0]', 'rsi < 30'),
    {
      path: 'groups[0].rules[1]',
      truth: 'true',
      combinator: 'OR',
      rules: [leaf('groups[0].rules[1].rules[0]', 'close > 1')],
    },
  ],
};

describe('explained groups', () => {
  it('are their rules in order, by how deep they stand', () =>
    expect(explainedRows(group).map(({ depth, text, path }) => [depth, text, path])).toEqual([
      [1, 'rsi < 30', 'groups[0].rules[0]'],
      [1, 'any of these', 'groups[0].rules[1]'],
      [2, 'close > 1', 'groups[0].rules[1].rules[0]'],
    ]));

  it('say what became of them', () => {
    expect(fateOf(group)).toBe('decides');
    expect(fateOf({ ...group, decides: false, reached: false })).toBe('holds, but an earlier group came first');
    expect(fateOf({ ...group, decides: false, reached: false, truth: 'false' })).toBe('not reached');
    expect(fateOf({ ...group, decides: false, truth: 'false' })).toBe('does not hold');
    expect(fateOf({ ...group, decides: false, truth: 'unknown' })).toBe('unknown: nothing after it decides');
    expect([1, 0, -1, null].map(targetWords)).toEqual(['Long', 'Out', 'Short', 'None yet']);
  });
});
