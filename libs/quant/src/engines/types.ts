import type { FillLog } from './fill-log';
import type { Interventions } from './protection/types';

export type AccountingMode = 'weight' | 'all_in' | 'fixed_qty';
export type FillRule = 'next_open' | 'close';
export type EngineName = 'vectorized' | 'event' | 'vectorbt' | 'backtrader';

/** Proportional parts are charged per side on the traded notional; `spreadBps` is the full spread, half of it is paid per side. */
export interface Costs {
  readonly feeBps: number;
  readonly slippageBps: number;
  readonly spreadBps: number;
  /** Currency per order. It and all below that know an order's size in currency need the capital. */
  readonly fixedFee?: number;
  /** Currency per unit. */
  readonly perShare?: number;
  /** Least fee of an order in currency, before the fixed one. */
  readonly minimumFee?: number;
  readonly tiers?: FeeTiers;
  readonly impact?: Impact;
  /** Yearly cost of a short position on its notional. */
  readonly borrowBpsPerYear?: number;
  /** Name among the input's `rates` of what longs pay shorts on the notional at a bar's open; NaN where none is due. */
  readonly fundingColumn?: string;
}

/** Fees by what was traded since the month began, in units or in currency. */
export interface FeeTiers {
  readonly by: 'volume' | 'notional';
  /** By rising `from`; what a level leaves out stays as it is outside the tiers. */
  readonly levels: readonly { readonly from: number; readonly feeBps?: number; readonly perShare?: number }[];
}

/** Slippage of an order by its share of the bar's volume: `coefficientBps` at all of it. */
export interface Impact {
  readonly kind: 'linear' | 'square_root';
  readonly coefficientBps: number;
}

/** See `MarginWatch`. */
export interface MarginRule {
  /** Equity / gross exposure at least, above 0 and below 1. */
  readonly maintenance: number;
  readonly onCall: 'close' | 'reduce';
}

interface OrderRounding {
  /** Units are rounded toward zero to a multiple of `lot`; absent = fractional units. */
  readonly lot?: number;
  /** A fill below this notional (currency) is not sent, unless it closes the position. */
  readonly minNotional?: number;
}

/** `qty` units per unit of weight. */
export interface FixedQuantitySizing extends OrderRounding {
  readonly kind?: 'qty';
  readonly qty: number;
}

/** weight x fraction x equity at the deciding close / that close, decided again at every close: what a live run does. */
export interface PercentOfEquitySizing extends OrderRounding {
  readonly kind: 'percent_of_equity';
  readonly fraction: number;
}

/** weight x fraction x equity / stopDistance (price units, one value per bar), decided when the target changes. */
export interface FixedFractionRiskSizing extends OrderRounding {
  readonly kind: 'fixed_fraction_risk';
  readonly fraction: number;
  readonly stopDistance: Float64Array;
}

export type Sizing = FixedQuantitySizing | PercentOfEquitySizing | FixedFractionRiskSizing;

/** All arrays share one length n. `targets[t]` is the weight decided at the close of bar t and is never NaN. */
export interface EngineInput {
  readonly openTimeMs: Float64Array;
  /** Needed by fill `next_open` only. */
  readonly open?: Float64Array;
  /** Used for the excursions of trades; the close stands in where absent or NaN. */
  readonly high?: Float64Array;
  readonly low?: Float64Array;
  readonly close: Float64Array;
  readonly volume?: Float64Array;
  readonly targets: Float64Array;
  readonly mode: AccountingMode;
  readonly fill: FillRule;
  readonly costs: Costs;
  /** Starting equity in currency; needed by `fixed_qty` and by costs that know the size of an order. */
  readonly capital?: number;
  readonly sizing?: Sizing;
  /** What stops, targets and entry orders do beside the targets, see `applyOrderRules`. */
  readonly interventions?: Interventions;
  /** Modes `weight` and `all_in`, without interventions. */
  readonly margin?: MarginRule;
  /** Columns that `costs.fundingColumn` may name. */
  readonly rates?: Readonly<Record<string, Float64Array>>;
  /** Whether a result has its `fills`. */
  readonly withFills?: boolean;
}

export type TradeSide = 'long' | 'short';

/**
 * One round trip. Borrow and funding are costs of the run and no part of its trades.
 *
 * A trip lasts from flat (or a flip) until flat (or a flip).
 *
 * In unit modes `entryPrice` and `exitPrice` are quantity-weighted over the increases and the reductions, returns are
 * fractions of the entry notional, `quantity` is the peak size. In mode `weight` prices are those of the first and last
 * fill, `quantity` is the peak absolute weight and returns compound the trade's own part of each bar's return.
 * `fees` are currency where a capital is given, else fractions of the starting equity.
 */
export interface Trade {
  readonly side: TradeSide;
  readonly entryIndex: number;
  /** Bar of the last fill, -1 while open. */
  readonly exitIndex: number;
  readonly entryPrice: number;
  /** NaN while open; the returns of an open trade are marked at the last close. */
  readonly exitPrice: number;
  readonly quantity: number;
  readonly grossReturn: number;
  readonly netReturn: number;
  readonly fees: number;
  readonly barsHeld: number;
  /** Largest adverse move against `entryPrice` as a fraction >= 0. */
  readonly mae: number;
  /** Largest favourable move as a fraction >= 0. */
  readonly mfe: number;
  /** Why it ended: `signal`, `flip`, `ruin`, `open`, the rule of the strategy or the kind of the order that closed it. */
  readonly reason: string;
}

/** What an account was worth over the bars. */
export interface EquityPath {
  /** r_t per bar, length n; -1 on the bar of ruin and 0 afterwards. */
  readonly returns: Float64Array;
  /** Compounded from 1 before the first bar, costs to bar t included, floored at 0. */
  readonly equity: Float64Array;
}

export type CostKind = 'fees' | 'spread' | 'slippage' | 'borrow' | 'funding';

/** Sums over bars, by kind and of all. */
export type CostTotals = Record<CostKind | 'total', number>;

/** What each kind cost in each bar as a fraction of the starting equity; funding that is received is negative. */
export type CostColumns = Readonly<Record<CostKind, Float64Array>>;

export interface EngineResult extends EquityPath {
  /** p_t, the decided weight, after margin calls. */
  readonly positions: Float64Array;
  readonly costs: CostColumns;
  readonly trades: Trade[];
  /** Of the unit modes, where asked for. */
  readonly fills?: Omit<FillLog, 'push' | 'length'>;
}
