import { roundToLot } from '../sizing';
import { checkRequest } from './check-request';
import type { OrderAccount } from './order-account';
import { TriggerBand } from './trigger-band';
import type { OrderRequest, SimulationOptions, SymbolBars } from './types';
import { WorkingOrder } from './working-order';

/**
 * Working orders of all symbols and how a bar executes them.
 *
 * Order of a bar: what fills at the open; then stops; then limits and targets; then the stops of positions opened inside
 * the bar. So of a stop and a target in one bar the worse is hit first, and a target never counts in the bar in whose
 * middle its position was opened.
 */
export class OrderBook {
  private orders: WorkingOrder[] = [];
  private nextId = 1;
  private readonly capacity: Float64Array;
  private readonly band: TriggerBand;
  /** True when orders came, went or changed since the band was taken from them. */
  private changed = false;
  cutOrders = 0;

  constructor(
    private readonly symbols: readonly SymbolBars[],
    private readonly account: OrderAccount,
    private readonly options: SimulationOptions,
  ) {
    this.capacity = new Float64Array(symbols.length).fill(Infinity);
    this.band = new TriggerBand(symbols);
  }

  get size(): number {
    return this.orders.length;
  }

  submit(request: OrderRequest, index: number): number {
    checkRequest(request, this.symbols.length);
    const { type, quantity, limitPrice = NaN, trail = NaN, ocoGroup = -1, bracket, expireAfterBars } = request;
    const symbol = request.symbol ?? 0;
    const direction = request.side === 'buy' ? 1 : -1;
    const activeFrom = index + 1 + (this.options.latencyBars ?? 0);
    const expiresAfter = expireAfterBars === undefined ? Infinity : activeFrom + expireAfterBars - 1;
    const stopPrice =
      type === 'trailing_stop' ? this.account.marks[symbol] + direction * trail : (request.stopPrice ?? NaN);
    const reduceOnly = request.reduceOnly === true || type === 'take_profit';
    const order = new WorkingOrder(
      this.nextId++,
      symbol,
      direction,
      type,
      quantity,
      activeFrom,
      expiresAfter,
      limitPrice,
      stopPrice,
      trail,
      reduceOnly,
      ocoGroup,
      bracket,
    );
    this.orders.push(order);
    this.changed = true;
    return order.id;
  }

  cancel(id: number): boolean {
    const order = this.orders.find((candidate) => candidate.id === id && !candidate.done);
    if (order === undefined) return false;
    order.done = true;
    this.sweep();
    this.changed = true;
    return true;
  }

  /** Executes bar t. Prices of a symbol that does not trade are NaN and reach no order. */
  runBar(t: number): void {
    if (this.changed) {
      this.band.set(this.orders, t);
      this.changed = false;
    }
    if (!this.band.isReached(t)) return;
    this.changed = true;
    const { maxParticipation } = this.options;
    if (maxParticipation !== undefined) {
      for (let s = 0; s < this.symbols.length; s++)
        this.capacity[s] = Math.max(0, this.symbols[s].volume![t] || 0) * maxParticipation;
    }
    const known = this.orders.length;
    for (let i = 0; i < known; i++) {
      const order = this.orders[i];
      if (order.done || order.activeFrom > t) continue;
      const open = this.symbols[order.symbol].open[t];
      if (open > 0) this.execute(order, order.priceAtOpen(open), t, false);
    }
    const restingEnd = this.orders.length;
    this.runStops(0, t);
    this.runLimits(t);
    this.runStops(restingEnd, t);
    for (const order of this.orders) {
      if (order.activeFrom > t || order.done) continue;
      const { high, low } = this.symbols[order.symbol];
      if (high[t] > 0 && order.bornWithin !== t) order.trailAfter(high[t], low[t]);
      if (t >= order.expiresAfter) order.done = true;
    }
    this.sweep();
  }

  /** The list grows while entries fill: their protective stops are met in the same walk. */
  private runStops(from: number, t: number): void {
    for (let i = from; i < this.orders.length; i++) {
      const order = this.orders[i];
      if (!order.done && order.activeFrom <= t && order.isStopLike) this.runWithin(order, t);
    }
  }

  private runLimits(t: number): void {
    const known = this.orders.length;
    for (let i = 0; i < known; i++) {
      const order = this.orders[i];
      if (!order.done && order.activeFrom <= t && !order.isStopLike && order.bornWithin !== t) this.runWithin(order, t);
    }
  }

  private runWithin(order: WorkingOrder, t: number): void {
    const { open, high, low } = this.symbols[order.symbol];
    if (!(open[t] > 0)) return;
    const waited = order.isStopLike;
    const price = order.priceWithin(high[t], low[t]);
    // a stop-limit that triggers inside the bar rests from the next bar on
    if (waited && order.triggered && Number.isNaN(price)) order.bornWithin = t;
    this.execute(order, price, t, true);
  }

  /** Fills what position, volume and funds allow at `price`; NaN = not reached. */
  private execute(order: WorkingOrder, price: number, t: number, within: boolean): void {
    if (Number.isNaN(price)) return;
    if (order.type === 'stop' || order.type === 'trailing_stop') order.triggered = true;
    const { account } = this;
    const { symbol, direction } = order;
    let quantity = order.remaining;
    if (order.reduceOnly) {
      quantity = Math.min(quantity, Math.max(0, -direction * account.units[symbol]));
      if (quantity === 0) {
        // a protective order waits for its parent; any other has nothing left to reduce
        if (order.parent === undefined || order.parent.done) order.done = true;
        return;
      }
    }
    const wanted = quantity;
    const affordable = account.affordable(symbol, direction, wanted, price, order.type);
    const room = this.capacity[symbol];
    const fillable = Math.min(affordable, room);
    // a position is closed whole even where its size is no multiple of the lot
    const closes = fillable === -direction * account.units[symbol];
    quantity = closes ? fillable : roundToLot(fillable, this.options.lot);
    if (quantity > 0) {
      this.capacity[symbol] -= quantity;
      account.fill(order.id, symbol, t, price, direction * quantity, order.type);
      order.remaining -= quantity;
      this.afterFill(order, quantity, price, t, within);
    }
    if (affordable < wanted && affordable <= room) {
      // funds, not volume, were the limit: waiting would not help
      order.done = true;
      this.cutOrders += 1;
    }
    const nothingLeft = roundToLot(order.remaining, this.options.lot) <= 0;
    if (nothingLeft || (order.reduceOnly && account.units[symbol] === 0)) order.done = true;
  }

  private afterFill(order: WorkingOrder, quantity: number, price: number, t: number, within: boolean): void {
    if (order.ocoGroup >= 0) {
      for (const other of this.orders) {
        if (other === order || other.ocoGroup !== order.ocoGroup || other.done) continue;
        this.shrink(other, quantity);
      }
    }
    const { parent } = order;
    if (parent !== undefined) {
      parent.done = true;
      const sibling = parent.stopChild === order ? parent.profitChild : parent.stopChild;
      if (sibling !== undefined && !sibling.done) this.shrink(sibling, quantity);
    }
    const position = this.account.units[order.symbol];
    const closed = Math.abs(position) < quantity && position * order.direction >= 0;
    if (closed) this.endProtection(order.symbol, order.direction);
    if (order.bracket !== undefined) this.protect(order, quantity, price, t, within);
  }

  /** A position that is closed or turned takes the protective orders of its bracket with it. */
  private endProtection(symbol: number, direction: number): void {
    for (const other of this.orders) {
      if (other.parent !== undefined && other.symbol === symbol && other.direction === direction) other.done = true;
    }
  }

  private shrink(order: WorkingOrder, quantity: number): void {
    order.remaining -= quantity;
    if (order.remaining <= 1e-12 * quantity) order.done = true;
  }

  /** Creates the protective orders with the first fill of their parent and enlarges them with later ones. */
  private protect(parent: WorkingOrder, quantity: number, price: number, t: number, within: boolean): void {
    const { stopLoss, takeProfit, trail } = parent.bracket!;
    const { stopChild, profitChild } = parent;
    // the market is already past a stop above, or a target below, the price of a long entry: it works at that price
    const farther = parent.direction > 0 ? Math.min : Math.max;
    const nearer = parent.direction > 0 ? Math.max : Math.min;
    if (stopLoss !== undefined || trail !== undefined) {
      if (stopChild !== undefined && !stopChild.done) stopChild.remaining += quantity;
      else if (stopLoss !== undefined)
        parent.stopChild = this.addChild(parent, 'stop', quantity, t, within, farther(stopLoss, price));
      else {
        const level = price - parent.direction * trail!;
        parent.stopChild = this.addChild(parent, 'trailing_stop', quantity, t, within, level, trail);
      }
    }
    if (takeProfit === undefined) return;
    if (profitChild !== undefined && !profitChild.done) profitChild.remaining += quantity;
    else parent.profitChild = this.addChild(parent, 'take_profit', quantity, t, within, nearer(takeProfit, price));
  }

  /** A protective order of `parent` that is active at once; `level` is its stop or, for a take-profit, its limit. */
  private addChild(
    parent: WorkingOrder,
    type: 'stop' | 'trailing_stop' | 'take_profit',
    quantity: number,
    t: number,
    within: boolean,
    level: number,
    trail = NaN,
  ): WorkingOrder {
    const isLimit = type === 'take_profit';
    const order = new WorkingOrder(
      this.nextId++,
      parent.symbol,
      parent.direction > 0 ? -1 : 1,
      type,
      quantity,
      t,
      Infinity,
      isLimit ? level : NaN,
      isLimit ? NaN : level,
      trail,
      true,
      -1,
      undefined,
    );
    order.parent = parent;
    if (within) order.bornWithin = t;
    this.orders.push(order);
    return order;
  }

  private sweep(): void {
    let kept = 0;
    for (const order of this.orders) if (!order.done) this.orders[kept++] = order;
    // writing a length is not free, and in most bars nothing ends
    if (kept < this.orders.length) this.orders.length = kept;
  }
}
