import { UnitAccount } from './account';
import { checkEngineInput } from './check-input';
import { costPerSide, costsOfFills, costsOfWeights, isPlain } from './costs';
import { FillLog } from './fill-log';
import { roundTrips } from './round-trips';
import { reasonOf } from './protection/types';
import { RunMeter } from './run-meter';
import { desiredUnits, isSendable } from './sizing';
import type { EngineInput, EngineResult, Sizing } from './types';
import { NOTHING_LEFT } from './weight-path';
import { weightRoundTrips } from './weight-trips';

/** What every accounting mode does with the events of one bar, in this order. */
interface TargetBook {
  /** Charges what was held into the bar. */
  onBar(t: number): void;
  /** Executes what waits for this open. */
  onOpen(t: number, price: number): void;
  /** Fills between open and close: from then on `weight` is held. `reason` is a code of `Interventions`. */
  onIntervention(t: number, price: number, weight: number, reason: number): void;
  /** Marks at the close, decides `target`, fills now when the rule says so. Returns equity, 0 = ruined. */
  onClose(t: number, price: number, target: number, reason: number): number;
  /** The target of the last close, after margin calls. */
  readonly decided: number;
}

/** Mode `weight`: equity moves by the held weight; costs are charged on the equity at the start of the bar. */
class WeightBook implements TargetBook {
  decided = 0;
  private equity = 1;
  private held = 0;
  private lastPrice = NaN;
  /** What a weight of 1 has moved since it was last marked. */
  private move = 1;
  private cost = 0;
  private growth = 1;
  private ruined = false;

  constructor(
    private readonly costPerSide: number,
    private readonly fillsAtClose: boolean,
    private readonly meter: RunMeter | undefined,
  ) {}

  private mark(price: number): number {
    this.move = price / this.lastPrice;
    const factor = this.held === 0 ? 1 : 1 + this.held * (this.move - 1);
    this.lastPrice = price;
    return factor;
  }

  onBar(t: number): void {
    if (this.meter !== undefined && t > 0 && this.held !== 0 && !this.ruined)
      this.cost += this.meter.hold(t, this.held * this.equity) / this.equity;
  }

  onOpen(t: number, price: number): void {
    this.pass(price);
    this.hold(t, price, this.decided);
  }

  onIntervention(t: number, price: number, weight: number): void {
    this.pass(price);
    this.hold(t, price, weight);
  }

  private pass(price: number): void {
    const factor = this.mark(price);
    // two losses beyond everything must not multiply into a gain
    if (factor <= NOTHING_LEFT) this.ruined = true;
    this.growth *= factor;
  }

  private hold(t: number, price: number, weight: number): void {
    if (this.meter === undefined) this.cost += this.costPerSide * Math.abs(weight - this.held);
    else if (!this.ruined) this.cost += this.meter.weights(t, [this.held, weight], this.equity, price) / this.equity;
    this.held = weight;
  }

  onClose(t: number, price: number, target: number): number {
    const share = this.mark(price);
    const growth = this.growth * share;
    const margin = this.ruined ? undefined : this.meter?.margin;
    this.decided = margin ? margin.decide(target, share, this.held === 0 ? 0 : this.held * this.move) : target;
    if (this.fillsAtClose) this.hold(t, price, this.decided);
    const factor = growth - this.cost;
    this.growth = 1;
    this.cost = 0;
    if (factor <= NOTHING_LEFT) this.ruined = true;
    if (this.ruined) {
      this.decided = target;
      this.meter?.forget(t);
    }
    this.equity = this.ruined ? 0 : this.equity * factor;
    return this.equity;
  }
}

/** Modes `all_in` and `fixed_qty`: a cash account in units. */
class UnitBook implements TargetBook {
  decided = 0;
  /** The weight that was asked for last. */
  private before = 0;
  private lastClose = NaN;
  private wantedUnits = 0;
  private pending = false;
  private ruined = false;

  constructor(
    private readonly account: UnitAccount,
    private readonly sizing: Sizing | undefined,
    private readonly fillsAtClose: boolean,
    private readonly scale: number,
    private readonly meter: RunMeter | undefined,
  ) {}

  private reason = 0;

  onBar(t: number): void {
    const { units } = this.account;
    if (this.meter !== undefined && t > 0 && units !== 0 && !this.ruined)
      this.account.pay(this.meter.hold(t, units * this.lastClose));
  }

  private decide(t: number, price: number, asked: number, reason: number): void {
    this.reason = reason;
    const { units } = this.account;
    const margin = this.meter?.margin;
    const target = margin ? margin.decide(asked, this.account.equityAt(price), units * price) : asked;
    const changed = target !== this.before;
    this.decided = this.before = target;
    if (this.sizing === undefined) {
      this.pending = changed || margin?.refill === true;
      return;
    }
    const wanted = desiredUnits(this.sizing, target, changed, t, this.account.equityAt(price), price, units);
    this.pending = isSendable(this.sizing, wanted - units, price, wanted);
    this.wantedUnits = wanted;
  }

  private fill(t: number, price: number): void {
    if (!this.pending) return;
    this.pending = false;
    const reason = reasonOf(this.reason);
    if (this.sizing === undefined) this.account.moveToWeight(this.decided, price, t, reason);
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
    if (this.account.equityAt(price) > this.account.ruinLine.at) return;
    this.account.ruin(price, t);
    this.ruined = true;
    this.meter?.forget(t);
  }

  onOpen(t: number, price: number): void {
    if (this.ruined) return;
    this.checkRuin(t, price);
    if (!this.ruined) this.fill(t, price);
  }

  onClose(t: number, price: number, target: number, reason: number): number {
    if (!this.ruined) this.checkRuin(t, price);
    if (!this.ruined) {
      this.decide(t, price, target, reason);
      this.lastClose = price;
      if (this.fillsAtClose) {
        this.fill(t, price);
        this.checkRuin(t, price);
      }
    }
    if (!this.ruined) return this.account.equityAt(price) / this.scale;
    this.decided = target;
    return 0;
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
  const inWeights = input.mode === 'weight';
  const capital = input.mode === 'fixed_qty' ? (input.capital as number) : 1;
  const sizing = input.mode === 'fixed_qty' ? input.sizing : undefined;
  const meter = isPlain(input) ? undefined : new RunMeter(input);
  const account = new UnitAccount(capital, c, input.costs.fixedFee ?? 0, log, meter);
  const book: TargetBook = inWeights
    ? new WeightBook(c, atClose, meter)
    : new UnitBook(account, sizing, atClose, capital, meter);
  const returns = new Float64Array(n);
  const equity = new Float64Array(n);
  const positions = new Float64Array(n);
  const { interventions: acts } = input;
  let k = 0;
  let before = 1;
  for (let t = 0; t < n; t++) {
    book.onBar(t);
    if (open !== undefined && t > 0) book.onOpen(t, open[t]);
    for (; acts !== undefined && k < acts.index.length && acts.index[k] === t; k++)
      book.onIntervention(t, acts.price[k], acts.weight[k], acts.reason[k]);
    const value = book.onClose(t, close[t], targets[t], acts === undefined ? 0 : acts.decided[t]);
    returns[t] = before > 0 ? value / before - 1 : 0;
    equity[t] = value;
    positions[t] = book.decided;
    before = value;
  }
  const costs =
    meter?.columns ?? (inWeights ? costsOfWeights(input, equity) : costsOfFills(input, log, equity, capital));
  const trades = inWeights
    ? weightRoundTrips({ ...input, targets: positions }, equity)
    : roundTrips(log, input, atClose ? 'close' : 'open');
  return { returns, equity, positions, costs, trades, ...(input.withFills && !inWeights ? { fills: log } : {}) };
}
