import {
  type BarContext,
  checkCosts,
  costsOfFills,
  costPerSide,
  type Costs,
  type EngineResult,
  type OrderTrade,
  simulateOrders,
  type SymbolBars,
} from '../engines';
import { checkProtection, checkSweepBars, type ProtectionAxis, type SweepBars } from './template-protection';

/** Fractions: stop below and target above the entry price, stop below the best close since, share of equity invested. */
export type Protection = { readonly [A in ProtectionAxis]?: number };

/** Orders work from the bar after their submission, so each bar is followed by its closing auction: a bar at its close. */
function withAuctions(close: Float64Array, bars: SweepBars | undefined): SymbolBars {
  const twice = (column: Float64Array): Float64Array =>
    Float64Array.from({ length: 2 * close.length }, (_, i) => (i % 2 === 0 ? column : close)[i >> 1]);
  const { open, high, low } = bars ?? { open: close, high: close, low: close };
  return { open: twice(open), high: twice(high), low: twice(low), close: twice(close) };
}

/** Submits the orders of one template position: at a close the entry or exit, after its auction the protective ones. */
class TemplateTrader {
  /** A position was asked for; gone without being asked, it was ended by a protective order. */
  private invested = false;
  private latched = false;
  private entryPrice = NaN;
  private bestClose = NaN;
  private stop = { id: -1, price: NaN };
  private target = -1;

  constructor(
    private readonly close: Float64Array,
    private readonly targets: Float64Array,
    private readonly protection: Protection,
    private readonly cost: number,
  ) {}

  onBar(context: BarContext): void {
    const bar = context.index >> 1;
    if (context.index % 2 === 0) this.decide(context, bar);
    else this.protect(context, this.close[bar]);
  }

  private decide(context: BarContext, bar: number): void {
    const units = context.position();
    if (this.targets[bar] === 0) {
      if (units > 0) context.submit({ side: 'sell', quantity: units, type: 'market', reduceOnly: true });
      this.invested = false;
      this.latched = false;
      return;
    }
    if (this.invested && units === 0) this.latched = true;
    if (this.invested || this.latched) return;
    this.invested = true;
    const price = this.close[bar];
    const quantity = ((this.protection.size ?? 1) * context.equity) / (price * (1 + this.cost));
    context.submit({ side: 'buy', quantity, type: 'market' });
    this.entryPrice = price;
    this.bestClose = price;
  }

  private protect(context: BarContext, close: number): void {
    const quantity = context.position();
    if (quantity === 0) {
      context.cancel(this.stop.id);
      context.cancel(this.target);
      this.stop = { id: -1, price: NaN };
      this.target = -1;
      return;
    }
    const { stopLoss, takeProfit, trailingStop } = this.protection;
    const shared = { side: 'sell', quantity, reduceOnly: true, ocoGroup: 0 } as const;
    if (close > this.bestClose) this.bestClose = close;
    const fixed = stopLoss === undefined ? 0 : this.entryPrice * (1 - stopLoss);
    const trailed = trailingStop === undefined ? 0 : this.bestClose * (1 - trailingStop);
    const stopPrice = Math.max(fixed, trailed);
    if (stopPrice > 0 && stopPrice !== this.stop.price) {
      context.cancel(this.stop.id);
      this.stop = { id: context.submit({ ...shared, type: 'stop', stopPrice }), price: stopPrice };
    }
    if (takeProfit !== undefined && this.target < 0)
      this.target = context.submit({ ...shared, type: 'take_profit', limitPrice: this.entryPrice * (1 + takeProfit) });
  }
}

const inBars = (trade: OrderTrade, bars: number): OrderTrade => {
  const entryIndex = trade.entryIndex >> 1;
  const exitIndex = trade.exitIndex >> 1;
  const reason = trade.reason === 'market' ? 'signal' : trade.reason;
  return { ...trade, entryIndex, exitIndex, barsHeld: (exitIndex < 0 ? bars - 1 : exitIndex) - entryIndex, reason };
};

/**
 * Targets of a template (0 or 1 at each close, fill `close`) through the order engine, with protective orders: what the
 * cell of a sweep with the same `protection` does, trade by trade.
 *
 * Market entry of `size` x equity at the close at which the target rises, exit at the close at which it falls; stop and
 * target work from the next bar and cancel each other; the trailing stop is moved after each close. After a protective
 * exit nothing is bought before the target has been 0. Equity starts from 1, `positions` are 0 or the size.
 * Throws RangeError on protection or bars that do not fit, InvalidInputError on bad costs.
 */
export function runTemplateOrders(
  close: Float64Array,
  bars: SweepBars | undefined,
  targets: Float64Array,
  protection: Protection,
  costs: Costs,
): EngineResult {
  const grid = Object.fromEntries(
    Object.entries(protection).flatMap(([axis, value]) =>
      value === undefined ? [] : [[axis, Float64Array.of(value)] as const],
    ),
  );
  checkProtection(grid);
  checkSweepBars(grid, close, bars);
  checkCosts(costs);
  const trader = new TemplateTrader(close, targets, protection, costPerSide(costs));
  const run = simulateOrders([withAuctions(close, bars)], { capital: 1, costs }, (context) => trader.onBar(context));
  const n = close.length;
  const equity = Float64Array.from({ length: n }, (_, t) => run.equity[2 * t + 1]);
  const size = protection.size ?? 1;
  const { fills } = run;
  const log = {
    index: fills.map(({ index }) => index >> 1),
    units: fills.map(({ units }) => units),
    price: fills.map(({ price }) => price),
  };
  const takes = (fill: number): boolean => fills[fill].type !== 'take_profit';
  return {
    costs: costsOfFills({ costs, close }, log, equity, 1, takes),
    returns: equity.map((value, t) => value / (t > 0 ? equity[t - 1] : 1) - 1),
    equity,
    positions: equity.map((_, t) => (run.units[0][2 * t + 1] > 0 ? size : 0)),
    trades: run.trades.map((trade) => inBars(trade, n)),
  };
}
