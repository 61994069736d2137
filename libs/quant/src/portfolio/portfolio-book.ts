import type { PortfolioCharges } from './portfolio-charges';

/** The prices of one bar, a value a symbol; NaN where it has none. */
export interface BarPrices {
  readonly open: Float64Array;
  readonly close: Float64Array;
}

/** What an accounting mode does with the events of one bar; it knows nothing of later bars. */
export interface PortfolioBook {
  /** Fractions of the starting equity that each symbol has made since the last `begin`, costs taken off. */
  readonly gains: Float64Array;
  readonly costs: Float64Array;
  /** What its orders and what it holds cost beyond basis points; undefined where nothing is. */
  readonly charges?: PortfolioCharges;
  /** What waits for this open is filled; symbols without a bar are closed at their last close. */
  onOpen(t: number, prices: BarPrices): void;
  /** Marks at the close, takes the weights that were decided there, fills them where the rule says so. Gives equity. */
  onClose(t: number, prices: BarPrices, weights: Float64Array, decided: boolean): number;
}
