import { TIE } from '../comparison/comparison';
import type { FillReason, FillSink } from './fill-log';

/** Equity at or below it is none. @param part what is owned, or what is owed: where they are equal they are one number. */
export function ruinLine(part: number): number {
  return TIE * Math.abs(part);
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
    const fee = this.costPerSide * Math.abs(delta) * price + this.fixedFee;
    this.cash -= delta * price + fee;
    this.ruinLine = ruinLine(this.cash);
    this.units = unitsAfter;
    this.log.push(index, price, delta, fee, reason, within);
  }

  /** All-in fill to weight p: a flip closes first, then units = p E / (F (1 + c)) with E the equity before the fill. */
  moveToWeight(weight: number, price: number, index: number, reason: FillReason = 'signal', within = false): void {
    if (weight === 0 || weight * this.units < 0) this.moveTo(0, price, index, reason, within);
    if (weight === 0) return;
    const units = (weight * this.equityAt(price)) / (price * (1 + this.costPerSide));
    this.moveTo(units, price, index, reason, within);
  }

  /** Equity at or below zero: the position is taken away and nothing is left. */
  ruin(price: number, index: number): void {
    if (this.units !== 0) this.log.push(index, price, -this.units, 0, 'ruin');
    this.units = 0;
    this.cash = 0;
    this.ruinLine = 0;
  }
}
