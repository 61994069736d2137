import type { RuleTree } from '@assay/contracts';
import { dryRun } from './rule-dry-run';

const tree: RuleTree = {
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [{ field: 'edge', operator: '>', value: 0.5 }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: 'edge', operator: '<', value: -0.5 }] },
  ],
};
const sample = [{ edge: null }, { edge: 0 }, { edge: 1 }, { edge: 0 }, {}, { edge: -1 }];

describe('dryRun', () => {
  it('keeps the target while the rules hold their tongue, and takes nothing for 0', () => {
    expect(dryRun(tree, 'long_only', sample).rows).toEqual([
      { decision: 'NO_SIGNAL', signal: null },
      { decision: 'HOLD', signal: null },
      { decision: 'BUY', signal: 1 },
      { decision: 'HOLD', signal: 1 },
      { decision: 'NO_SIGNAL', signal: 1 },
      { decision: 'SELL', signal: 0 },
    ]);
  });

  it('sells short where that is allowed', () => {
    expect(dryRun(tree, 'long_short', sample).rows.at(-1)).toEqual({ decision: 'SELL', signal: -1 });
  });

  it('counts what each group said, and on how many rows it decided', () => {
    expect(dryRun(tree, 'long_only', sample).groups).toEqual([
      { group: 0, action: 'BUY', true: 1, false: 3, unknown: 2, decided: 1 },
      { group: 1, action: 'SELL', true: 1, false: 3, unknown: 2, decided: 1 },
    ]);
    const twice: RuleTree = { groups: [...tree.groups, tree.groups[0]!] };
    expect(dryRun(twice, 'long_only', sample).groups[2]).toMatchObject({ true: 1, decided: 0 });
    expect(dryRun(tree, 'long_only', []).groups).toEqual([]);
  });

  it('compares with the row before', () => {
    const crossing: RuleTree = {
      groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'edge', operator: 'crosses_above', value: 0 }] }],
    };
    const decisions = dryRun(crossing, 'long_only', [{ edge: -1 }, { edge: 1 }, { edge: 2 }]).rows.map(
      (r) => r.decision,
    );
    expect(decisions.slice(1)).toEqual(['BUY', 'HOLD']);
  });

  it('names every value that is no number', () => {
    const wrong = () => dryRun(tree, 'long_only', [{ edge: '1' }, { edge: Infinity, other: true }]);
    expect(wrong).toThrow(
      expect.objectContaining({
        errors: [
          expect.objectContaining({
            field: 'sample[0].edge',
            message: 'sample[0].edge must be a number or null, was "1"',
          }),
          expect.objectContaining({ field: 'sample[1].edge' }),
          expect.objectContaining({ field: 'sample[1].other' }),
        ],
      }),
    );
  });
});
