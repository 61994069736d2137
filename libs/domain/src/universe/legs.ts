import type { RankedRule } from '@assay/contracts';
import { byGroup, ranked } from './cross-sections';

/** How much of equity goes into each leg. */
export interface Budgets {
  long: number;
  short: number;
}

export function budgetsOf({ select, gross, net }: Pick<RankedRule, 'select' | 'gross' | 'net'>): Budgets {
  const legs = select.kind === 'quantile' ? select.legs : select.kind === 'long_short' ? 'long_short' : 'long';
  if (legs === 'long') return { long: gross, short: 0 };
  if (legs === 'short') return { long: 0, short: gross };
  return { long: (gross + net) / 2, short: (gross - net) / 2 };
}

/** Returns that vary less do so by the rounding of prices: a volatility below it is none. */
const LEAST_VOLATILITY = 1e-12;

/** Symbols of one leg with their shares, which need not add up to 1. */
interface Leg {
  symbols: number[];
  shares: number[];
}

/** From the scores of one time to the weights that the rule makes of them. */
export class LegRule {
  private readonly budgets: Budgets;

  /** @param groups group of each symbol as a number */
  constructor(
    private readonly rule: RankedRule,
    private readonly groups: Int32Array,
  ) {
    this.budgets = budgetsOf(rule);
  }

  /**
   * @param scores, volatilities a value a symbol; @param volatilities read by inverse-volatility weights only
   * @param pool symbols that may be held, in rising order
   * @param held weights before: what is held on a side may stay within the buffer
   * @param weights are written for every symbol
   */
  decide(
    scores: Float64Array,
    volatilities: Float64Array,
    pool: Int32Array,
    held: Float64Array,
    weights: Float64Array,
  ) {
    const next = new Float64Array(weights.length);
    const parts = this.rule.neutral === 'group' ? byGroup(pool, this.groups) : [pool];
    const legs = parts
      .map((part) => this.legsOf(scores, volatilities, part, held))
      .filter(({ long, short }) => this.isWhole(long, short));
    const { max_weight: cap } = this.rule;
    for (const { long, short } of legs) {
      const budget = { long: this.budgets.long / legs.length, short: this.budgets.short / legs.length };
      const share = Math.min(filled(budget.long, long, cap), filled(budget.short, short, cap));
      fill(budget.long * share, long, cap, next, 1);
      fill(budget.short * share, short, cap, next, -1);
    }
    weights.set(next);
  }

  /** A leg that has a budget and no symbol leaves nothing to balance the other: neither is held. */
  private isWhole(long: Leg, short: Leg): boolean {
    const { budgets } = this;
    return (budgets.long === 0 || long.symbols.length > 0) && (budgets.short === 0 || short.symbols.length > 0);
  }

  private legsOf(scores: Float64Array, volatilities: Float64Array, pool: Int32Array, held: Float64Array) {
    const { select } = this.rule;
    const order = this.order(scores, volatilities, pool);
    const worst = order.slice().reverse();
    const none: number[] = [];
    if (select.kind === 'top') return this.shared(this.chosen(order, select.k, held, 1), none, scores, volatilities, 1);
    if (select.kind === 'bottom')
      return this.shared(this.chosen(worst, select.k, held, 1), none, scores, volatilities, -1);
    const count = select.kind === 'quantile' ? Math.floor(order.length / select.quantiles) : 0;
    const counts = select.kind === 'quantile' ? [count, count] : [select.long, select.short];
    const long = this.budgets.long > 0 ? this.chosen(order, counts[0], held, 1) : none;
    const short = this.budgets.short > 0 ? this.chosen(worst, counts[1], held, -1) : none;
    // where there are too few, a symbol that both legs would have is in neither
    const both = new Set(long.filter((i) => short.includes(i)));
    const rest = (leg: number[]): number[] => leg.filter((i) => !both.has(i));
    return this.shared(rest(long), rest(short), scores, volatilities, 1);
  }

  /** The symbols that can be weighed, the best first. */
  private order(scores: Float64Array, volatilities: Float64Array, pool: Int32Array): Int32Array {
    const order = ranked(scores, pool);
    return this.rule.weighting.kind === 'inverse_volatility'
      ? order.filter((i) => volatilities[i] > LEAST_VOLATILITY)
      : order;
  }

  /** The first `count` of an order; what is held on the side stays while it is among the first `count` + buffer. */
  private chosen(order: Int32Array, count: number, held: Float64Array, side: number): number[] {
    const reach = Math.min(order.length, count + this.rule.buffer);
    const kept: number[] = [];
    for (let place = 0; place < reach && kept.length < count; place++)
      if (held[order[place]] * side > 0) kept.push(order[place]);
    const own = new Set(kept);
    for (let place = 0; place < order.length && own.size < count; place++) own.add(order[place]);
    return [...own].sort((a, b) => a - b);
  }

  /** @param sense 1 where high scores are good for the long leg */
  private shared(long: number[], short: number[], scores: Float64Array, volatilities: Float64Array, sense: number) {
    const { kind } = this.rule.weighting;
    const leg = (symbols: number[], side: number): Leg => {
      const shareOf = (i: number): number =>
        kind === 'equal' ? 1 : kind === 'score' ? Math.max(0, side * sense * scores[i]) : 1 / volatilities[i];
      const weighed = symbols.filter((i) => shareOf(i) > 0);
      return { symbols: weighed, shares: inRange(weighed.map(shareOf)) };
    };
    return { long: leg(long, 1), short: leg(short, -1) };
  }
}

/** Shares whose sum and products are numbers: by a power of two, which changes no bit of what they make. */
function inRange(shares: number[]): number[] {
  const most = Math.max(...shares);
  const unit = most > 1e150 ? 2 ** -600 : most < 1e-150 ? 2 ** 600 : 1;
  return unit === 1 ? shares : shares.map((share) => share * unit);
}

/** Part of a budget that a leg can take under the cap; a leg without budget takes all of nothing. */
function filled(budget: number, { symbols }: Leg, cap: number | null): number {
  if (budget === 0 || cap === null) return 1;
  return Math.min(1, (symbols.length * cap) / budget);
}

/** Shares out a budget in proportion; what the cap cuts off goes to those below it, again in proportion. */
function fill(budget: number, { symbols, shares }: Leg, cap: number | null, weights: Float64Array, side: number): void {
  if (budget === 0) return;
  const most = cap ?? Infinity;
  const isCapped = symbols.map(() => false);
  for (;;) {
    let free = budget;
    let total = 0;
    symbols.forEach((_, k) => {
      if (isCapped[k]) free -= most;
      else total += shares[k];
    });
    let isDone = true;
    symbols.forEach((i, k) => {
      if (isCapped[k]) return;
      const weight = (free * shares[k]) / total;
      // a leg at its whole capacity is at the cap but for rounding
      if (weight > most) {
        isCapped[k] = true;
        isDone = false;
        weights[i] = side * most;
      } else weights[i] = side * weight;
    });
    if (isDone) return;
  }
}
