import type { RuleNode, RuleTree } from '@assay/contracts';
import type { TieScale } from '@assay/quant';
import fc from 'fast-check';
import { randomFields, randomPipeline } from '../fixtures/random-documents';
import { RuleProgram } from './rule-program';

type Scales = Record<string, TieScale>;

/** a - b, or 0 where they are equal but for rounding. */
function difference(a: number, b: number, u: number): number {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b), u) ? 0 : a - b;
}

/** The definition, read off the tree itself: true, false or null for unknown. */
function truth(
  node: RuleNode,
  now: Record<string, number>,
  before: Record<string, number>,
  scales: Scales,
): boolean | null {
  if ('rules' in node) {
    const values = node.rules.map((rule) => truth(rule, now, before, scales));
    const decisive = node.combinator === 'OR';
    if (values.includes(decisive)) return decisive;
    return values.includes(null) ? null : !decisive;
  }
  const at = (row: Record<string, number>) => (typeof node.value === 'number' ? node.value : row[node.value.field]);
  const [a, b] = [now[node.field], at(now)];
  if (Number.isNaN(a) || Number.isNaN(b)) return null;
  const u = Math.min(scales[node.field], typeof node.value === 'number' ? 1 : scales[node.value.field]);
  const gap = difference(a, b, u);
  if (node.operator === 'crosses_above' || node.operator === 'crosses_below') {
    const [c, d] = [before[node.field], at(before)];
    if (Number.isNaN(c) || Number.isNaN(d)) return null;
    const gapBefore = difference(c, d, u);
    return node.operator === 'crosses_above' ? gapBefore <= 0 && gap > 0 : gapBefore >= 0 && gap < 0;
  }
  const results = { '>': gap > 0, '<': gap < 0, '>=': gap >= 0, '<=': gap <= 0, '==': gap === 0, '!=': gap !== 0 };
  return results[node.operator];
}

function outcome(tree: RuleTree, now: Record<string, number>, before: Record<string, number>, scales: Scales): string {
  for (const group of tree.groups) {
    const held = truth({ combinator: group.combinator, rules: group.rules }, now, before, scales);
    if (held === null) return 'UNKNOWN';
    if (held) return group.action;
  }
  return 'HOLD';
}

const row = (program: RuleProgram, values: Record<string, number>) =>
  Float64Array.from(program.fields, (field) => values[field] ?? NaN);

describe('a compiled rule tree', () => {
  it('says what the tree says, for any tree and any rows with missing values', () => {
    const value = fc.oneof(
      fc.constantFrom(NaN, 0, 0.5, 30, 50, 100, 1e-14, 0.5 + 1e-14, 50 - 1e-13, 0.1 + 0.2, 0.3),
      fc.double({ min: -1, max: 101, noNaN: true }),
    );
    const values = fc.record(
      Object.fromEntries(randomFields.map((name) => [name, value])) as Record<string, typeof value>,
    );
    const scale = fc.constantFrom<TieScale>(0, 1);
    const scales = fc.record(
      Object.fromEntries(randomFields.map((name) => [name, scale])) as Record<string, typeof scale>,
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), values, values, scales, (recipe, now, before, scaleOf) => {
        const tree = randomPipeline(recipe).signal.rule_tree;
        const program = new RuleProgram(tree, (field) => scaleOf[field]);
        expect(program.evaluate(row(program, now), row(program, before))).toBe(outcome(tree, now, before, scaleOf));
      }),
      { numRuns: 600 },
    );
  });

  const buyAboveSellBelow: RuleTree = {
    groups: [
      { action: 'BUY', combinator: 'AND', rules: [{ field: 'a', operator: '>', value: 1 }] },
      { action: 'SELL', combinator: 'AND', rules: [{ field: 'b', operator: '>', value: 1 }] },
    ],
  };

  it.each([
    [{ a: 2, b: NaN }, 'BUY'],
    [{ a: 0, b: 2 }, 'SELL'],
    [{ a: 0, b: 0 }, 'HOLD'],
    [{ a: 0, b: NaN }, 'UNKNOWN'],
    [{ a: NaN, b: 2 }, 'UNKNOWN'],
  ])('on %o gives %s: an unknown higher group never falls through', (values, expected) => {
    const program = new RuleProgram(buyAboveSellBelow);
    expect(program.evaluate(row(program, values), row(program, {}))).toBe(expected);
  });

  it.each([
    [1, 2, 'BUY'],
    [1.5, 2, 'BUY'],
    [2, 2, 'HOLD'],
    [1.6, 2, 'HOLD'],
    [NaN, 2, 'UNKNOWN'],
    [1, 1.5, 'HOLD'],
  ])('crosses above 1.5 from %d to %d: %s', (before, now, expected) => {
    const program = new RuleProgram({
      groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'a', operator: 'crosses_above', value: 1.5 }] }],
    });
    expect(program.evaluate(Float64Array.of(now), Float64Array.of(before))).toBe(expected);
  });

  it.each([
    ['>', 'HOLD'],
    ['<', 'HOLD'],
    ['!=', 'HOLD'],
    ['>=', 'BUY'],
    ['<=', 'BUY'],
    ['==', 'BUY'],
  ] as const)('0.1 + 0.2 %s 0.3: %s, whether the other side is a number or a field', (operator, expected) => {
    for (const value of [0.3, { field: 'b' }]) {
      const program = new RuleProgram({
        groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'a', operator, value }] }],
      });
      expect(program.evaluate(row(program, { a: 0.1 + 0.2, b: 0.3 }), row(program, {}))).toBe(expected);
    }
  });
});
