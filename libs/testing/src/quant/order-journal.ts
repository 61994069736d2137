import type { OrderRequest, SimulationOptions, SymbolBars } from '@assay/quant';

/** What a random strategy does at one close: orders to send, and which of its earlier orders to cancel. */
export interface Action {
  readonly send: readonly OrderRequest[];
  readonly cancel?: number;
}

interface JournalOrder {
  readonly request: OrderRequest;
  readonly symbol: number;
  readonly sign: number;
  readonly from: number;
  readonly until: number;
  /** Number of fills there were when it was made: only later ones count for it. */
  readonly born: number;
  readonly level: number;
  readonly limit: number;
  readonly parent?: JournalOrder;
  /** Bar in whose middle it came to life or began to rest: that bar is unknown to it. */
  blind: number;
  touched: boolean;
  dead: boolean;
}

interface JournalFill {
  readonly order: JournalOrder;
  readonly index: number;
  readonly price: number;
  readonly units: number;
  readonly fee: number;
}

/**
 * The rules of the order engine as a journal: nothing is kept but fills and payments. Position, cash, what is left of an
 * order, the level of a trailing stop and the room in a bar's volume are summed up anew whenever they are asked for.
 */
export class OrderJournal {
  readonly fills: JournalFill[] = [];
  readonly equity: number[] = [];
  /** Orders cut for lack of funds. */
  cuts = 0;
  /** Borrow and funding. */
  paid = 0;
  private readonly orders: JournalOrder[] = [];
  private readonly sent: JournalOrder[] = [];
  private readonly marks: number[];
  private bar = -1;

  constructor(
    private readonly symbols: readonly SymbolBars[],
    private readonly options: SimulationOptions,
  ) {
    this.marks = symbols.map(() => NaN);
  }

  run(plan: readonly Action[]): void {
    const { borrowBpsPerYear = 0, periodsPerYear = 1 } = this.options;
    let ruined = false;
    for (this.bar = 0; this.bar < this.symbols[0].close.length; this.bar++) {
      const t = this.bar;
      this.symbols.forEach(({ open, fundingRate }, s) => {
        const held = this.position(s);
        if (held < 0) this.paid += (-held * this.marks[s] * borrowBpsPerYear) / 1e4 / periodsPerYear;
        if (Number.isNaN(open[t])) return;
        this.marks[s] = open[t];
        this.paid += held * open[t] * (fundingRate?.[t] ?? 0);
      });
      ruined ||= !(this.worth() > 0);
      if (!ruined) {
        this.trade();
        this.symbols.forEach(({ close }, s) => (this.marks[s] = Number.isNaN(close[t]) ? this.marks[s] : close[t]));
        ruined = !(this.worth() > 0);
      }
      this.equity.push(ruined ? 0 : this.worth());
      if (!ruined) this.act(plan[t]);
    }
  }

  private act(action: Action | undefined): void {
    const { latencyBars = 0 } = this.options;
    for (const request of action?.send ?? []) {
      const symbol = request.symbol ?? 0;
      const from = this.bar + 1 + latencyBars;
      this.sent.push(this.add(request, from, this.marks[symbol]));
    }
    if (action?.cancel !== undefined && this.sent.length > 0) this.sent[action.cancel % this.sent.length].dead = true;
  }

  private add(request: OrderRequest, from: number, reference: number, parent?: JournalOrder, blind = -1): JournalOrder {
    const sign = request.side === 'buy' ? 1 : -1;
    const order: JournalOrder = {
      request,
      symbol: request.symbol ?? 0,
      sign,
      from,
      until: from + (request.expireAfterBars ?? Infinity) - 1,
      // a child's first fill of its parent is already in the journal
      born: parent === undefined ? this.fills.length : this.fills.length - 1,
      level: request.type === 'trailing_stop' ? reference + sign * request.trail! : (request.stopPrice ?? NaN),
      limit: request.limitPrice ?? NaN,
      parent,
      blind,
      touched: false,
      dead: false,
    };
    this.orders.push(order);
    return order;
  }

  private position(symbol: number): number {
    const units = this.fills.filter((f) => f.order.symbol === symbol).map((f) => f.units);
    const sum = units.reduce((a, b) => a + b, 0);
    return Math.abs(sum) < 1e-9 ? 0 : sum;
  }

  private worth(): number {
    const spent = this.fills.reduce((sum, f) => sum + f.units * f.price + f.fee, 0);
    const held = this.symbols.map((_, s) => (this.position(s) === 0 ? 0 : this.position(s) * this.marks[s]));
    return this.options.capital - spent - this.paid + held.reduce((a, b) => a + b, 0);
  }

  /** Own quantity, or what the parent has filled since; less own fills and those of the orders that share it. */
  private left(order: JournalOrder): number {
    const { parent, request } = order;
    let size = parent === undefined ? request.quantity : 0;
    this.fills.forEach((fill, i) => {
      if (i < order.born) return;
      const quantity = Math.abs(fill.units);
      if (parent !== undefined && fill.order === parent) size += quantity;
      else if (fill.order === order) size -= quantity;
      else if (parent !== undefined && fill.order.parent === parent) size -= quantity;
      else if (
        parent === undefined &&
        request.ocoGroup !== undefined &&
        fill.order.request.ocoGroup === request.ocoGroup
      )
        size -= quantity;
    });
    return size;
  }

  private stopLevel(order: JournalOrder): number {
    if (order.request.type !== 'trailing_stop') return order.level;
    const { high, low } = this.symbols[order.symbol];
    const levels = [order.level];
    for (let b = order.from; b < this.bar; b++)
      if (b !== order.blind)
        levels.push(order.sign < 0 ? high[b] - order.request.trail! : low[b] + order.request.trail!);
    const known = levels.filter((x) => !Number.isNaN(x));
    return known.length === 0 ? NaN : order.sign < 0 ? Math.max(...known) : Math.min(...known);
  }

  private isOpenStop(order: JournalOrder): boolean {
    return !order.touched && ['stop', 'trailing_stop', 'stop_limit'].includes(order.request.type);
  }

  private trade(): void {
    const t = this.bar;
    const alive = (order: JournalOrder): boolean =>
      !order.dead && order.from <= t && !Number.isNaN(this.symbols[order.symbol].open[t]);
    for (const order of [...this.orders]) if (alive(order)) this.atOpen(order);
    // for..of over a growing array meets what is added on the way
    for (const order of this.orders) if (alive(order) && this.isOpenStop(order)) this.atStop(order);
    const before = this.orders.length;
    for (const order of this.orders.slice(0, before))
      if (alive(order) && !this.isOpenStop(order) && order.blind !== t) this.atLimit(order);
    for (const order of this.orders.slice(before)) if (alive(order) && this.isOpenStop(order)) this.atStop(order);
    for (const order of this.orders) if (order.until <= t && order.from <= t) order.dead = true;
  }

  private atOpen(order: JournalOrder): void {
    const open = this.symbols[order.symbol].open[this.bar];
    const { type } = order.request;
    const passed = order.touched || (open - this.stopLevel(order)) * order.sign >= 0;
    const allowed = (order.limit - open) * order.sign >= 0;
    if (type === 'stop_limit' && passed) order.touched = true;
    const goes =
      type === 'market' ||
      (type === 'stop' || type === 'trailing_stop' ? passed : allowed && (type !== 'stop_limit' || passed));
    if (goes) this.execute(order, open, false);
  }

  private atStop(order: JournalOrder): void {
    const { high, low } = this.symbols[order.symbol];
    const level = this.stopLevel(order);
    if (!(order.sign > 0 ? high[this.bar] >= level : low[this.bar] <= level)) return;
    if (order.request.type === 'stop_limit') {
      order.touched = true;
      if ((order.limit - level) * order.sign < 0) {
        order.blind = this.bar;
        return;
      }
    }
    this.execute(order, level, true);
  }

  private atLimit(order: JournalOrder): void {
    if (!['limit', 'take_profit', 'stop_limit'].includes(order.request.type)) return;
    const { high, low } = this.symbols[order.symbol];
    if (order.sign > 0 ? low[this.bar] <= order.limit : high[this.bar] >= order.limit)
      this.execute(order, order.limit, true);
  }

  private costOf(order: JournalOrder): number {
    const { feeBps, slippageBps, spreadBps } = this.options.costs;
    const rests = ['limit', 'take_profit', 'stop_limit'].includes(order.request.type);
    return (rests ? feeBps : feeBps + slippageBps + spreadBps / 2) / 1e4;
  }

  /** Largest quantity up to `wanted` after which gross exposure is within leverage x equity, by bisection. */
  private fundable(order: JournalOrder, wanted: number, price: number): number {
    const { symbol, sign } = order;
    const held = this.position(symbol);
    const reducing = Math.min(wanted, Math.max(0, -held * sign));
    const others = this.symbols.reduce(
      (sum, _, s) => (s === symbol || this.position(s) === 0 ? sum : sum + Math.abs(this.position(s)) * this.marks[s]),
      0,
    );
    const marked = this.marks[symbol];
    this.marks[symbol] = price;
    const equity = this.worth() - (this.options.costs.fixedFee ?? 0);
    this.marks[symbol] = marked;
    const within = (quantity: number): boolean =>
      others + Math.abs(held + sign * quantity) * price <=
      (this.options.maxLeverage ?? 1) * (equity - this.costOf(order) * quantity * price);
    if (within(wanted) || wanted === reducing) return wanted;
    let low = reducing;
    let high = wanted;
    for (let i = 0; i < 200; i++) {
      const middle = (low + high) / 2;
      if (within(middle)) low = middle;
      else high = middle;
    }
    return low;
  }

  private execute(order: JournalOrder, price: number, within: boolean): void {
    const { symbol, sign, request } = order;
    const { lot, maxParticipation } = this.options;
    if (request.type === 'stop' || request.type === 'trailing_stop') order.touched = true;
    const opposite = (): number => Math.max(0, -this.position(symbol) * sign);
    const reduceOnly = request.reduceOnly === true || request.type === 'take_profit';
    const wanted = reduceOnly ? Math.min(this.left(order), opposite()) : this.left(order);
    if (wanted <= 0) {
      if (order.parent === undefined || order.parent.dead) order.dead = true;
      return;
    }
    const traded = this.fills.filter((f) => f.order.symbol === symbol && f.index === this.bar);
    const share = (this.symbols[symbol].volume?.[this.bar] || 0) * (maxParticipation ?? 0);
    const room =
      maxParticipation === undefined ? Infinity : share - traded.reduce((sum, f) => sum + Math.abs(f.units), 0);
    const fundable = this.fundable(order, wanted, price);
    const inLots = (units: number): number => (lot === undefined ? units : Math.floor(units / lot + 1e-9) * lot);
    const least = Math.min(fundable, room);
    // bisection comes to nothing only nearly
    const possible = least < 1e-9 ? 0 : least;
    const quantity = Math.abs(possible - opposite()) < 1e-12 ? possible : inLots(possible);
    if (quantity > 0) this.book(order, quantity, price, within);
    if (fundable < wanted && fundable <= room) {
      order.dead = true;
      this.cuts += 1;
    }
    if (inLots(this.left(order)) <= 1e-12 || (reduceOnly && this.position(symbol) === 0)) order.dead = true;
  }

  private book(order: JournalOrder, quantity: number, price: number, within: boolean): void {
    const { symbol, sign, request } = order;
    const fee = this.costOf(order) * quantity * price + (this.options.costs.fixedFee ?? 0);
    const before = this.position(symbol);
    this.fills.push({ order, index: this.bar, price, units: sign * quantity, fee });
    this.marks[symbol] = price;
    for (const other of this.orders) if (other !== order && this.left(other) <= 1e-12) other.dead = true;
    if (order.parent !== undefined) order.parent.dead = true;
    // flat or turned: what protected the old position goes with it
    if (before * sign < 0 && this.position(symbol) * sign >= 0)
      for (const other of this.orders)
        if (other.parent !== undefined && other.symbol === symbol && other.sign === sign) other.dead = true;
    const { stopLoss, takeProfit, trail } = request.bracket ?? {};
    const side = sign > 0 ? ('sell' as const) : ('buy' as const);
    const protect = (child: Omit<OrderRequest, 'side' | 'quantity' | 'symbol'>): void => {
      const kind = child.type === 'take_profit';
      const living = this.orders.find(
        (o) => o.parent === order && !o.dead && (o.request.type === 'take_profit') === kind,
      );
      if (living === undefined)
        this.add(
          { side, symbol, quantity, reduceOnly: true, ...child },
          this.bar,
          price,
          order,
          within ? this.bar : -1,
        );
    };
    // a protective price that the entry has already passed works at the entry's price
    const worse = (stop: number): number => (sign > 0 ? Math.min(stop, price) : Math.max(stop, price));
    const better = (limit: number): number => (sign > 0 ? Math.max(limit, price) : Math.min(limit, price));
    if (stopLoss !== undefined) protect({ type: 'stop', stopPrice: worse(stopLoss) });
    else if (trail !== undefined) protect({ type: 'trailing_stop', trail });
    if (takeProfit !== undefined) protect({ type: 'take_profit', limitPrice: better(takeProfit) });
  }
}
