import type { RuleAction, RuleGroup, RuleLeaf, RuleNode, RuleOperator, RuleTree } from '@assay/contracts';
import { highestTie, lowestTie, WITH_UNIT, type TieScale } from '@assay/quant';
import { allOf, anyOf, FALSE, TRUE, UNKNOWN } from './three-valued';

const OPERATORS: readonly RuleOperator[] = ['>', '<', '>=', '<=', '==', '!=', 'crosses_above', 'crosses_below'];

// taken out of the library once: an access through its index on every bar would cost more than the comparison
const highest = highestTie;
const lowest = lowestTie;

const LEAF = 0;
const AND = 1;
const OR = 2;

/** A leaf with its operands as positions in the row; `right` is -1 where the operand is the constant. */
export interface CompiledLeaf {
  leaf: RuleLeaf;
  /** Path in the tree, such as `groups[0].rules[1]`. */
  path: string;
  left: number;
  right: number;
  constant: number;
  operator: number;
  /** Of its comparisons: pure numbers only where both operands are. */
  scale: TieScale;
}

interface CompiledGroup {
  action: RuleAction;
  from: number;
  to: number;
}

/** What the groups say of one row: the action of the first that holds, HOLD when none does, or unknown. */
export type RuleOutcome = RuleAction | 'UNKNOWN';

/** A rule tree as flat postfix code over a row of field values. Compiled once, evaluated per bar without allocation. */
export class RuleProgram {
  /** The fields the tree reads, in the order of the row. */
  readonly fields: readonly string[];
  readonly leaves: readonly CompiledLeaf[];
  private readonly groups: readonly CompiledGroup[];
  private readonly code: Int32Array;
  private readonly stack: Uint8Array;

  /** @param scaleOf what a field is measured in; a constant is in the unit of the field it stands beside. */
  constructor(tree: RuleTree, scaleOf: (field: string) => TieScale = () => WITH_UNIT) {
    const compiler = new Compiler(scaleOf);
    this.groups = tree.groups.map((group, i) => compiler.group(group, `groups[${i}]`));
    this.fields = compiler.fields;
    this.leaves = compiler.leaves;
    this.code = Int32Array.from(compiler.code);
    this.stack = new Uint8Array(compiler.leaves.length + 1);
  }

  /**
   * The first group that holds decides; one that is unknown before it makes the outcome unknown.
   * @param previous the row of the bar before, NaN on the first bar; only crossings read it.
   */
  evaluate(row: Float64Array, previous: Float64Array): RuleOutcome {
    for (let g = 0; g < this.groups.length; g++) {
      const held = this.run(this.groups[g], row, previous);
      if (held === UNKNOWN) return 'UNKNOWN';
      if (held === TRUE) return this.groups[g].action;
    }
    return 'HOLD';
  }

  /** Place of the group that decides; -1 where none holds, -2 where an unknown one comes first. */
  decidingGroup(row: Float64Array, previous: Float64Array): number {
    for (let g = 0; g < this.groups.length; g++) {
      const held = this.run(this.groups[g], row, previous);
      if (held !== FALSE) return held === TRUE ? g : -2;
    }
    return -1;
  }

  /** What each group says by itself, whether or not one before it decides: `FALSE`, `TRUE` or `UNKNOWN`. */
  truths(row: Float64Array, previous: Float64Array): number[] {
    return this.groups.map((group) => this.run(group, row, previous));
  }

  private run(group: CompiledGroup, row: Float64Array, previous: Float64Array): number {
    const { code, stack, leaves } = this;
    let top = 0;
    for (let i = group.from; i < group.to; i += 2) {
      const count = code[i + 1];
      if (code[i] === LEAF) {
        stack[top++] = compareLeaf(leaves[count], row, previous);
      } else {
        const from = top - count;
        stack[from] = code[i] === AND ? allOf(stack, from, top) : anyOf(stack, from, top);
        top = from + 1;
      }
    }
    return stack[0];
  }
}

/** Truth of one leaf: unknown when an operand it needs is NaN. A crossing compares with the bar before, ties included. */
export function compareLeaf(leaf: CompiledLeaf, row: Float64Array, previous: Float64Array): number {
  const a = row[leaf.left];
  const b = leaf.right < 0 ? leaf.constant : row[leaf.right];
  if (a !== a || b !== b) return UNKNOWN;
  // both lines of the ties are cheaper than a comparison per operator: what is inlined has to stay small
  const low = lowest(b, leaf.scale);
  const high = highest(b, leaf.scale);
  switch (leaf.operator) {
    case 0:
      return a > high ? TRUE : FALSE;
    case 1:
      return a < low ? TRUE : FALSE;
    case 2:
      return a >= low ? TRUE : FALSE;
    case 3:
      return a <= high ? TRUE : FALSE;
    case 4:
      return a >= low && a <= high ? TRUE : FALSE;
    case 5:
      return a < low || a > high ? TRUE : FALSE;
    default: {
      const before = previous[leaf.left];
      const level = leaf.right < 0 ? leaf.constant : previous[leaf.right];
      if (before !== before || level !== level) return UNKNOWN;
      if (leaf.operator === 6) return a > high && before <= highest(level, leaf.scale) ? TRUE : FALSE;
      return a < low && before >= lowest(level, leaf.scale) ? TRUE : FALSE;
    }
  }
}

class Compiler {
  readonly fields: string[] = [];
  readonly leaves: CompiledLeaf[] = [];
  readonly code: number[] = [];

  constructor(private readonly scaleOf: (field: string) => TieScale) {}

  group(group: RuleGroup, path: string): CompiledGroup {
    const from = this.code.length;
    this.branch(group, path);
    return { action: group.action, from, to: this.code.length };
  }

  private branch(branch: Pick<RuleGroup, 'combinator' | 'rules'>, path: string): void {
    branch.rules.forEach((rule, i) => this.node(rule, `${path}.rules[${i}]`));
    this.code.push(branch.combinator === 'AND' ? AND : OR, branch.rules.length);
  }

  private node(node: RuleNode, path: string): void {
    if ('rules' in node) {
      this.branch(node, path);
      return;
    }
    this.code.push(LEAF, this.leaves.length);
    this.leaves.push({
      leaf: node,
      path,
      left: this.position(node.field),
      right: typeof node.value === 'number' ? -1 : this.position(node.value.field),
      constant: typeof node.value === 'number' ? node.value : NaN,
      operator: OPERATORS.indexOf(node.operator),
      scale: this.scaleOfLeaf(node),
    });
  }

  private scaleOfLeaf({ field, value }: RuleLeaf): TieScale {
    const left = this.scaleOf(field);
    return typeof value === 'number' || this.scaleOf(value.field) === left ? left : WITH_UNIT;
  }

  private position(field: string): number {
    const known = this.fields.indexOf(field);
    return known >= 0 ? known : this.fields.push(field) - 1;
  }
}
