import type { HedgeSpec, PairsRule, UniverseDocument } from '@assay/contracts';
import {
  concatColumns,
  expandingHedge,
  isAbove,
  isAtLeast,
  isAtMost,
  isBelow,
  kalmanHedge,
  PURE_NUMBER,
  rollingHedge,
  type HedgeStream,
  type PairReading,
} from '@assay/quant';
import type { Exits, PortfolioMachine, UniverseRow } from './exits';
import { Membership, sortedMembers } from './membership';

function hedgeOf(spec: HedgeSpec): HedgeStream {
  if (spec.kind === 'rolling_ols') return rollingHedge(spec.window, spec.z_window);
  if (spec.kind === 'expanding_ols') return expandingHedge(spec.min_bars, spec.z_window);
  return kalmanHedge(spec.delta, spec.observation_variance, spec.min_bars);
}

/** One pair: 1 is long y and short x, -1 the other way round. */
class Pair {
  side = 0;
  /** Weights of the legs while it is held. */
  weightY = 0;
  weightX = 0;
  readonly reading: PairReading = { ratio: NaN, spread: NaN, z: NaN };
  /** After a stop it stays out until the spread has come back. */
  private isStopped = false;
  private readonly hedge: HedgeStream;

  constructor(
    private readonly rule: PairsRule,
    readonly y: number,
    readonly x: number,
    private readonly budget: number,
  ) {
    this.hedge = hedgeOf(rule.hedge);
  }

  /** Takes a bar on which both legs have a price; trades only where both are members. */
  step(y: number, x: number, mayHold: boolean): void {
    const isLog = this.rule.prices === 'log';
    this.hedge.update(isLog ? Math.log(y) : y, isLog ? Math.log(x) : x, this.reading);
    const { z } = this.reading;
    if (!mayHold) return;
    if (z === z) this.decide(z, y, x);
  }

  close(): void {
    this.side = this.weightY = this.weightX = 0;
  }

  save(): Float64Array {
    const own = Float64Array.of(this.side, this.weightY, this.weightX, this.isStopped ? 1 : 0);
    return concatColumns([own, this.hedge.save()]);
  }

  load(state: Float64Array): void {
    [this.side, this.weightY, this.weightX] = state;
    this.isStopped = state[3] === 1;
    this.hedge.load(state.slice(4));
  }

  private decide(z: number, y: number, x: number): void {
    const { entry_z: entry, exit_z: exit, stop_z: stop } = this.rule;
    const isBack = isAtMost(Math.abs(z), exit, PURE_NUMBER);
    if (isBack) this.isStopped = false;
    if (this.side !== 0) {
      // a long spread was bought below its mean, and has done its work above -exit
      const isDone = this.side > 0 ? isAtLeast(z, -exit, PURE_NUMBER) : isAtMost(z, exit, PURE_NUMBER);
      const isLost = stop !== null && isAbove(-this.side * z, stop, PURE_NUMBER);
      if (isLost) this.isStopped = true;
      if (!isDone && !isLost) return;
      this.close();
    }
    const isBeyondStop = stop !== null && isAbove(Math.abs(z), stop, PURE_NUMBER);
    if (this.isStopped || isBeyondStop) return;
    if (isBelow(z, -entry, PURE_NUMBER)) this.open(1, y, x);
    else if (isAbove(z, entry, PURE_NUMBER)) this.open(-1, y, x);
  }

  /** Both legs share the budget as the spread has them: 1 of y against ratio of x, in money where prices are logs, else in units. */
  private open(side: number, y: number, x: number): void {
    const isLog = this.rule.prices === 'log';
    const legY = isLog ? 1 : y;
    const legX = isLog ? this.reading.ratio : this.reading.ratio * x;
    const scale = (side * this.budget) / (legY + Math.abs(legX));
    this.side = side;
    this.weightY = scale * legY;
    this.weightX = -scale * legX;
  }
}

/** Spreads of two symbols each, bought where they are low and sold where they are high, out of one capital. */
export class PairsMachine implements PortfolioMachine {
  readonly weights: Float64Array;
  readonly exits: Exits = new Map();
  readonly decided = false;
  readonly pairs: readonly Pair[];
  private readonly membership: Membership;

  constructor(document: UniverseDocument, rule: PairsRule) {
    const members = sortedMembers(document);
    const at = (symbol: string): number => members.findIndex((member) => member.symbol === symbol);
    this.weights = new Float64Array(members.length);
    this.membership = new Membership(members);
    this.pairs = rule.pairs.map(({ y, x }) => new Pair(rule, at(y), at(x), rule.gross / rule.pairs.length));
  }

  step({ day, next, close }: UniverseRow): void {
    const { membership, pairs, exits } = this;
    exits.clear();
    for (const pair of pairs) {
      const legs = [pair.y, pair.x];
      const stays = legs.map((i) => close[i] === close[i] && membership.stays(i, day, next));
      const mayHold = stays[0] && stays[1];
      if (!mayHold && pair.side !== 0) {
        pair.close();
        legs.forEach((i, k) => {
          if (close[i] === close[i]) exits.set(i, stays[k] ? 'partner_left' : 'left_universe');
        });
      }
      if (legs.every((i) => close[i] === close[i])) pair.step(close[pair.y], close[pair.x], mayHold);
    }
    this.weights.fill(0);
    for (const pair of pairs) {
      this.weights[pair.y] += pair.weightY;
      this.weights[pair.x] += pair.weightX;
    }
    // a symbol that another pair still holds was not given up
    for (const i of exits.keys()) if (this.weights[i] !== 0) exits.delete(i);
  }

  save(): Float64Array {
    return concatColumns(this.pairs.map((pair) => pair.save()));
  }

  load(state: Float64Array): void {
    let at = 0;
    for (const pair of this.pairs) {
      const { length } = pair.save();
      pair.load(state.slice(at, at + length));
      at += length;
    }
  }
}
