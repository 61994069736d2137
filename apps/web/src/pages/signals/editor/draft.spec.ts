import fc from 'fast-check';
import {
  draftOf,
  movedGroup,
  newBranch,
  newLeaf,
  newTree,
  treeOf,
  withBranch,
  withGroup,
  withLeaf,
  without,
  type BranchDraft,
  type LeafDraft,
} from './draft';
import { fieldsIn, OPERATORS, type Operator, type RuleNode, type RuleTree } from '../../../definitions/rule-tree';

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.]{0,12}$/);
const combinator = fc.constantFrom('AND' as const, 'OR' as const);
// JSON has one zero
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const { node } = fc.letrec<{ node: RuleNode; leaf: RuleNode; branch: RuleNode }>((tie) => ({
  leaf: fc.record({
    field: name,
    operator: fc.constantFrom(...(Object.keys(OPERATORS) as Operator[])),
    value: fc.oneof(number, fc.record({ field: name })),
  }),
  branch: fc.record({ combinator, rules: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
  node: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('branch')),
}));
const tree: fc.Arbitrary<RuleTree> = fc.record({
  groups: fc.array(
    fc.record({
      action: fc.constantFrom('BUY' as const, 'SELL' as const, 'HOLD' as const),
      combinator,
      rules: fc.array(node, { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

const keysOf = (rules: readonly (LeafDraft | BranchDraft)[]): string[] =>
  rules.flatMap((one) => [one.key, ...('rules' in one ? keysOf(one.rules) : [])]);

describe('rule tree in the editor', () => {
  it('comes out of it as it went in, with a key of its own for every node', () => {
    fc.assert(
      fc.property(tree, (given) => {
        const draft = draftOf(given);
        expect(JSON.parse(JSON.stringify(treeOf(draft)))).toEqual(JSON.parse(JSON.stringify(given)));
        const keys = keysOf(draft.groups);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('is what it was after a rule, a branch and a group were added and taken away again', () => {
    fc.assert(
      fc.property(tree, fc.nat(), (given, place) => {
        const draft = draftOf(given);
        const branches = (rules: readonly (LeafDraft | BranchDraft)[]): string[] =>
          rules.flatMap((one) => ('rules' in one ? [one.key, ...branches(one.rules)] : []));
        const keys = branches(draft.groups);
        const key = keys[place % keys.length]!;
        for (const added of [newLeaf(), newBranch()]) {
          const longer = withBranch(draft, key, { added });
          expect(longer).not.toEqual(draft);
          expect(without(longer, added.key)).toEqual(draft);
        }
        const more = withGroup(draft, 'HOLD');
        expect(without(more, more.groups.at(-1)!.key)).toEqual(draft);
      }),
    );
  });

  it('keeps what is no number as it was typed', () => {
    const draft = newTree();
    const { key } = draft.groups[0]!.rules[0]!;
    const valueOf = (text: string) =>
      (treeOf(withLeaf(draft, key, { field: 'rsi', number: text })).groups[0]!.rules[0] as { value: unknown }).value;
    expect(['0,05', '', ' 30 ', '1e-4', '0x10', '1e999', '.5'].map(valueOf)).toEqual([
      ...['0,05', '', 30, 1e-4, '0x10', '1e999', 0.5],
    ]);
  });

  it('changes a leaf, a combinator and an action at their place alone', () => {
    const draft = newTree();
    const buy = draft.groups[0]!;
    const sell = draft.groups[1]!;
    const next = withBranch(
      withLeaf(draft, sell.rules[0]!.key, { field: 'rsi', against: 'field', other: 'close' }),
      buy.key,
      {
        combinator: 'OR',
        action: 'HOLD',
      },
    );
    expect(treeOf(next)).toEqual({
      groups: [
        { action: 'HOLD', combinator: 'OR', rules: [{ field: '', operator: '>', value: '' }] },
        { action: 'SELL', combinator: 'AND', rules: [{ field: 'rsi', operator: '>', value: { field: 'close' } }] },
      ],
    });
    expect(fieldsIn(treeOf(next))).toEqual(['rsi', 'close']);
  });

  it('moves a group by one, and nowhere beyond the ends', () => {
    const draft = newTree();
    expect(movedGroup(draft, 1, -1).groups.map(({ action }) => action)).toEqual(['SELL', 'BUY']);
    expect(movedGroup(draft, 0, -1)).toBe(draft);
    expect(movedGroup(draft, 1, 1)).toBe(draft);
  });
});
