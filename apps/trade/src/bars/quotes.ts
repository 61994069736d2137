import type { Quote } from '@assay/domain';

export interface PlacedOrder {
  clientOrderId: string;
  symbol: string;
}

/** Prices that are known beside the opens and closes of stored bars. */
export interface Tape {
  /** One of the instants from `fromMs` to `toMs`. */
  priceIn(symbol: string, fromMs: number, toMs: number): Quote | null;
}

/** Prices of stored bars, never one that `nowMs` could not have seen: all that the paper venue knows of the world. */
export interface Quotes {
  /** First known price at or after the order came, if it has happened; a market order fills there, and never at an earlier one. */
  firstAfter(order: PlacedOrder, acceptedAtMs: number, nowMs: number): Promise<Quote | null>;
  /** Newest open or close; null when the symbol has no bars. */
  last(symbol: string, nowMs: number): Promise<Quote | null>;
  /** What one of the held shares of a symbol is worth: of before a split that nobody here knew, it is several of today's. */
  worth(symbol: string, nowMs: number): Promise<Quote | null>;
}
