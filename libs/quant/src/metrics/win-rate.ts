import { isAbove, isTie, PURE_NUMBER } from '../comparison/comparison';
import type { Trade } from '../engines';
import { hasMissing } from '../series';

/** Share of positive returns among the non-zero ones; null when all are zero or one is not finite. Not the win rate of trades. */
export function winRatePeriods(returns: Float64Array): number | null {
  if (hasMissing(returns)) return null;
  let wins = 0;
  let moves = 0;
  for (let t = 0; t < returns.length; t++) {
    if (isAbove(returns[t], 0, PURE_NUMBER)) wins += 1;
    if (!isTie(returns[t], 0, PURE_NUMBER)) moves += 1;
  }
  return moves > 0 ? wins / moves : null;
}

/** What figures of trades read of one: its bar of exit, below 0 while it is open, and what it brought. */
export type TradeOutcome = Pick<Trade, 'exitIndex' | 'netReturn'>;

/** Trades that have ended; open ones say nothing yet about winning. */
export function closedTrades<T extends Pick<Trade, 'exitIndex'>>(trades: readonly T[]): T[] {
  return trades.filter((trade) => trade.exitIndex >= 0);
}

/** Share of closed trades with a positive net return; null without closed trades. */
export function winRateTrades(trades: readonly TradeOutcome[]): number | null {
  const closed = closedTrades(trades);
  return closed.length > 0
    ? closed.filter((trade) => isAbove(trade.netReturn, 0, PURE_NUMBER)).length / closed.length
    : null;
}
