import { requireThat } from '../invalid-input';
import type { Bracket, OrderRequest, OrderType } from './types';

/** A mutable working order. */
export class WorkingOrder {
  remaining: number;
  done = false;
  /** A stop-limit whose stop was reached, or a stop whose rest goes on as a market order. */
  triggered = false;
  stopPrice: number;
  readonly limitPrice: number;
  readonly trail: number;
  readonly reduceOnly: boolean;
  readonly ocoGroup: number;
  readonly bracket: Bracket | undefined;
  parent: WorkingOrder | undefined;
  stopChild: WorkingOrder | undefined;
  profitChild: WorkingOrder | undefined;
  /** Bar in whose middle it came to life, -1 otherwise: what happened in that bar before is unknown. */
  bornWithin = -1;

  constructor(
    readonly id: number,
    readonly symbol: number,
    /** +1 buy, -1 sell. */
    readonly direction: 1 | -1,
    readonly type: OrderType,
    readonly activeFrom: number,
    readonly expiresAfter: number,
    request: OrderRequest,
    reference: number,
  ) {
    this.remaining = request.quantity;
    this.limitPrice = request.limitPrice ?? NaN;
    this.trail = request.trail ?? NaN;
    this.stopPrice = type === 'trailing_stop' ? reference + direction * this.trail : (request.stopPrice ?? NaN);
    this.reduceOnly = request.reduceOnly === true || type === 'take_profit';
    this.ocoGroup = request.ocoGroup ?? -1;
    this.bracket = request.bracket;
  }

  get isStopLike(): boolean {
    return !this.triggered && (this.type === 'stop' || this.type === 'trailing_stop' || this.type === 'stop_limit');
  }

  /** Price at which it fills at the open, NaN if it does not. A gap beyond a stop fills at the open, not at the stop. */
  priceAtOpen(open: number): number {
    if (this.type === 'market') return open;
    const beyondStop = this.triggered || this.direction * (open - this.stopPrice) >= 0;
    if (this.type === 'stop' || this.type === 'trailing_stop') return beyondStop ? open : NaN;
    if (this.type === 'stop_limit') {
      if (!beyondStop) return NaN;
      this.triggered = true;
    }
    return this.direction * (this.limitPrice - open) >= 0 ? open : NaN;
  }

  /** Price at which it fills after the open, NaN if the bar does not reach it. */
  priceWithin(high: number, low: number): number {
    const towardStop = this.direction > 0 ? high : low;
    const towardLimit = this.direction > 0 ? low : high;
    if (this.isStopLike) {
      if (this.direction * (towardStop - this.stopPrice) < 0) return NaN;
      if (this.type !== 'stop_limit') return this.stopPrice;
      this.triggered = true;
      // passing the stop on the way it fills there, unless the limit forbids that price
      return this.direction * (this.limitPrice - this.stopPrice) >= 0 ? this.stopPrice : NaN;
    }
    if (this.type === 'market' || this.type === 'stop' || this.type === 'trailing_stop') return NaN;
    return this.direction * (this.limitPrice - towardLimit) >= 0 ? this.limitPrice : NaN;
  }

  /** Moves a trailing stop with the best price of a bar that is over. */
  trailAfter(high: number, low: number): void {
    if (this.type !== 'trailing_stop' || this.triggered) return;
    const level = this.direction < 0 ? high - this.trail : low + this.trail;
    // sent before its symbol had a price, it begins with the first bar that has one
    if (Number.isNaN(this.stopPrice) || this.direction * (level - this.stopPrice) < 0) this.stopPrice = level;
  }
}

const positive = (value: number | undefined): boolean => value !== undefined && value > 0 && value < Infinity;

/** @throws InvalidInputError naming the field at fault. */
export function checkRequest(request: OrderRequest, symbols: number): void {
  const { symbol = 0, side, quantity, type, limitPrice, stopPrice, trail, bracket, expireAfterBars } = request;
  const types = ['market', 'limit', 'stop', 'stop_limit', 'take_profit', 'trailing_stop'];
  requireThat(types.includes(type), 'type', `one of ${types.join(', ')}`, type);
  requireThat(side === 'buy' || side === 'sell', 'side', 'buy or sell', side);
  requireThat(
    Number.isInteger(symbol) && symbol >= 0 && symbol < symbols,
    'symbol',
    `an index below ${symbols}`,
    symbol,
  );
  requireThat(positive(quantity), 'quantity', 'a positive finite number', quantity);
  const needsLimit = type === 'limit' || type === 'stop_limit' || type === 'take_profit';
  const needsStop = type === 'stop' || type === 'stop_limit';
  requireThat(!needsLimit || positive(limitPrice), 'limitPrice', `a positive price for ${type}`, limitPrice);
  requireThat(!needsStop || positive(stopPrice), 'stopPrice', `a positive price for ${type}`, stopPrice);
  requireThat(type !== 'trailing_stop' || positive(trail), 'trail', 'a positive distance for trailing_stop', trail);
  requireThat(
    expireAfterBars === undefined || (Number.isInteger(expireAfterBars) && expireAfterBars >= 1),
    'expireAfterBars',
    'an integer of at least 1',
    expireAfterBars,
  );
  if (bracket === undefined) return;
  requireThat(
    bracket.stopLoss === undefined || positive(bracket.stopLoss),
    'bracket.stopLoss',
    'a positive price',
    bracket.stopLoss,
  );
  requireThat(
    bracket.takeProfit === undefined || positive(bracket.takeProfit),
    'bracket.takeProfit',
    'a positive price',
    bracket.takeProfit,
  );
  requireThat(
    bracket.trail === undefined || (positive(bracket.trail) && bracket.stopLoss === undefined),
    'bracket.trail',
    'a positive distance without stopLoss',
    bracket.trail,
  );
}
