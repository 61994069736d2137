import type { OrderState, RejectCode } from '@assay/contracts';

export type OrderSide = 'BUY' | 'SELL';
export type OrderType = 'MARKET' | 'LIMIT';
export type TimeInForce = 'DAY' | 'GTC' | 'IOC' | 'FOK';

/** Quantities, prices and broker ids are decimal strings throughout: a u64 id does not fit a JS number. */
export interface OrderRequest {
  clientOrderId: string;
  symbol: string;
  side: OrderSide;
  qty: string;
  type: OrderType;
  price?: string;
  tif?: TimeInForce;
  reduceOnly?: boolean;
}

/** Either id names an order; the client's id is always known. */
export interface OrderRef {
  clientOrderId: string;
  brokerOrderId?: string;
  symbol: string;
}

export interface BrokerOrder {
  clientOrderId: string;
  brokerOrderId: string;
  symbol: string;
  side: OrderSide;
  type: OrderType;
  qty: string;
  filledQty: string;
  averagePrice: string | null;
  state: OrderState;
  rejectCode: RejectCode | null;
  /** What the venue says with the state, where it says something. */
  message?: string | null;
  reduceOnly: boolean;
  createdAtMs: number;
  updatedAtMs: number;
}

export interface BrokerFill {
  /** Unique per venue; deterministic where the venue has none. */
  fillId: string;
  clientOrderId: string;
  brokerOrderId: string;
  symbol: string;
  side: OrderSide;
  qty: string;
  price: string;
  fee: string;
  feeCurrency: string;
  atMs: number;
}

/** What became of a request that changes the book. `unknown` is not a rejection: look the order up by client id. */
export type PlaceOutcome =
  | { kind: 'accepted'; order: BrokerOrder }
  | { kind: 'rejected'; code: RejectCode; message: string }
  | { kind: 'duplicate'; order: BrokerOrder }
  | { kind: 'unknown'; clientOrderId: string; cause: string };

export interface BrokerPosition {
  symbol: string;
  /** Signed: negative is short. */
  qty: string;
  averagePrice: string | null;
}

export interface BrokerAccount {
  currency: string;
  cash: string;
  /** What an order may spend now: without what the venue holds for the orders it has. */
  availableCash: string;
  /** Fee on the notional in basis points; absent where it is not one number. */
  feeBps?: string;
  equity: string;
}

export interface Instrument {
  symbol: string;
  /** Smallest step of a quantity. */
  lot: string;
  /** Smallest step of a price. */
  tick: string;
  minQty: string;
  minNotional: string | null;
  currency: string;
  /** IANA time zone of the venue. */
  zone: string;
  /** Key of the market's calendar. */
  calendar: string;
}

export interface BrokerHealth {
  reachable: boolean;
  tradable: boolean;
  clockSkewMs: number;
}

export interface BrokerCapabilities {
  short: boolean;
  fractional: boolean;
  paper: boolean;
  /** The venue refuses a reduce-only order that would open or flip a position. */
  nativeReduceOnly: boolean;
  orderTypes: readonly OrderType[];
  /** Of its LIMIT orders; empty where it has none. */
  timesInForce: readonly TimeInForce[];
  /** How far back the venue refuses a repeated client id. */
  clientIdScope: 'all' | 'open' | 'none';
  /** How long after its sending a request may still take effect; null where the venue names no such window. */
  requestValidityMs: number | null;
}

export type BrokerEvent =
  | { kind: 'order'; order: BrokerOrder }
  | { kind: 'fill'; fill: BrokerFill }
  | { kind: 'connection'; connected: boolean }
  | { kind: 'resync-needed'; cause: string };

/** Where orders of one account are traded. Nothing here decides what to trade; signals become orders in the service alone. */
export interface Venue {
  readonly capabilities: BrokerCapabilities;
  health(): Promise<BrokerHealth>;
  /** Never throws on a venue outcome. */
  placeOrder(request: OrderRequest): Promise<PlaceOutcome>;
  cancelOrder(ref: OrderRef): Promise<PlaceOutcome>;
  /** Throws when it cannot know. */
  findOrder(ref: OrderRef): Promise<BrokerOrder | 'not_found'>;
  getOrders(query?: { open?: boolean; sinceMs?: number }): Promise<BrokerOrder[]>;
  getFills(sinceMs: number): Promise<BrokerFill[]>;
  /** Throws on a failed query: an error never means flat. */
  getPositions(): Promise<BrokerPosition[]>;
  getAccountInfo(): Promise<BrokerAccount>;
  getInstrument(symbol: string): Promise<Instrument>;
  events(): AsyncIterable<BrokerEvent>;
}

/** A venue over a connection, which its owner opens and closes; whoever trades there sees the venue alone. */
export interface VenueConnection extends Venue {
  /** Idempotent. */
  connect(): Promise<void>;
  /** Idempotent; frees sockets and timers. */
  disconnect(): Promise<void>;
}

/** A price and the moment it was one. */
export interface Quote {
  /** Exact decimal text. */
  price: string;
  atMs: number;
}
