import { highestTie, lowestTie, WITH_UNIT } from '../../comparison/comparison';
import type { SymbolBars } from './types';
import type { WorkingOrder } from './working-order';

/** Sums of prices and distances are kept this much on the safe side, many times their rounding error. */
const ROUNDING = 1e-15;

/**
 * What wakes the working orders: per symbol the prices a bar must reach to move any of them, and the next bar that does
 * so whatever its prices. A bar inside the band changes nothing, which two comparisons a symbol tell.
 */
export class TriggerBand {
  private readonly above: Float64Array;
  private readonly below: Float64Array;
  private nextBar = Infinity;

  constructor(private readonly symbols: readonly SymbolBars[]) {
    this.above = new Float64Array(symbols.length);
    this.below = new Float64Array(symbols.length);
  }

  /** Takes the band from the orders as they are before bar t. */
  set(orders: readonly WorkingOrder[], t: number): void {
    this.above.fill(Infinity);
    this.below.fill(-Infinity);
    this.nextBar = Infinity;
    for (let i = 0; i < orders.length; i++) this.add(orders[i], t);
  }

  /** True if bar t may fill, trigger, trail or end an order. Never for NaN prices, unless a bar was due anyway. */
  isReached(t: number): boolean {
    if (t >= this.nextBar) return true;
    const { symbols, above, below } = this;
    for (let s = 0; s < symbols.length; s++) {
      const bars = symbols[s];
      if (bars.high[t] >= above[s] || bars.low[t] <= below[s]) return true;
    }
    return false;
  }

  private add(order: WorkingOrder, t: number): void {
    if (order.activeFrom > t) {
      this.nextBar = Math.min(this.nextBar, order.activeFrom);
      return;
    }
    this.nextBar = Math.min(this.nextBar, order.expiresAfter);
    const { symbol, direction, stopPrice, limitPrice, trail } = order;
    if (Number.isNaN(stopPrice) && order.type === 'trailing_stop') {
      // it waits for the first bar that has a price
      this.narrowAbove(symbol, -Infinity);
    } else if (order.isStopLike) {
      if (direction > 0) this.narrowAbove(symbol, stopPrice);
      else this.narrowBelow(symbol, stopPrice);
      if (order.type !== 'trailing_stop') return;
      // from here on the stop moves with the best price
      const slack = ROUNDING * (Math.abs(stopPrice) + trail);
      if (direction > 0) this.narrowBelow(symbol, stopPrice - trail + slack);
      else this.narrowAbove(symbol, stopPrice + trail - slack);
    } else if (order.type === 'market' || order.type === 'stop' || order.type === 'trailing_stop') this.nextBar = t;
    else if (direction > 0) this.narrowBelow(symbol, limitPrice);
    else this.narrowAbove(symbol, limitPrice);
  }

  /** A price that equals the level reaches it. */
  private narrowAbove(symbol: number, level: number): void {
    const price = lowestTie(level, WITH_UNIT);
    if (price < this.above[symbol]) this.above[symbol] = price;
  }

  private narrowBelow(symbol: number, level: number): void {
    const price = highestTie(level, WITH_UNIT);
    if (price > this.below[symbol]) this.below[symbol] = price;
  }
}
