import { RuinLine } from '../account';
import { FillLog } from '../fill-log';
import type { OrderFill, OrderType, SimulationOptions } from './types';

const DUST_FRACTION = 1e-12;

/** Cash shared by all symbols, signed units and last known price of each. */
export class OrderAccount {
  cash: number;
  readonly units: Float64Array;
  /** Symbols of which units are held. */
  openPositions = 0;
  readonly marks: Float64Array;
  readonly logs: FillLog[];
  readonly fills: OrderFill[] = [];
  fees = 0;
  financing = 0;
  private readonly takerCost: number;
  private readonly makerCost: number;
  private readonly fixedFee: number;
  private readonly maxLeverage: number;
  private readonly ruinLine: RuinLine;

  constructor(symbols: number, options: SimulationOptions) {
    const { costs } = options;
    this.cash = options.capital;
    this.ruinLine = new RuinLine(options.capital);
    this.units = new Float64Array(symbols);
    this.marks = new Float64Array(symbols).fill(NaN);
    this.logs = Array.from({ length: symbols }, () => new FillLog());
    this.makerCost = costs.feeBps / 1e4;
    this.takerCost = (costs.feeBps + costs.slippageBps + costs.spreadBps / 2) / 1e4;
    this.fixedFee = costs.fixedFee ?? 0;
    this.maxLeverage = options.maxLeverage ?? 1;
  }

  equity(): number {
    let value = this.cash;
    for (let s = 0; s < this.units.length; s++) if (this.units[s] !== 0) value += this.units[s] * this.marks[s];
    return value;
  }

  /** True when equity of so much is none. */
  isRuinedBy(equity: number): boolean {
    return !(equity > this.ruinLine.at);
  }

  /** Resting orders pay the fee; orders that take the market also pay slippage and half the spread. */
  private costOf(type: OrderType): number {
    return type === 'limit' || type === 'take_profit' || type === 'stop_limit' ? this.makerCost : this.takerCost;
  }

  /**
   * Units of `quantity` that gross exposure <= leverage x (equity after fees) allows at `price`; reducing is always allowed.
   */
  affordable(symbol: number, direction: number, quantity: number, price: number, type: OrderType): number {
    const held = this.units[symbol];
    const reducing = held * direction < 0 ? Math.min(quantity, Math.abs(held)) : 0;
    if (reducing === quantity) return quantity;
    const cost = this.costOf(type);
    let equity = this.cash + held * price - this.fixedFee - cost * reducing * price;
    let gross = held * direction > 0 ? Math.abs(held) * price : 0;
    for (let s = 0; s < this.units.length; s++) {
      if (s === symbol || this.units[s] === 0) continue;
      equity += this.units[s] * this.marks[s];
      gross += Math.abs(this.units[s]) * this.marks[s];
    }
    const limit = this.maxLeverage * equity;
    // what rounding leaves of a used up limit is no order
    const opening =
      limit - gross > DUST_FRACTION * limit ? (limit - gross) / (price * (1 + this.maxLeverage * cost)) : 0;
    return reducing + Math.min(quantity - reducing, opening);
  }

  fill(orderId: number, symbol: number, index: number, price: number, delta: number, type: OrderType): void {
    const fee = this.costOf(type) * Math.abs(delta) * price + this.fixedFee;
    this.cash -= delta * price + fee;
    this.ruinLine.see(this.cash);
    const held = this.units[symbol];
    const after = Math.abs(held + delta) <= 1e-12 * Math.abs(delta) ? 0 : held + delta;
    this.openPositions += (after === 0 ? 0 : 1) - (held === 0 ? 0 : 1);
    this.units[symbol] = after;
    this.marks[symbol] = price;
    this.fees += fee;
    this.logs[symbol].push(index, price, delta, fee, type);
    this.fills.push({ orderId, symbol, index, price, units: delta, fee, type });
  }

  pay(amount: number): void {
    this.cash -= amount;
    this.ruinLine.see(this.cash);
    this.financing += amount;
  }

  ruin(index: number): void {
    for (let s = 0; s < this.units.length; s++) {
      if (this.units[s] !== 0) this.logs[s].push(index, this.marks[s], -this.units[s], 0, 'ruin');
      this.units[s] = 0;
    }
    this.openPositions = 0;
    this.cash = 0;
  }
}
