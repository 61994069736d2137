import type { Costs, Trade } from '../types';

export type OrderType = 'market' | 'limit' | 'stop' | 'stop_limit' | 'take_profit' | 'trailing_stop';
export type OrderSide = 'buy' | 'sell';

/** Protective orders that start to live with each fill of their parent; the two cancel each other. Prices, not distances. */
export interface Bracket {
  readonly stopLoss?: number;
  readonly takeProfit?: number;
  /** Distance in price units; excludes `stopLoss`. */
  readonly trail?: number;
}

export interface OrderRequest {
  /** Index into `symbols`; default 0. */
  readonly symbol?: number;
  readonly side: OrderSide;
  /** Units > 0; what cash or leverage cannot carry is cut off and reported as unfilled. */
  readonly quantity: number;
  readonly type: OrderType;
  /** Needed by `limit`, `stop_limit`, `take_profit`. */
  readonly limitPrice?: number;
  /** Needed by `stop`, `stop_limit`. */
  readonly stopPrice?: number;
  /** Needed by `trailing_stop`: distance in price units from the best price since activation. */
  readonly trail?: number;
  /** Never opens or turns a position. Always true for `take_profit`. */
  readonly reduceOnly?: boolean;
  /** Orders of one group share their quantity: what one fills, the others lose. */
  readonly ocoGroup?: number;
  readonly bracket?: Bracket;
  /** Bars after activation at whose end the rest is cancelled. */
  readonly expireAfterBars?: number;
}

/** One symbol's bars; NaN prices = no trading in that bar, the last close stays the mark. */
export interface SymbolBars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume?: Float64Array;
  /** Rate paid at the open of bar t by longs to shorts on the notional held into it. */
  readonly fundingRate?: Float64Array;
}

export interface SimulationOptions {
  readonly capital: number;
  readonly costs: Costs;
  /** Whole bars between submission and activation; 0 = active in the next bar. */
  readonly latencyBars?: number;
  /** Share of a bar's volume all fills of a symbol may take together; absent = unlimited. */
  readonly maxParticipation?: number;
  /** Gross exposure / equity that fills may reach; default 1, a cash account. */
  readonly maxLeverage?: number;
  /** Quantities are rounded down to a multiple. */
  readonly lot?: number;
  /** Yearly cost of a short position on its notional, charged per bar. */
  readonly borrowBpsPerYear?: number;
  /** Bars per year; needed with `borrowBpsPerYear`. */
  readonly periodsPerYear?: number;
}

/** What a strategy sees and does at the close of a bar. */
export interface BarContext {
  readonly index: number;
  readonly equity: number;
  readonly cash: number;
  position(symbol?: number): number;
  /** Returns the order's id. @throws InvalidInputError naming the field. */
  submit(order: OrderRequest): number;
  /** False if the order is not working any more. */
  cancel(id: number): boolean;
  readonly workingOrders: number;
}

export interface OrderFill {
  readonly orderId: number;
  readonly symbol: number;
  readonly index: number;
  readonly price: number;
  /** Signed. */
  readonly units: number;
  readonly fee: number;
  readonly type: OrderType;
}

export interface OrderTrade extends Trade {
  readonly symbol: number;
}

export interface SimulationResult {
  readonly returns: Float64Array;
  /** Currency, at each close. */
  readonly equity: Float64Array;
  /** Units held at each close, one array per symbol. */
  readonly units: Float64Array[];
  readonly fills: OrderFill[];
  readonly trades: OrderTrade[];
  /** Fees, and financing paid (negative = received), in currency. */
  readonly fees: number;
  readonly financing: number;
  /** Orders cut for lack of funds. */
  readonly cutOrders: number;
}
