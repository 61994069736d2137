import type { PortfolioTrade } from './types';

/** By first bar, then by symbol. */
export const sortedTrades = (trades: PortfolioTrade[]): PortfolioTrade[] =>
  trades.sort((a, b) => a.entryIndex - b.entryIndex || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0));
