import { TIE } from '../comparison/comparison';
import type { FillReason, FillSink } from './fill-log';

/**
 * Equity at or below `at` is none: what is owned equals what is owed. A sum is rounded by the largest term that ever
 * went through it, so the line follows the largest cash so far, owned or owed: of 10,000, 1e-8 is nothing.
 */
export class RuinLine {
  at: number;

  constructor(capital: number) {
    this.at = TIE * Math.abs(capital);
  }

  see(cash: number): void {
    const line = TIE * Math.abs(cash);
    if (line > this.at) this.at = line;
  }
}

/** What orders of an account cost beyond a share of their notional. */
export interface AccountCharges {
  readonly perShare: number;
  order(index: number, units: number, price: number): number;
}

/** Cash and signed units of one symbol; the one definition of a fill and its cost for the unit modes. */
export class UnitAccount {
  units = 0;
  readonly ruinLine: RuinLine;

  constructor(
    public cash: number,
    private readonly costPerSide: number,
    private readonly fixedFee: number,
    private readonly log: FillSink,
    /** Takes the place of the two where orders cost more than these. */
    private readonly charges?: AccountCharges,
  ) {
    this.ruinLine = new RuinLine(cash);
  }

  equityAt(price: number): number {
    return this.cash + this.units * price;
  }

  /** Moves the position to `unitsAfter` at `price`: cash -= delta x price + c |delta| price + fixed fee. */
  moveTo(unitsAfter: number, price: number, index: number, reason: FillReason, within = false): void {
    const delta = unitsAfter - this.units;
    if (delta === 0) return;
    const fee =
      this.charges === undefined
        ? this.costPerSide * Math.abs(delta) * price + this.fixedFee
        : this.charges.order(index, delta, price);
    this.cash -= delta * price + fee;
    this.ruinLine.see(this.cash);
    this.units = unitsAfter;
    this.log.push(index, price, delta, fee, reason, within);
  }

  /** All-in fill to weight p: a flip closes first, then units = p E / (F (1 + c)) with E the equity before the fill. */
  moveToWeight(weight: number, price: number, index: number, reason: FillReason = 'signal', within = false): void {
    if (weight === 0 || weight * this.units < 0) this.moveTo(0, price, index, reason, within);
    // what closing cost may leave nothing to buy with
    if (weight === 0 || this.equityAt(price) <= this.ruinLine.at) return;
    const unitPrice = price * (1 + this.costPerSide) + (this.charges?.perShare ?? 0);
    const units = (weight * this.equityAt(price)) / unitPrice;
    this.moveTo(units, price, index, reason, within);
  }

  /** Takes what holding the position into the bar costs. */
  pay(amount: number): void {
    this.cash -= amount;
    this.ruinLine.see(this.cash);
  }

  /** Equity at or below zero: the position is taken away and nothing is left. */
  ruin(price: number, index: number): void {
    if (this.units !== 0) this.log.push(index, price, -this.units, 0, 'ruin');
    this.units = 0;
    this.cash = 0;
  }
}
