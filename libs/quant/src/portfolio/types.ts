import type { FillLog } from '../engines/fill-log';
import type { ExitReason } from '../engines/exit-reason';
import type { AccountingMode, Costs, CostTotals, EquityPath, FillRule, Trade } from '../engines';

/**
 * Prices of several symbols over common bars, one symbol after the other: the cell of symbol i at bar t is
 * i x bars + t. NaN where a symbol has no bar.
 */
export interface PricePanel {
  readonly symbols: readonly string[];
  readonly openTimeMs: Float64Array;
  /** Needed by fill `next_open` only. */
  readonly open?: Float64Array;
  readonly close: Float64Array;
  /** Units; needed by `costs.impact` only. */
  readonly volume?: Float64Array;
}

export type PortfolioMode = Exclude<AccountingMode, 'fixed_qty'>;

/** Cells as in the panel. All symbols share one capital. */
export interface PortfolioInput {
  readonly panel: PricePanel;
  /** Fractions of equity decided at the close; never NaN, 0 where a symbol has no bar. */
  readonly weights: Float64Array;
  /** 1 where the whole portfolio was decided: mode `all_in` then trades every symbol to its weight, else only those that changed. */
  readonly decided: Uint8Array;
  /** Cell -> why its weight became 0, where no signal said so. */
  readonly exits?: ReadonlyMap<number, ExitReason>;
  readonly mode: PortfolioMode;
  readonly fill: FillRule;
  /** Mode `weight` is charged basis points alone. */
  readonly costs: Costs;
  /** Currency behind an account of 1; needed by costs that know the size of an order. */
  readonly capital?: number;
  /** Of `costs.fundingColumn`: the rate that longs pay shorts on the notional at a bar's open, NaN where none is due. */
  readonly funding?: Float64Array;
  /** Half-open range of bars that the contributions are of; default: all. */
  readonly scored?: readonly [from: number, to: number];
  /** Whether a result of mode `all_in` has its `fills`. */
  readonly withFills?: boolean;
}

/** A round trip in one symbol; `quantity` is units where equity starts at 1, or in mode `weight` the peak weight. */
export interface PortfolioTrade extends Trade {
  readonly symbol: string;
}

/**
 * What each symbol made over the scored bars as fractions of the equity before them, costs taken off. They add up to the
 * portfolio's total return; only in ruin do they fall below it, by `writtenOff`: what was lost beyond everything there was.
 */
export interface Contributions {
  readonly contribution: Float64Array;
  readonly costs: Float64Array;
  /** The same of all symbols by kind. */
  readonly costsByKind: CostTotals;
  readonly writtenOff: number;
}

export interface PortfolioResult extends EquityPath, Contributions {
  /** By first bar, then by symbol. */
  readonly trades: PortfolioTrade[];
  /** Of each symbol in mode `all_in`, where asked for. What is closed for want of a bar is filled in the last one. */
  readonly fills?: readonly Omit<FillLog, 'push' | 'length'>[];
}
