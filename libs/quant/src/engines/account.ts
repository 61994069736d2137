import { TIE } from '../comparison/comparison';
import type { FillReason, FillSink } from './fill-log';

/** Equity at or below it is none. @param part what is owned, or what is owed: where they are equal they are one number. */
export function ruinLine(part: number): number {
  return TIE * Math.abs(part);
}

/** What orders of an account cost beyond a share of their notional. */
export interface AccountCharges {
  readonly perShare: number;
  order(index: number, units: number, price: number): number;
}

/** Cash and signed units of one symbol; the one definition of a fill and its cost for the unit modes. */
export class UnitAccount {
  units = 0;
  /** Equity at or below it is none: what is owned equals what is owed. */
  ruinLine: number;

  constructor(
    public cash: number,
    private readonly costPerSide: number,
    private readonly fixedFee: number,
    private readonly log: FillSink,
    /** Takes the place of the two where orders cost more than these. */
    private readonly charges?: AccountCharges,
  ) {
    this.ruinLine = ruinLine(cash);
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
    this.ruinLine = ruinLine(this.cash);
    this.units = unitsAfter;
    this.log.push(index, price, delta, fee, reason, within);
  }

  /** All-in fill to weight p: a flip closes first, then units = p E / (F (1 + c)) with E the equity before the fill. */
  moveToWeight(weight: number, price: number, index: number, reason: FillReason = 'signal', within = false): void {
    if (weight === 0 || weight * this.units < 0) this.moveTo(0, price, index, reason, within);
    if (weight === 0) return;
    const unitPrice = price * (1 + this.costPerSide) + (this.charges?.perShare ?? 0);
    const units = (weight * this.equityAt(price)) / unitPrice;
    this.moveTo(units, price, index, reason, within);
  }

  /** Takes what holding the position into the bar costs. */
  pay(amount: number): void {
    this.cash -= amount;
    this.ruinLine = ruinLine(this.cash);
  }

  /** Equity at or below zero: the position is taken away and nothing is left. */
  ruin(price: number, index: number): void {
    if (this.units !== 0) this.log.push(index, price, -this.units, 0, 'ruin');
    this.units = 0;
    this.cash = 0;
    this.ruinLine = 0;
  }
}
