/** Why a position was closed by its own rules. The order is that of the codes in columns and states, which begin at 1. */
export const PROTECTIVE_REASONS = ['stop_loss', 'take_profit', 'trailing_stop', 'breakeven', 'time_stop'] as const;
export type ProtectiveReason = (typeof PROTECTIVE_REASONS)[number];

/** A share of a price in percent, or a multiple of the average true range over `window` bars. */
export type PriceDistance = { readonly percent: number } | { readonly atr: number; readonly window: number };

export type ReEntry =
  | { readonly rule: 'after_signal_off' }
  | { readonly rule: 'immediately' }
  | { readonly rule: 'after_bars'; readonly bars: number };

/** What ends a position beside its signal. */
export interface ProtectionRules {
  readonly stopLoss?: PriceDistance;
  readonly takeProfit?: PriceDistance;
  readonly trailingStop?: PriceDistance & { readonly follows: 'close' | 'extreme' };
  /** Favourable move after which the stop stands at the entry price. */
  readonly breakeven?: PriceDistance;
  /** Bars held at most. */
  readonly timeStop?: number;
  readonly reEntry: ReEntry;
}

/** A resting order for entries in place of one at the market. */
export interface EntryOrder {
  readonly type: 'limit' | 'stop';
  /** From the deciding close: a limit away from the move, a stop in its direction. */
  readonly offset: PriceDistance;
  /** Bars in which it works. */
  readonly expiresAfterBars: number;
}

/** How positions are entered and ended beside their signal. */
export interface OrderRules {
  readonly protection?: ProtectionRules;
  readonly entryOrder?: EntryOrder;
}

/**
 * What happens beside the targets, in order of time. Fill k happens in bar `index[k]`, after what its open filled and
 * before what its close fills: from then on `weight[k]` is held.
 */
export interface Interventions {
  readonly index: Int32Array;
  readonly price: Float64Array;
  /** 0 for an exit. */
  readonly weight: Float64Array;
  /** Code of the reason of an exit, 0 for an entry. */
  readonly reason: Uint8Array;
  /** One value a bar: code of the reason of a target of 0 that the rules decided at its close, else 0. */
  readonly decided: Uint8Array;
}

/** The text of a code of `Interventions`; a code of 0 is a signal's. */
export const reasonOf = (number: number): ProtectiveReason | 'signal' =>
  number === 0 ? 'signal' : PROTECTIVE_REASONS[number - 1];

export const codeOf = (reason: ProtectiveReason): number => PROTECTIVE_REASONS.indexOf(reason) + 1;
