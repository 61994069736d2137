import type { RuleBranch, RuleGroup, RuleLeaf, RuleNode, RuleTree } from '@assay/contracts';
import { highestTie, lowestTie, type TieScale } from '@assay/quant';

/**
 * What must be so at once for rules to hold: of each subject (a field, or the order of two fields, now or on the bar before) the regions
 * that are left to it, a bit a region. A subject that is not named may be anything, missing too.
 */
export type RuleTerm = ReadonlyMap<string, bigint>;

/** Terms of a group, any of which makes it hold; null where there are too many to reason about. */
export type RuleTerms = readonly RuleTerm[] | null;

const MOST_TERMS = 256;

/** Of two fields: below, equal, above. */
const [BELOW, EQUAL, ABOVE] = [1n, 2n, 4n];
const ORDERS: Record<string, bigint> = {
  '>': ABOVE,
  '<': BELOW,
  '>=': ABOVE | EQUAL,
  '<=': BELOW | EQUAL,
  '==': EQUAL,
  '!=': BELOW | ABOVE,
};
const NOW: Record<string, string> = { crosses_above: '>', crosses_below: '<' };
const BEFORE: Record<string, string> = { crosses_above: '<=', crosses_below: '>=' };

/**
 * Every group of a tree as terms over finitely many regions: the real line is cut at what each constant ties with, so comparisons with
 * constants are exact sets of regions.
 * @param scale in which constants tie
 */
export class RuleRegions {
  /** Ascending ends of the ties of every constant that a field is compared with. */
  private readonly cuts: ReadonlyMap<string, readonly number[]>;
  /** Every region of each subject that was named. */
  private readonly whole = new Map<string, bigint>();

  constructor(
    tree: RuleTree,
    private readonly scale: TieScale,
  ) {
    const cuts = new Map<string, Set<number>>();
    for (const { field, value } of tree.groups.flatMap(leavesOf)) {
      if (typeof value !== 'number') continue;
      const of = cuts.get(field) ?? new Set();
      cuts.set(field, of.add(lowestTie(value, scale)).add(highestTie(value, scale)));
    }
    this.cuts = new Map([...cuts].map(([field, ends]) => [field, [...ends].sort((a, b) => a - b)]));
  }

  termsOf(group: RuleGroup): RuleTerms {
    return this.branch(group);
  }

  /** Every region of a subject of a term. */
  all(subject: string): bigint {
    return this.whole.get(subject)!;
  }

  private branch({ combinator, rules }: Pick<RuleBranch, 'combinator' | 'rules'>): RuleTerms {
    let terms: RuleTerm[] = combinator === 'AND' ? [new Map()] : [];
    for (const rule of rules) {
      const own = this.node(rule);
      if (own === null) return null;
      terms =
        combinator === 'OR' ? [...terms, ...own] : terms.flatMap((term) => own.flatMap((more) => both(term, more)));
      if (terms.length > MOST_TERMS) return null;
    }
    return terms;
  }

  private node(node: RuleNode): RuleTerms {
    if ('rules' in node) return this.branch(node);
    const { field, operator, value } = node;
    const compared = (order: string, when: string): RuleTerm =>
      typeof value === 'number'
        ? this.withConstant(field, order, value, when)
        : this.withField(field, order, value.field, when);
    const before = BEFORE[operator];
    return before === undefined
      ? possible(compared(operator, ''))
      : both(compared(NOW[operator], ''), compared(before, ' before'));
  }

  /** Region 2 i is what lies below cut i and above the one before it, region 2 i + 1 is cut i itself. */
  private withConstant(field: string, order: string, constant: number, when: string): RuleTerm {
    const cuts = this.cuts.get(field)!;
    const low = 2 * cuts.indexOf(lowestTie(constant, this.scale)) + 1;
    const high = 2 * cuts.indexOf(highestTie(constant, this.scale)) + 1;
    const upTo = (region: number): bigint => (1n << BigInt(region)) - 1n;
    const all = upTo(2 * cuts.length + 1);
    const parts: [bigint, bigint][] = [
      [BELOW, upTo(low)],
      [EQUAL, upTo(high + 1) & ~upTo(low)],
      [ABOVE, all & ~upTo(high + 1)],
    ];
    const regions = parts.reduce((sum, [part, mask]) => ((ORDERS[order] & part) === 0n ? sum : sum | mask), 0n);
    return this.term(`${field}${when}`, regions, all);
  }

  private withField(field: string, order: string, other: string, when: string): RuleTerm {
    const asked = ORDERS[order];
    const any = BELOW | EQUAL | ABOVE;
    // a value ties with itself
    if (field === other) return this.term(`${field} | ${other}${when}`, asked & EQUAL, EQUAL);
    if (field < other) return this.term(`${field} | ${other}${when}`, asked, any);
    const turned = (asked & EQUAL) | ((asked & BELOW) === 0n ? 0n : ABOVE) | ((asked & ABOVE) === 0n ? 0n : BELOW);
    return this.term(`${other} | ${field}${when}`, turned, any);
  }

  private term(subject: string, regions: bigint, all: bigint): RuleTerm {
    this.whole.set(subject, all);
    return new Map([[subject, regions]]);
  }
}

/** Both at once; none where they contradict each other. */
function both(a: RuleTerm, b: RuleTerm): RuleTerm[] {
  const joined = new Map(a);
  for (const [subject, regions] of b) joined.set(subject, (joined.get(subject) ?? regions) & regions);
  return possible(joined);
}

const possible = (term: RuleTerm): RuleTerm[] => ([...term.values()].every((regions) => regions !== 0n) ? [term] : []);

function leavesOf(node: RuleNode | RuleGroup): RuleLeaf[] {
  return 'rules' in node ? node.rules.flatMap(leavesOf) : [node];
}
