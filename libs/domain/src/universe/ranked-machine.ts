import type { RankedRule, UniverseDocument } from '@assay/contracts';
import { concatColumns } from '@assay/quant';
import { CrossSections, ranked } from './cross-sections';
import type { Exits, PortfolioMachine, UniverseRow } from './exits';
import { LegRule } from './legs';
import { Membership, sortedMembers } from './membership';
import { RebalanceClock } from './rebalance-clock';

const symbolsGroup = (names: readonly (string | undefined)[]): Int32Array => {
  const known = [...new Set(names)].sort();
  return Int32Array.from(names, (name) => known.indexOf(name));
};

/** What a decision reads: a column of each feature, and the volatilities where weights need them. */
export interface DecisionColumns {
  features: readonly Float64Array[];
  volatilities: Float64Array;
}

/** Ranks the members at the closes that the calendar names, and holds what the rule makes of the ranks until the next. */
export class RankedMachine implements PortfolioMachine {
  readonly weights: Float64Array;
  readonly exits: Exits = new Map();
  decided = false;
  /** Scores of the last decision; NaN where a symbol had none. */
  readonly scores: Float64Array;
  private readonly clock: RebalanceClock;
  private readonly membership: Membership;
  private readonly sections: CrossSections;
  private readonly legs: LegRule;

  constructor(
    document: UniverseDocument,
    private readonly rule: RankedRule,
  ) {
    const members = sortedMembers(document);
    const groups = symbolsGroup(members.map(({ group }) => group));
    this.weights = new Float64Array(members.length);
    this.scores = new Float64Array(members.length).fill(NaN);
    this.clock = new RebalanceClock(rule.rebalance);
    this.membership = new Membership(members);
    const features = document.features.map(({ name }) => name);
    this.sections = new CrossSections(features, document.cross_sections, groups);
    this.legs = new LegRule(rule, groups);
  }

  /** Whether the portfolio is made anew at this bar. Tells nothing of prices, so it can be asked of all bars first. */
  isDue(day: number, next: number): boolean {
    return this.clock.step(day, next);
  }

  /** @param columns where `isDue` said so, else null */
  step(row: UniverseRow, columns: DecisionColumns | null): void {
    this.decided = false;
    this.exits.clear();
    this.giveUp(row);
    if (columns) this.decide(row, columns);
  }

  save(): Float64Array {
    return concatColumns([this.clock.save(), this.weights]);
  }

  load(state: Float64Array): void {
    const length = this.clock.save().length;
    this.clock.load(state.subarray(0, length));
    this.weights.set(state.subarray(length));
  }

  /** What has no bar, or is no member any more over the next one. */
  private giveUp({ day, next, close }: UniverseRow): void {
    const { weights, membership } = this;
    for (let i = 0; i < weights.length; i++) {
      if (weights[i] === 0) continue;
      if (close[i] !== close[i]) weights[i] = 0;
      else if (!membership.stays(i, day, next)) {
        weights[i] = 0;
        this.exits.set(i, 'left_universe');
      }
    }
  }

  private decide({ day, next, close }: UniverseRow, { features, volatilities }: DecisionColumns): void {
    const { membership, rule } = this;
    const pool: number[] = [];
    for (let i = 0; i < close.length; i++) if (close[i] === close[i] && membership.stays(i, day, next)) pool.push(i);
    const members = Int32Array.from(pool);
    const scores = this.sections.column(rule.score, features, members);
    this.scores.fill(NaN);
    for (const i of members) this.scores[i] = scores[i];
    // nobody has a score: nothing is said, and what is held is kept
    if (ranked(scores, members).length === 0) return;
    this.legs.decide(scores, volatilities, members, this.weights, this.weights);
    this.decided = true;
  }
}
