import type { FillLog } from './fill-log';
import type { Trade } from './types';
import { UnitsHeld } from './units-held';

/** Where in its bar a fill happens, which decides the part of the bar a position lived through. */
export type FillMoment = 'open' | 'close' | 'intrabar';

/** Price columns for excursions; the close stands in for a missing or NaN high or low. */
export interface ExcursionBars {
  readonly high?: Float64Array;
  readonly low?: Float64Array;
  readonly close: Float64Array;
}

/**
 * Largest adverse and favourable move of a position as fractions >= 0 of its entry price.
 * Bars of which the position saw everything count with high and low, the exit bar of an open or intrabar fill only
 * with its exit price.
 */
export function excursions(
  bars: ExcursionBars,
  long: boolean,
  entryPrice: number,
  entryIndex: number,
  exitIndex: number,
  exitPrice: number,
  entered: FillMoment,
  left: FillMoment = entered,
): { mae: number; mfe: number } {
  const { high, low, close } = bars;
  const from = entered === 'close' ? entryIndex + 1 : entryIndex;
  const to = exitIndex < 0 ? close.length - 1 : left === 'close' ? exitIndex : exitIndex - 1;
  let highest = exitIndex < 0 ? entryPrice : Math.max(entryPrice, exitPrice);
  let lowest = exitIndex < 0 ? entryPrice : Math.min(entryPrice, exitPrice);
  for (let t = from; t <= to; t++) {
    const top = high !== undefined && high[t] > 0 ? high[t] : close[t];
    const bottom = low !== undefined && low[t] > 0 ? low[t] : close[t];
    if (top > highest) highest = top;
    if (bottom < lowest) lowest = bottom;
  }
  const up = highest / entryPrice - 1;
  const down = 1 - lowest / entryPrice;
  return long ? { mae: down, mfe: up } : { mae: up, mfe: down };
}

/** Running sums of the round trip being built. */
class OpenTrip {
  entryNotional = 0;
  entryUnits = 0;
  exitNotional = 0;
  exitUnits = 0;
  fees = 0;
  peak = 0;

  constructor(
    readonly entryIndex: number,
    readonly long: boolean,
    private readonly entered: FillMoment,
  ) {}

  increase(units: number, price: number, fee: number, positionAfter: number): void {
    this.entryNotional += units * price;
    this.entryUnits += units;
    this.fees += fee;
    this.peak = Math.max(this.peak, positionAfter);
  }

  reduce(units: number, price: number, fee: number): void {
    this.exitNotional += units * price;
    this.exitUnits += units;
    this.fees += fee;
  }

  finish(bars: ExcursionBars, exitIndex: number, openUnits: number, left: FillMoment, reason: string): Trade {
    const last = bars.close.length - 1;
    const entryPrice = this.entryNotional / this.entryUnits;
    const exitPrice = exitIndex < 0 ? NaN : this.exitNotional / this.exitUnits;
    let marked = last;
    while (openUnits !== 0 && marked > 0 && Number.isNaN(bars.close[marked])) marked -= 1;
    const value = this.exitNotional + (openUnits === 0 ? 0 : openUnits * bars.close[marked]);
    const grossPnl = this.long ? value - this.entryNotional : this.entryNotional - value;
    const { long, entryIndex, entered } = this;
    const { mae, mfe } = excursions(bars, long, entryPrice, entryIndex, exitIndex, exitPrice, entered, left);
    // named one by one: a spread in the middle of a literal costs more than the whole trade
    return {
      side: this.long ? 'long' : 'short',
      entryIndex: this.entryIndex,
      exitIndex,
      entryPrice,
      exitPrice,
      quantity: this.peak,
      grossReturn: grossPnl / this.entryNotional,
      netReturn: (grossPnl - this.fees) / this.entryNotional,
      fees: this.fees,
      barsHeld: (exitIndex < 0 ? last : exitIndex) - this.entryIndex,
      mae,
      mfe,
      reason,
    };
  }
}

/** Groups fills into round trips; a fill through zero is split, its fee in proportion to the units. */
export function roundTrips(log: FillLog, bars: ExcursionBars, moment: FillMoment): Trade[] {
  const trades: Trade[] = [];
  const momentOf = (i: number): FillMoment => (log.within[i] ? 'intrabar' : moment);
  const held = new UnitsHeld();
  let trip: OpenTrip | undefined;
  for (let i = 0; i < log.length; i++) {
    const delta = log.units[i];
    const price = log.price[i];
    const position = held.units;
    const after = held.add(delta);
    const reducing = trip !== undefined && position * delta < 0;
    const closed = reducing ? Math.min(Math.abs(delta), Math.abs(position)) : 0;
    const feePerUnit = log.fee[i] / Math.abs(delta);
    if (trip !== undefined && reducing) {
      trip.reduce(closed, price, feePerUnit * closed);
      const flips = after * position < 0;
      if (after === 0 || flips) {
        const nextOpens = i + 1 < log.length && log.index[i + 1] === log.index[i] && log.units[i + 1] * delta > 0;
        const plain = log.reason[i] === 'signal' || log.reason[i] === 'market';
        const reason = plain && (flips || nextOpens) ? 'flip' : log.reason[i];
        trades.push(trip.finish(bars, log.index[i], 0, momentOf(i), reason));
        trip = undefined;
      }
    }
    const opened = Math.abs(delta) - closed;
    if (after !== 0 && !(reducing && trip !== undefined) && opened > 0) {
      trip ??= new OpenTrip(log.index[i], after > 0, momentOf(i));
      trip.increase(opened, price, feePerUnit * opened, Math.abs(after));
    }
  }
  if (trip !== undefined) trades.push(trip.finish(bars, -1, Math.abs(held.units), moment, 'open'));
  return trades;
}
