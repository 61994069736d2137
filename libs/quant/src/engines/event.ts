import { UnitAccount } from './account';
import { checkEngineInput, costPerSide } from './check-input';
import { FillLog } from './fill-log';
import { roundTrips } from './round-trips';
import { reasonOf } from './protection/types';
import { desiredUnits, isSendable } from './sizing';
import type { EngineInput, EngineResult, Sizing } from './types';
import { NOTHING_LEFT } from './weight-path';
import { weightRoundTrips } from './weight-trips';

/** What every accounting mode does with the events of one bar, in this order. */
interface TargetBook {
  /** Executes what waits for this open. */
  onOpen(t: number, price: number): void;
  /** Fills between open and close: from then on `weight` is held. `reason` is a code of `Interventions`. */
  onIntervention(t: number, price: number, weight: number, reason: number): void;
  /** Marks at the close, decides `target`, fills now when the rule says so. Returns equity, 0 = ruined. */
  onClose(t: number, price: number, target: number, reason: number): number;
}

/** Mode `weight`: equity moves by the held weight; costs are charged on the equity at the start of the bar. */
class WeightBook implements TargetBook {
  private equity = 1;
  private held = 0;
  private waiting = 0;
  private lastPrice = NaN;
  private cost = 0;
  private ruined = false;

  constructor(
    private readonly costPerSide: number,
    private readonly fillsAtClose: boolean,
  ) {}

  private mark(price: number): number {
    const factor = this.held === 0 ? 1 : 1 + this.held * (price / this.lastPrice - 1);
    this.lastPrice = price;
    return factor;
  }

  private growth = 1;

  onOpen(_t: number, price: number): void {
    this.pass(price);
    this.hold(this.waiting);
  }

  onIntervention(_t: number, price: number, weight: number): void {
    this.pass(price);
    this.hold(weight);
  }

  private pass(price: number): void {
    const factor = this.mark(price);
    // two losses beyond everything must not multiply into a gain
    if (factor <= NOTHING_LEFT) this.ruined = true;
    this.growth *= factor;
  }

  private hold(weight: number): void {
    this.cost += this.costPerSide * Math.abs(weight - this.held);
    this.held = weight;
  }

  onClose(_t: number, price: number, target: number): number {
    const growth = this.growth * this.mark(price);
    if (this.fillsAtClose) this.hold(target);
    else this.waiting = target;
    const factor = growth - this.cost;
    this.growth = 1;
    this.cost = 0;
    if (factor <= NOTHING_LEFT) this.ruined = true;
    this.equity = this.ruined ? 0 : this.equity * factor;
    return this.equity;
  }
}

/** Modes `all_in` and `fixed_qty`: a cash account in units. */
class UnitBook implements TargetBook {
  private before = 0;
  private target = 0;
  private wantedUnits = 0;
  private pending = false;
  private ruined = false;

  constructor(
    private readonly account: UnitAccount,
    private readonly sizing: Sizing | undefined,
    private readonly fillsAtClose: boolean,
    private readonly scale: number,
  ) {}

  private reason = 0;

  private decide(t: number, price: number, target: number, reason: number): void {
    this.reason = reason;
    const changed = target !== this.before;
    this.before = target;
    this.target = target;
    if (this.sizing === undefined) {
      this.pending = changed;
      return;
    }
    const { units } = this.account;
    const wanted = desiredUnits(this.sizing, target, changed, t, this.account.equityAt(price), price, units);
    this.pending = isSendable(this.sizing, wanted - units, price, wanted);
    this.wantedUnits = wanted;
  }

  private fill(t: number, price: number): void {
    if (!this.pending) return;
    this.pending = false;
    const reason = reasonOf(this.reason);
    if (this.sizing === undefined) this.account.moveToWeight(this.target, price, t, reason);
    else this.account.moveTo(this.wantedUnits, price, t, reason);
  }

  onIntervention(t: number, price: number, weight: number, code: number): void {
    if (this.ruined) return;
    this.checkRuin(t, price);
    if (this.ruined) return;
    this.before = weight;
    const reason = reasonOf(code);
    if (this.sizing === undefined) {
      this.account.moveToWeight(weight, price, t, reason, true);
      return;
    }
    const { units } = this.account;
    const equity = this.account.equityAt(price);
    const after = desiredUnits(this.sizing, weight, true, Math.max(t - 1, 0), equity, price, units);
    if (isSendable(this.sizing, after - units, price, after)) this.account.moveTo(after, price, t, reason, true);
  }

  private checkRuin(t: number, price: number): void {
    if (this.account.equityAt(price) > this.account.ruinLine) return;
    this.account.ruin(price, t);
    this.ruined = true;
  }

  onOpen(t: number, price: number): void {
    if (this.ruined) return;
    this.checkRuin(t, price);
    if (!this.ruined) this.fill(t, price);
  }

  onClose(t: number, price: number, target: number, reason: number): number {
    if (this.ruined) return 0;
    this.checkRuin(t, price);
    if (this.ruined) return 0;
    this.decide(t, price, target, reason);
    if (this.fillsAtClose) {
      this.fill(t, price);
      this.checkRuin(t, price);
    }
    return this.ruined ? 0 : this.account.equityAt(price) / this.scale;
  }
}

/**
 * Event engine over targets: bar by bar, open before close, with a book that knows nothing of later bars.
 * Same contract and results (to 1e-9) as `runVectorized`; orders of every kind are run by `simulateOrders`.
 * @throws InvalidInputError like `runVectorized`.
 */
export function runEvent(input: EngineInput): EngineResult {
  checkEngineInput(input);
  const { close, targets } = input;
  const n = close.length;
  const c = costPerSide(input.costs);
  const atClose = input.fill === 'close';
  const open = atClose ? undefined : input.open;
  const log = new FillLog();
  const capital = input.mode === 'fixed_qty' ? (input.capital as number) : 1;
  const sizing = input.mode === 'fixed_qty' ? input.sizing : undefined;
  const account = new UnitAccount(capital, c, input.costs.fixedFee ?? 0, log);
  const book: TargetBook =
    input.mode === 'weight' ? new WeightBook(c, atClose) : new UnitBook(account, sizing, atClose, capital);
  const returns = new Float64Array(n);
  const equity = new Float64Array(n);
  const { interventions: acts } = input;
  let k = 0;
  let before = 1;
  for (let t = 0; t < n; t++) {
    if (open !== undefined && t > 0) book.onOpen(t, open[t]);
    for (; acts !== undefined && k < acts.index.length && acts.index[k] === t; k++)
      book.onIntervention(t, acts.price[k], acts.weight[k], acts.reason[k]);
    const value = book.onClose(t, close[t], targets[t], acts === undefined ? 0 : acts.decided[t]);
    returns[t] = before > 0 ? value / before - 1 : 0;
    equity[t] = value;
    before = value;
  }
  const trades =
    input.mode === 'weight' ? weightRoundTrips(input, equity, c) : roundTrips(log, input, atClose ? 'close' : 'open');
  return { returns, equity, positions: Float64Array.from(targets), trades };
}
