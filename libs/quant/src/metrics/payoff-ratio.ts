import { isAbove, isBelow, PURE_NUMBER } from '../comparison/comparison';
import { closedTrades, type TradeOutcome } from './win-rate';

/** Closed trades that won and lost, with the sums of their net returns, losses as a positive number; what came out even is neither. */
interface WonAndLost {
  closed: number;
  wins: number;
  losses: number;
  gained: number;
  lost: number;
}

function wonAndLost(trades: readonly TradeOutcome[]): WonAndLost {
  const closed = closedTrades(trades);
  const found = { closed: closed.length, wins: 0, losses: 0, gained: 0, lost: 0 };
  for (const { netReturn } of closed) {
    if (isAbove(netReturn, 0, PURE_NUMBER)) {
      found.wins += 1;
      found.gained += netReturn;
    } else if (isBelow(netReturn, 0, PURE_NUMBER)) {
      found.losses += 1;
      found.lost -= netReturn;
    }
  }
  return found;
}

/** Mean net return of the winning closed trades / mean loss of the losing ones; null without one of either. */
export function payoffRatio(trades: readonly TradeOutcome[]): number | null {
  const { wins, losses, gained, lost } = wonAndLost(trades);
  return wins > 0 && losses > 0 ? gained / wins / (lost / losses) : null;
}

/**
 * Share of the stake by which the logarithm of wealth grows fastest if a loss costs the stake and a win pays the payoff ratio:
 * share of wins - share of losses / payoff ratio (Kelly 1956), of closed trades; negative for a losing game, null where the payoff
 * ratio is. In sample, so an upper bound of what to bet.
 */
export function kellyFraction(trades: readonly TradeOutcome[]): number | null {
  const payoff = payoffRatio(trades);
  if (payoff === null) return null;
  const { closed, wins, losses } = wonAndLost(trades);
  return wins / closed - losses / closed / payoff;
}
