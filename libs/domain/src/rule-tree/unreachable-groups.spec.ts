import type { RuleNode, RuleTree } from '@assay/contracts';
import fc from 'fast-check';
import { RuleProgram } from '../evaluator';
import { unreachableGroups } from './index';

const leaf = (field: string, operator: string, value: number | string): RuleNode =>
  ({ field, operator, value: typeof value === 'string' ? { field: value } : value }) as RuleNode;
const all = (...rules: RuleNode[]): RuleNode => ({ combinator: 'AND', rules });
const any = (...rules: RuleNode[]): RuleNode => ({ combinator: 'OR', rules });
const tree = (...groups: RuleNode[]): RuleTree => ({
  groups: groups.map((rule) => ({ action: 'BUY', combinator: 'AND', rules: [rule] })),
});
const found = (...groups: RuleNode[]) =>
  unreachableGroups(tree(...groups)).map(({ group, reason, by }) => [group, reason, by]);

describe('groups that can never decide', () => {
  it.each<[string, RuleNode]>([
    ['above one level and below a lower one', all(leaf('x', '>', 3), leaf('x', '<', 2))],
    ['above and below the same level', all(leaf('x', '>', 3), leaf('x', '<', 3))],
    ['equal to two levels', all(leaf('x', '==', 3), leaf('x', '==', 4))],
    ['equal and not', all(leaf('x', '==', 3), leaf('x', '!=', 3))],
    ['above another and below it', all(leaf('a', '>', 'b'), leaf('b', '>=', 'a'))],
    ['above itself', leaf('a', '>', 'a')],
    ['crossing up and not above', all(leaf('x', 'crosses_above', 3), leaf('x', '<=', 3))],
    ['crossing up and down', all(leaf('x', 'crosses_above', 3), leaf('x', 'crosses_below', 5), leaf('x', '>', 6))],
    ['contradicting in each alternative', all(leaf('x', '>', 3), any(leaf('x', '<', 2), leaf('x', '==', 1)))],
  ])('by a contradiction: %s', (_, rule) => expect(found(rule)).toEqual([[0, 'contradiction', []]]));

  it.each<[string, RuleNode]>([
    ['a narrow band', all(leaf('x', '>', 3), leaf('x', '<', 3.1))],
    ['the level itself', all(leaf('x', '>=', 3), leaf('x', '<=', 3))],
    ['below now and above before', all(leaf('x', 'crosses_below', 3), leaf('x', '<', 3))],
    ['other fields', all(leaf('x', '>', 3), leaf('y', '<', 2))],
    // 3 ties with both
    ['levels that tie', all(leaf('x', '>=', 3 * (1 + 1e-13)), leaf('x', '<=', 3))],
  ])('not: %s', (_, rule) => expect(found(rule)).toEqual([]));

  it('by an earlier one that holds wherever it does', () => {
    expect(found(leaf('x', '>', 3), leaf('x', '>', 5))).toEqual([[1, 'covered', [0]]]);
    expect(found(leaf('x', '>', 5), leaf('x', '>', 3))).toEqual([]);
    expect(found(leaf('x', '>', 3), all(leaf('y', '>', 1), leaf('x', '>', 5)))).toEqual([[1, 'covered', [0]]]);
    expect(found(any(leaf('x', '>', 3), leaf('y', '>', 1)), leaf('y', '==', 2))).toEqual([[1, 'covered', [0]]]);
    expect(found(all(leaf('x', '>', 3), leaf('y', '>', 1)), leaf('x', '>', 5))).toEqual([]);
    expect(found(leaf('a', '>=', 'b'), leaf('b', '<', 'a'))).toEqual([[1, 'covered', [0]]]);
    expect(found(leaf('x', '>', 3), leaf('x', 'crosses_above', 3))).toEqual([[1, 'covered', [0]]]);
  });

  it('by several earlier ones together', () => {
    expect(found(leaf('x', '>', 5), leaf('x', '<=', 5), leaf('x', '==', 1))).toEqual([[2, 'covered', [1]]]);
    expect(found(leaf('x', '>', 5), leaf('x', '<', 5), leaf('x', '!=', 7))).toEqual([]);
    expect(found(leaf('x', '>', 5), leaf('x', '<', 2), any(leaf('x', '>', 6), leaf('x', '<', 1)))).toEqual([
      [2, 'covered', [0, 1]],
    ]);
    const corner = all(leaf('x', '>', 3), leaf('y', '>', 1));
    expect(found(corner, all(leaf('x', '>', 4), leaf('y', '<=', 1)), leaf('x', '>', 5))).toEqual([
      [2, 'covered', [0, 1]],
    ]);
    expect(found(leaf('z', '>', 0), leaf('x', '>', 5), leaf('x', '>', 6))).toEqual([[2, 'covered', [1]]]);
    expect(found(leaf('x', '>', 5), leaf('x', '<=', 5), all(leaf('x', '!=', 9), leaf('y', '>', 0)))).toEqual([
      [2, 'covered', [0, 1]],
    ]);
  });

  it('says so with their places', () =>
    expect(unreachableGroups(tree(leaf('x', '>', 3), leaf('x', '>', 5)))[0]!.message).toBe(
      'groups[1] can never decide: wherever it holds, groups[0] before it does',
    ));

  it('gives up on what has too many alternatives, and is quick about it', () => {
    const wide = all(...Array.from({ length: 16 }, (_, i) => any(leaf(`a${i}`, '>', 0), leaf(`b${i}`, '>', 0))));
    expect(found(wide, wide)).toEqual([]);
  });

  it('none of them ever decides on any rows, missing values and ties included', () => {
    const value = fc.constantFrom(NaN, 0, 1, 2, 3, 2 * (1 + 1e-13), 1.5);
    const node: fc.Arbitrary<RuleNode> = fc.letrec<{ node: any; leaf: any }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 2 },
        tie('leaf'),
        fc.record({
          combinator: fc.constantFrom('AND', 'OR'),
          rules: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        }) as any,
      ),
      leaf: fc.record({
        field: fc.constantFrom('x', 'y'),
        operator: fc.constantFrom('>', '<', '>=', '<=', '==', '!=', 'crosses_above', 'crosses_below'),
        value: fc.oneof(fc.constantFrom(1, 2), fc.constantFrom({ field: 'x' }, { field: 'y' })),
      }) as any,
    })).node;
    let unreachable = 0;
    let witnessed = 0;
    fc.assert(
      fc.property(
        fc.array(node, { minLength: 1, maxLength: 4 }),
        fc.array(fc.tuple(value, value), { minLength: 40, maxLength: 40 }),
        (nodes, rows) => {
          const groups = tree(...nodes);
          const never = new Set(unreachableGroups(groups).map(({ group }) => group));
          unreachable += never.size;
          const program = new RuleProgram(groups);
          let previous = Float64Array.of(NaN, NaN);
          for (const [x, y] of rows) {
            const row = Float64Array.from(program.fields, (field) => (field === 'x' ? x : y));
            const decides = program.decidingGroup(row, previous);
            if (decides >= 0) witnessed += 1;
            if (never.has(decides)) return false;
            previous = row;
          }
          return true;
        },
      ),
      { seed: 7, numRuns: 1500 },
    );
    expect(unreachable).toBeGreaterThan(200);
    expect(witnessed).toBeGreaterThan(1000);
  });
});
