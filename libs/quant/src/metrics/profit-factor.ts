import { isAbove, isBelow, PURE_NUMBER } from '../comparison/comparison';
import { closedTrades, type TradeOutcome } from './win-rate';

/** Sum of net returns of winning closed trades / sum of losses; null without a losing trade. */
export function profitFactor(trades: readonly TradeOutcome[]): number | null {
  let gains = 0;
  let losses = 0;
  for (const { netReturn } of closedTrades(trades)) {
    if (isAbove(netReturn, 0, PURE_NUMBER)) gains += netReturn;
    else if (isBelow(netReturn, 0, PURE_NUMBER)) losses -= netReturn;
  }
  return losses > 0 ? gains / losses : null;
}

/** Mean net return of the closed trades; null without any. */
export function expectancy(trades: readonly TradeOutcome[]): number | null {
  const closed = closedTrades(trades);
  return closed.length > 0 ? closed.reduce((sum, trade) => sum + trade.netReturn, 0) / closed.length : null;
}
