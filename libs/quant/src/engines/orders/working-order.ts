import { isAbove, isAtLeast, isAtMost, isBelow, WITH_UNIT } from '../../comparison/comparison';
import type { Bracket, OrderType } from './types';

/** A mutable working order; all have one shape, so that the walk over them stays fast. */
export class WorkingOrder {
  done = false;
  /** A stop-limit whose stop was reached, or a stop whose rest goes on as a market order. */
  triggered = false;
  parent: WorkingOrder | undefined = undefined;
  stopChild: WorkingOrder | undefined = undefined;
  profitChild: WorkingOrder | undefined = undefined;
  /** Bar in whose middle it came to life, -1 otherwise: what happened in that bar before is unknown. */
  bornWithin = -1;

  /** Prices and distances a type does not use are NaN, `ocoGroup` is -1 outside of groups. */
  constructor(
    readonly id: number,
    readonly symbol: number,
    /** +1 buy, -1 sell. */
    readonly direction: 1 | -1,
    readonly type: OrderType,
    public remaining: number,
    readonly activeFrom: number,
    /** Last bar it lives in, Infinity without end. */
    readonly expiresAfter: number,
    readonly limitPrice: number,
    public stopPrice: number,
    readonly trail: number,
    readonly reduceOnly: boolean,
    readonly ocoGroup: number,
    readonly bracket: Bracket | undefined,
  ) {}

  get isStopLike(): boolean {
    return !this.triggered && (this.type === 'stop' || this.type === 'trailing_stop' || this.type === 'stop_limit');
  }

  /** Price at which it fills at the open, NaN if it does not. A gap beyond a stop fills at the open, not at the stop. */
  priceAtOpen(open: number): number {
    if (this.type === 'market') return open;
    const beyondStop = this.triggered || this.touchesStop(open);
    if (this.type === 'stop' || this.type === 'trailing_stop') return beyondStop ? open : NaN;
    if (this.type === 'stop_limit') {
      if (!beyondStop) return NaN;
      this.triggered = true;
    }
    if (!this.touchesLimit(open)) return NaN;
    // an open that equals the limit but for rounding is not worse than it
    return this.direction > 0 ? Math.min(open, this.limitPrice) : Math.max(open, this.limitPrice);
  }

  private touchesStop(price: number): boolean {
    return this.direction > 0
      ? isAtLeast(price, this.stopPrice, WITH_UNIT)
      : isAtMost(price, this.stopPrice, WITH_UNIT);
  }

  private touchesLimit(price: number): boolean {
    return this.direction > 0
      ? isAtMost(price, this.limitPrice, WITH_UNIT)
      : isAtLeast(price, this.limitPrice, WITH_UNIT);
  }

  /** Price at which it fills after the open, NaN if the bar does not reach it. */
  priceWithin(high: number, low: number): number {
    const towardStop = this.direction > 0 ? high : low;
    const towardLimit = this.direction > 0 ? low : high;
    if (this.isStopLike) {
      if (
        this.direction > 0
          ? isBelow(towardStop, this.stopPrice, WITH_UNIT)
          : isAbove(towardStop, this.stopPrice, WITH_UNIT)
      )
        return NaN;
      if (this.type !== 'stop_limit') return this.stopPrice;
      this.triggered = true;
      // passing the stop on the way it fills there, unless the limit forbids that price
      return this.touchesLimit(this.stopPrice) ? this.stopPrice : NaN;
    }
    if (this.type === 'market' || this.type === 'stop' || this.type === 'trailing_stop') return NaN;
    return this.touchesLimit(towardLimit) ? this.limitPrice : NaN;
  }

  /** Moves a trailing stop with the best price of a bar that is over. */
  trailAfter(high: number, low: number): void {
    if (this.type !== 'trailing_stop' || this.triggered) return;
    const level = this.direction < 0 ? high - this.trail : low + this.trail;
    // sent before its symbol had a price, it begins with the first bar that has one
    if (Number.isNaN(this.stopPrice) || this.direction * (level - this.stopPrice) < 0) this.stopPrice = level;
  }
}
